"""Tables as they are shown and as they are exported, from one source. What is withheld is empty in the export."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from charts.shapes import Picture
from teach.statistics.intervals import Interval

Exported = str | int | float | None

# A spreadsheet takes a text that begins so for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and in the export a value for each exported column.

    `url` makes a link of the text. `is_withheld` says that the text is a reason, and no figure.
    """

    text: str
    values: tuple[Exported, ...]
    url: str = ""
    is_withheld: bool = False


def of_learners(count: int) -> str:
    """A number of learners, in words: "1 learner", "1,200 learners"."""
    return f"{count:,} learner{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Column:
    """A column. `exported` are its columns in the export, where it is not the heading alone."""

    heading: str
    is_number: bool = False
    exported: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns in the export."""
        return self.exported or (self.heading,)


def estimated(heading: str) -> Column:
    """A column of figures with their intervals (see `estimate`)."""
    return Column(
        f"{heading} (95 % interval)", is_number=True, exported=(heading, f"{heading}, low", f"{heading}, high")
    )


@dataclass(frozen=True)
class Table:
    """A table with a name, by which it is exported. The first cell of a row is its heading."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]] = field(default_factory=list)
    note: str = ""

    @property
    def shown(self) -> Iterator[list[tuple[Column, Cell]]]:
        """Each row as pairs of a column and a cell."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))


@dataclass(frozen=True)
class Figure:
    """A table, and a picture of it where there is one."""

    table: Table
    picture: Picture | None = None


def text(words: str, url: str = "") -> Cell:
    """A cell with words."""
    return Cell(words, (words,), url)


def number(value: int) -> Cell:
    """A cell with a whole number."""
    return Cell(f"{value:,}", (value,))


def share(count: int, n: int) -> Cell:
    """A cell with a share of n, as per cent; exported from 0 to 1."""
    return Cell(f"{100 * count / n:.0f} %", (round(count / n, 4),))


def estimate(value: float, within: Interval) -> Cell:
    """A cell with a figure and its interval; exported as three values."""
    text = f"{_rounded(value)} ({_rounded(within.low)} to {_rounded(within.high)})"
    return Cell(text, (round(value, 4), round(within.low, 4), round(within.high, 4)))


def _rounded(value: float) -> str:
    """Two decimals, and no minus before a zero."""
    return f"{round(value, 2) + 0.0:.2f}"


def withheld(reason: str, columns: int = 1) -> Cell:
    """A cell without a figure, and why; `columns` is how many the export has in its place."""
    return Cell(reason, (None,) * columns, is_withheld=True)


def as_csv(table: Table) -> str:
    """The table as comma-separated values (RFC 4180), with its headings."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(name) for column in table.columns for name in column.names])
    for row in table.rows:
        writer.writerow([harmless(value) for cell in row for value in cell.values])
    return out.getvalue()


def harmless(value: Exported) -> Exported:
    """A value that no spreadsheet runs: a text that reads as a formula gets an apostrophe. Numbers stay as they are."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return value
