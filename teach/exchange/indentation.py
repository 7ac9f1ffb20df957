r"""Finds where a text loses the indentation of its code, because the lines of a file come trimmed, as in Moodle.

A line end that is written `\n` keeps what stands behind it. One of the file does not: Moodle trims each line before it
reads a question. In prose nobody sees that. In a block of code, and in a list within a list, it is a loss.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from quiz.foreign import BREAK, Format
from teach.exchange.inlines import are_statements

Row = tuple[int, int, str]  # in which line it stands, how far it is indented, and what it says
FENCE = re.compile(r"^(?:`{3}|~{3})")
ITEM = re.compile(r"^(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
OPENED, CLOSED = re.compile(r"<pre\b[^<>]*>", re.IGNORECASE), re.compile(r"</pre[ \t]*>", re.IGNORECASE)


def lost_at(text: str, lead: str, form: Format) -> int | None:
    """The line, from 0, of the first row whose indentation says something and is lost; None if there is none.

    Args:
        text: a part of a file, with its lines as they are.
        lead: the white space with which the line begins in which the text does.
        form: the format of the text.
    """
    rows = list(_rows(text, lead))
    if form == "markdown":
        groups = [*_fenced(rows), [row for row in rows if ITEM.match(row[2])]]
    elif form == "plain":
        groups = [rows[1:]] if _has_statements(rows[1:]) else []
    else:
        groups = list(_preformatted(rows))
        groups += [rows[1:]] if form == "moodle" and not groups and _has_statements(rows[1:]) else []
    return min((line for group in groups for line in _uneven(group)), default=None)


def _rows(text: str, lead: str) -> Iterator[Row]:
    r"""Each row, whether it begins in a line of its own or behind a `\n`. Those that are empty say nothing."""
    for line, whole in enumerate(text.split("\n")):
        for place, row in enumerate(whole.split(BREAK)):
            before = lead if not (line or place) else row[: len(row) - len(row.lstrip())]
            if row.strip():
                yield line, len(before.expandtabs(4)), row.strip()


def _fenced(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    """The rows of each block of code in Markdown."""
    inside: list[Row] | None = None
    for row in rows:
        if FENCE.match(row[2]):
            if inside is not None:
                yield inside
            inside = [] if inside is None else None
        elif inside is not None:
            inside.append(row)


def _preformatted(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    """The rows of each `<pre>`."""
    inside: list[Row] | None = None
    for row in rows:
        said = row[2]
        if inside is None and (found := OPENED.search(said)):
            inside = []
            said = said[found.end() :]
        if inside is not None:
            over = CLOSED.search(said)
            if said[: over.start() if over else None].strip():
                inside.append(row)
            if over:
                yield inside
                inside = None


def _has_statements(rows: Sequence[Row]) -> bool:
    return any(are_statements([said]) for _, _, said in rows)


def _uneven(rows: Sequence[Row]) -> Iterator[int]:
    """The line of the first row that is indented further than another one."""
    least = min((indented for _, indented, _ in rows), default=0)
    yield from (line for line, indented, _ in rows if line and indented > least)
