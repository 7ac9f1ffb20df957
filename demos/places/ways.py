"""The table of the four ways to wait for the same work: in which figure of which way the wait went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons.registry import RenderedBlock
from stopwatch.definitions import CLICK_TO_RESPONSE, INP, REQUEST, TTFB
from stopwatch.measured import Board, Measured
from stopwatch.provenance import provenance_of, word
from stopwatch.registry import figure_of

WAYS = {
    "form": "A form, full page",
    "link": "A link",
    "fetch": "fetch, as htmx does",
    "sync": "A synchronous request",
}
COLUMNS = (INP, CLICK_TO_RESPONSE, TTFB, REQUEST)
HELD_FROM = 0.9  # of the work: a figure that long holds the wait


@dataclass(frozen=True)
class Cell:
    """One figure of one way. `says` stands there instead of a figure; `holds_the_wait` marks where the work went."""

    name: str
    says: str = ""
    holds_the_wait: bool = False


@dataclass(frozen=True)
class Row:
    """One way to wait. `origin` is "your click", "recorded", or empty for what nobody has measured."""

    case: str
    label: str
    origin: str
    cells: tuple[Cell, ...]


def rows(board: Board) -> list[Row]:
    """The table's rows, from the reader's own figures and the recorded ones."""
    return [_row(case, label, board.of(case)) for case, label in WAYS.items()]


def context(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    """What the table's template is given."""
    return {"rows": rows(board), "columns": COLUMNS, "provenance": provenance_of(board, tuple(WAYS))}


def _row(case: str, label: str, measured: Measured | None) -> Row:
    origin = word(measured) if measured else ""
    return Row(case, label, origin, tuple(_cell(case, figure.name, measured) for figure in COLUMNS))


def _cell(case: str, name: str, measured: Measured | None) -> Cell:
    if figure_of(case, name) is None:
        return Cell(name, "does not apply")
    if measured is None:
        return Cell(name, "not tried yet")
    value = measured.get(name)
    if value is None:
        return Cell(name, "not measured in this browser")
    is_bound = name in measured.at_most
    return Cell(name, holds_the_wait=not is_bound and 0 < HELD_FROM * measured.seconds * 1000 <= value)
