"""What comes out of the printer: a page of the site as a PDF, read again."""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Literal

from pypdf import PdfReader

from tests.browser.reader import Reader

# The margin is what is left of a page where a browser has set its own; the site asks for 15 mm.
Size = Literal["A4", "Letter"]


def printed(reader: Reader, size: Size = "A4") -> list[str]:
    """The text of each sheet on which the page that is open would be printed, line by line."""
    pdf = reader.page.pdf(format=size, prefer_css_page_size=True)
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def without_spaces(text: str) -> str:
    """A text as it can be compared with one that was broken into lines, and in which fi may be one letter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def last_lines(sheets: list[str]) -> Iterator[str]:
    """What stands last on each sheet but the last one."""
    for sheet in sheets[:-1]:
        yield [line for line in sheet.splitlines() if line.strip()][-1].strip()
