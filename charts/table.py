"""The table twin: what a picture shows, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A figure in words, and its unit."""

    text: str
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """A row: its name, a cell a column, and where a last column has room for it, what it means."""

    name: str
    cells: Sequence[Cell]
    says: str = ""


@dataclass(frozen=True)
class Table:
    """Rows below the names of their columns; the first of these is that of the rows' names."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
