"""What stands in a lane until it is run on this page: the reader's last run of it in this lesson, if there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demos.cases import BLOCKING, CELERY
from lessons.registry import RenderedBlock
from stopwatch.definitions import CLICK_TO_REPORT, CLICK_TO_RESPONSE, HELD, QUEUE_WAIT, RAN
from stopwatch.measured import Board, Measured
from stopwatch.registry import Figure

SEEN = ", as your browser saw it"
# The figures of each lane in the words of the fragments that a run brings (templates/demos/): linked, and behind that.
FIGURES: Mapping[str, tuple[tuple[Figure, str, str], ...]] = {
    BLOCKING.name: (
        (CLICK_TO_RESPONSE, "Click to response", SEEN),
        (HELD, "Server's own time", ", all of it work"),
        (CLICK_TO_REPORT, "Click to report", ": the answer is the report"),
    ),
    CELERY.name: (
        (CLICK_TO_RESPONSE, "Click to response", SEEN),
        (HELD, "Server's own time", " to publish"),
        (QUEUE_WAIT, "Waited in the queue", ""),
        (RAN, "Ran in the worker", ""),
        (CLICK_TO_REPORT, "Click to report", SEEN),
    ),
}


@dataclass(frozen=True)
class Row:
    """A figure: its name, its words, and its value with the unit apart; "–" before the first run."""

    name: str
    label: str
    behind: str
    value: str
    unit: str = ""


def context(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    """What the places of both lanes show."""
    return {"parts": {case: _last_run(case, board.of(case)) for case in FIGURES}}


def _last_run(case: str, measured: Measured | None) -> Mapping[str, Any]:
    own = None if measured is None or measured.is_recorded else measured
    rows = [_row(own, *figure) for figure in FIGURES[case]]
    return {"rows": rows, "own": own, "own_seconds": f"{own.seconds:g}" if own else ""}


def _row(own: Measured | None, figure: Figure, label: str, behind: str) -> Row:
    value = own.get(figure.name) if own else None
    if own is None or value is None:
        return Row(figure.name, label, behind, "not measured" if own else "–")
    bound = "≤ " if figure.name in own.at_most else ""
    return Row(figure.name, label, behind, bound + figure.unit.write(value), figure.unit.symbol)
