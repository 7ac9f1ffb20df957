"""What comes out of the printer: a page of the site as a PDF, read again."""

import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Literal

from pypdf import PdfReader

from tests.browser.reader import Reader

# The margin is what is left of a page where a browser has set its own; the site asks for 15 mm.
Size = Literal["A4", "Letter"]
HALF_LINE = 20  # letters


def printed(reader: Reader, size: Size = "A4") -> list[str]:
    """The text of each sheet on which the page that is open would be printed, line by line."""
    pdf = reader.page.pdf(format=size, prefer_css_page_size=True)
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def without_spaces(text: str) -> str:
    """A text as it can be compared with one that was broken into lines, and in which fi may be one letter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def alone_at_the_end(sheets: list[str], headings: Iterable[str]) -> list[str]:
    """Which of the headings stand last on a sheet, or in part, with what they head on the next one."""
    of_all = {without_spaces(heading) for heading in headings}
    wrong: list[str] = []
    for sheet in sheets[:-1]:
        lines = [without_spaces(line) for line in sheet.splitlines() if line.strip()]
        ends = {"".join(lines[-count:]) for count in range(1, 5)}
        wrong += [end for end in ends if any(end == heading or is_half(end, heading) for heading in of_all)]
    return wrong


def is_half(end: str, heading: str) -> bool:
    """Whether it is so much of the heading that it is no word which the heading begins with by chance."""
    return len(end) > HALF_LINE and heading.startswith(end)


def torn(sheets: list[str], pieces: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Which pieces, each the texts that stand in it, have some of them on one sheet and some on another, or nowhere."""
    texts = [without_spaces(sheet) for sheet in sheets]
    return [
        piece for piece in pieces if not any(all(without_spaces(text) in sheet for text in piece) for sheet in texts)
    ]
