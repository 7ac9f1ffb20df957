"""What is still shown otherwise here than on a code host: a short list, each with its warning (docs/authoring.md)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from lessons.dialect.references import name_of
from lessons.dialect.rows import BEFORE_TEXT, CODE, UNDERLINE, heading
from lessons.scanning import Problem, lines
from lessons.words import without_code

HEADING_ID = re.compile(r"(?<=[ \t])(?P<at>\{#[^{}\s]++\})$")
DEFINITION = re.compile(r"^(?P<at>:) +\S")
LINE_SIGNS = (
    (
        re.compile(r"^(?P<at>\*\[)[^\]\n]+\][ ]?:"),
        "an abbreviation is made of this here, and a code host shows the line: explain the word where it stands",
    ),
    (
        re.compile(r"^(?P<at>\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])[ \t]*$"),
        "a code host draws a box for this, and here it is shown as it stands",
    ),
    (
        re.compile(r"(?<![\\~])(?P<at>~)(?=[^\s~])[^~\n]*(?<=[^\s~\\])~(?!~)"),
        "a code host strikes this out, and here only ~~two~~ do: write ~~two~~, or \\~ for the sign",
    ),
)
WORD = re.compile(r"[^\s<>]++")
SCHEME = re.compile(r"https?://|www\.", re.IGNORECASE)
IN_ADDRESS = re.compile(r"[\\`\[]")
FOOTNOTE = re.compile(r"\[\^(?P<name>[^\[\]\s]++)\](?P<is_text>:)?")
DEFINED = re.compile(r"^[ \t>]*+\[(?P<name>[^\[\]^]+)\]:[ \t]*\S")
USED = re.compile(r"\]\[(?P<name>[^\[\]]+)\]")


def differences(source: str, first: int = 1, *, has_ids: bool = False) -> Iterator[Problem]:
    """Warnings of what a code host shows otherwise.

    Args:
        source: Markdown, with or without blocks.
        first: the number of its first line in its file.
        has_ids: whether its headings have ids (`{#…}`), as those of questions and cards do.
    """
    rows = without_code(source).split("\n")
    texts = list(_texts(source, rows))
    for number, (at, text) in enumerate(texts):
        below = texts[number + 1][1] if number + 1 < len(texts) else ""
        for found, message in _in_line(text, below, is_first=number == 0, has_ids=has_ids):
            yield Problem(first + number, at + found.start("at") + 1, message, warning=True)
    yield from _footnotes(rows, first)
    yield from _addresses(rows, source.split("\n"), first)
    yield from _explained_elsewhere(rows, first)


def _texts(source: str, rows: list[str]) -> Iterator[tuple[int, str]]:
    """What stands in each line behind the signs of quotes and lists, and where that begins. Of code, nothing."""
    is_in_list, above = False, ""
    for line, row in zip(lines(source), rows, strict=True):
        found = BEFORE_TEXT.match(line.text)
        before = line.text[: found.end()] if found else ""
        if before.strip(" \t>"):
            is_in_list = True
        elif line.text[:1].strip() and not above.strip():
            is_in_list = False
        is_indented = len(before.expandtabs(CODE)) >= CODE and not before.strip() and not is_in_list
        yield len(before), "" if line.in_code or is_indented else row[len(before) :]
        above = line.text


def _in_line(text: str, below: str, *, is_first: bool, has_ids: bool) -> Iterator[tuple[re.Match[str], str]]:
    of_heading = heading(text) or ((1, text.rstrip()) if UNDERLINE.match(below) else None)
    if (
        not has_ids
        and of_heading
        and (found := HEADING_ID.search(text[: text.find(of_heading[1]) + len(of_heading[1])]))
    ):
        yield found, "this is the heading's address here, and a code host shows it"
    if not is_first and (found := DEFINITION.match(text)):
        yield found, "a definition is made of this here, and a code host shows the colon: write a list with **words**"
    for sign, message in LINE_SIGNS:
        for found in sign.finditer(text):
            yield found, message


def _footnotes(rows: list[str], first: int) -> Iterator[Problem]:
    """Footnotes with their text. A mark alone is text on a code host, too."""
    marks = [(number, mark) for number, row in enumerate(rows, first) for mark in FOOTNOTE.finditer(row)]
    with_text = {mark["name"] for _, mark in marks if mark["is_text"] and not mark.string[: mark.start()].strip(" \t>")}
    for number, mark in marks:
        if mark["name"] in with_text:
            message = "a code host makes a footnote of this, and here it is none: write what it says into the text"
            yield Problem(number, mark.start() + 1, message, warning=True)


def _addresses(rows: list[str], written: list[str], first: int) -> Iterator[Problem]:
    """Addresses that are links as they stand, with a sign in them that means something here."""
    for number, row in enumerate(rows):
        for word in WORD.finditer(written[number]):
            scheme = SCHEME.search(word[0])
            sign = IN_ADDRESS.search(word[0], scheme.end()) if scheme else None
            at = word.start() + (scheme.start() if scheme else 0)
            if sign and row[at] != " " and not written[number][:at].endswith(("<", "](", "]: ")):
                message = "a code host takes this for a part of the address: write it as <address>"
                yield Problem(first + number, word.start() + sign.start() + 1, message, warning=True)


def _explained_elsewhere(rows: list[str], first: int) -> Iterator[Problem]:
    """Names of links that are explained beyond the beginning or end of a block: each part is read by itself here."""
    parts = list(accumulate(row.startswith("///") for row in rows))
    known: defaultdict[str, set[int]] = defaultdict(set)
    for part, row in zip(parts, rows, strict=True):
        if found := DEFINED.match(row):
            known[name_of(found["name"])].add(part)
    for number, (part, row) in enumerate(zip(parts, rows, strict=True), first):
        for found in USED.finditer(row):
            name = name_of(found["name"])
            if name in known and part not in known[name]:
                message = f"a block stands between this and the line [{found['name']}]: … – write the address here"
                yield Problem(number, found.start() + 2, message, warning=True)
