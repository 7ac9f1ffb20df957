"""A table that came as HTML, as Markdown."""

import re
from dataclasses import dataclass, field
from html import escape

from quiz.foreign import BLANK
from teach.exchange.inlines import Row, Run, is_blank, markdown_of_row, rows_of

JOINED = re.compile(r"\b(?:col|row)span\b", re.IGNORECASE)
NO_HEAD = "a table has a head here: its first row is taken for it"
NO_JOINED = "cells of a table that are joined are not carried: each stands by itself"


@dataclass
class Table:
    """A table that is being read. A row holds what its cells say, each as Markdown, and whether all are of the head."""

    rows: list[list[str]] = field(default_factory=list)
    are_heads: list[bool] = field(default_factory=list)
    depth: int = 1  # of tables within each other; what stands in an inner one belongs to the cell

    def begin_row(self) -> None:
        """A row begins."""
        self.rows.append([])
        self.are_heads.append(True)

    def put(self, runs: list[Run], *, is_head: bool) -> None:
        """A cell is over."""
        if not self.rows:
            self.begin_row()
        rows = [row for row in rows_of(runs) if not is_blank(row)]
        self.rows[-1].append("<br>".join(markdown_of_row(_without_bars(row)) for row in rows))
        self.are_heads[-1] = self.are_heads[-1] and is_head

    def markdown(self, lost: list[str]) -> str:
        """The table; what is no table to a reader, being one row, is a line of text."""
        written = [(row, is_head) for row, is_head in zip(self.rows, self.are_heads, strict=True) if any(row)]
        if len(written) < 2:  # noqa: PLR2004 - a head and a row
            if written:
                lost.append("a table of one row is not carried, but for its text")
            return " ".join(cell for row, _ in written for cell in row if cell).replace("<br>", " ")
        if not written[0][1]:
            lost.append(NO_HEAD)
        width = max(len(row) for row, _ in written)
        rows = [_written([*row, *[""] * (width - len(row))]) for row, _ in written]
        return "\n".join([rows[0], _written(["---"] * width), *rows[1:]])


def _written(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _without_bars(row: Row) -> list[Run]:
    """The parts of a cell. Code with a bar is written as HTML: what a bar in backticks means, readers disagree on."""
    return [
        (f"<code>{_coded(text)}</code>", frozenset({"mark"})) if "code" in styles and "|" in text else (text, styles)
        for text, styles in row
    ]


def _coded(text: str) -> str:
    said = escape(" ".join(text.replace(BLANK, "_____").split()), quote=False)
    return re.sub(r"[|*_`\[\]\\]", lambda found: f"&#{ord(found[0])};", said)
