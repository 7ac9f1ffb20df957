"""The figures of both lanes as a table, from the click to the report."""

from dataclasses import dataclass

from demos.cases import CELERY, LANES
from stopwatch.measured import Board, Measured
from stopwatch.registry import Figure, figure_of

# In the order in which things happen.
STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Click", ("input-delay", "handler", "presentation", "inp")),
    ("Request", ("request-start",)),
    ("Server", ("held", "first-byte", "response-end", "request")),
    ("Queued", ("queue-wait",)),
    ("Started, done", ("ran",)),
    ("Painted", ("click-to-response", "click-to-report")),
)


@dataclass(frozen=True)
class Cell:
    """A figure as text with its unit, and how it is rated (empty when there are no thresholds)."""

    text: str
    rating: str = ""


@dataclass(frozen=True)
class Row:
    figure: Figure
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
    figure, value = figure_of(measured.case, name), measured.get(name)
    if figure is None or value is None:
        return Cell("not measured" if figure else "none")
    bound = "≤ " if name in measured.at_most else ""
    return Cell(bound + figure.unit.text(value), figure.rating(value))


def _row(board: Board, name: str) -> Row:
    figure = CELERY.figure(name)  # which has all of them
    assert figure
    return Row(figure, tuple(cell(board.of(case), name) for case in LANES))
