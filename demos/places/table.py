"""The figures of both lanes as a table, from the click to the report."""

from dataclasses import dataclass

from stopwatch.definitions import DEFINITIONS, Definition, rating
from stopwatch.measured import LANES, Board, Measured
from stopwatch.wording import number

# In the order in which things happen.
STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Click", ("input-delay", "handler", "presentation", "inp")),
    ("Request", ("request-start",)),
    ("Server", ("held", "first-byte", "response-end", "request")),
    ("Queued", ("queue-wait",)),
    ("Started, done", ("ran",)),
    ("Painted", ("click-to-answer", "click-to-report")),
)
ONLY_IN_THE_BACKGROUND = ("queue-wait", "ran")


@dataclass(frozen=True)
class Cell:
    """A figure as text with its unit, and how it is rated (empty when there are no thresholds)."""

    text: str
    rating: str = ""


@dataclass(frozen=True)
class Row:
    definition: Definition
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Stage:
    name: str
    rows: tuple[Row, ...]


def stages(board: Board) -> list[Stage]:
    """One row a figure with one cell a lane."""
    return [Stage(name, tuple(_row(board, figure) for figure in figures)) for name, figures in STAGES]


def cell(measured: Measured | None, name: str) -> Cell:
    """One figure of one case; what is missing is said in words, and never shown as 0."""
    if measured is None:
        return Cell("not run yet")
    value = measured.get(name)
    if value is None:
        none = name in ONLY_IN_THE_BACKGROUND and measured.case == "blocking"
        return Cell("none" if none else "not measured")
    bound = "≤ " if name in measured.at_most else ""
    return Cell(f"{bound}{number(value)} ms", rating(name, value))


def _row(board: Board, name: str) -> Row:
    return Row(DEFINITIONS[name], tuple(cell(board.of(case), name) for case in LANES))
