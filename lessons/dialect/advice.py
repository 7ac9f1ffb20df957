"""What is still shown otherwise here than on a code host: a short list, each with its warning (docs/authoring.md)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from lessons.dialect.references import name_of
from lessons.dialect.rows import HEADING
from lessons.scanning import Problem, lines
from lessons.words import without_code

HEADING_ID = re.compile(r"(?P<at>\{#[^{}\s]++\})$")
DEFINITION = re.compile(r"^ {0,3}(?P<at>:) {1,3}\S")
LINE_SIGNS = (
    (
        re.compile(r"^ {0,3}(?P<at>\*\[)[^\]\n]+\][ ]?:"),
        "an abbreviation is made of this here, and a code host shows the line: explain the word where it stands",
    ),
    (
        re.compile(r"^[ \t]*>[ \t]*(?P<at>\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])[ \t]*$"),
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
FOOTNOTE = re.compile(r"(?P<at>\[\^(?P<name>[^\[\]\s]++)\])(?P<is_text>:)?")
DEFINED = re.compile(r"^ {0,3}\[(?P<name>[^\[\]^]+)\]:[ \t]*\S")
USED = re.compile(r"\]\[(?P<name>[^\[\]]+)\]")


def differences(source: str, first: int = 1, *, has_ids: bool = False) -> Iterator[Problem]:
    """Warnings of what a code host shows otherwise.

    Args:
        source: Markdown, with or without blocks.
        first: the number of its first line in its file.
        has_ids: whether its headings have ids (`{#…}`), as those of questions and cards do.
    """
    bare = without_code(source)
    rows = bare.split("\n")
    in_code = [line.in_code for line in lines(source)]
    for number, row in enumerate(rows):
        if in_code[number] or not row.strip():
            continue
        if not has_ids and HEADING.match(row) and (found := HEADING_ID.search(row.rstrip())):
            yield _warning(first + number, found, "this is the heading's address here, and a code host shows it")
        if (found := DEFINITION.match(row)) and _stands_below_text(rows, number):
            message = "a definition is made of this here, and a code host shows the colon: write a list with **words**"
            yield _warning(first + number, found, message)
        for sign, message in LINE_SIGNS:
            for found in sign.finditer(row):
                yield _warning(first + number, found, message)
    yield from _footnotes(rows, first)
    yield from _addresses(rows, source.split("\n"), first)
    yield from _explained_elsewhere(rows, first)


def _stands_below_text(rows: list[str], number: int) -> bool:
    return any(row.strip() for row in rows[max(0, number - 2) : number])


def _warning(line: int, found: re.Match[str], message: str) -> Problem:
    return Problem(line, found.start("at") + 1, message, warning=True)


def _footnotes(rows: list[str], first: int) -> Iterator[Problem]:
    """Footnotes with their text. A mark alone is text on a code host, too."""
    marks = [(number, mark) for number, row in enumerate(rows, first) for mark in FOOTNOTE.finditer(row)]
    with_text = {mark["name"] for _, mark in marks if mark["is_text"] and not mark.string[: mark.start()].strip()}
    for number, mark in marks:
        if mark["name"] in with_text:
            message = "a code host makes a footnote of this, and here it is none: write what it says into the text"
            yield _warning(number, mark, message)


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
