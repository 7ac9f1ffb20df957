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


Row = tuple[Figure, list[Cell]]  # a figure with one cell a lane


def stages(board: Board) -> list[tuple[str, list[Row]]]:
    """The rows of each stage."""
    return [(name, [_row(board, figure) for figure in figures]) for name, figures in STAGES]


def cell(measured: Measured | None, name: str) -> Cell:
    """One figure of one case; what is missing is said in words, and never shown as 0."""
    if measured is None:
        return Cell("not run yet")
    figure, value = figure_of(measured.case, name), measured.get(name)
    if figure is None or value is None:
        return Cell("not measured" if figure else "none")
    return Cell(measured.bound(name) + figure.unit.text(value), figure.rating(value))


def _row(board: Board, name: str) -> Row:
    figure = CELERY.figure(name)  # which has all of them
    assert figure
    return figure, [cell(board.of(case), name) for case in LANES]
