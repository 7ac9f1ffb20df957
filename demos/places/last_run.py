"""What stands in a lane until it is run on this page: the reader's last run of it in this lesson, if there is one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from demos.cases import BLOCKING, CELERY
from stopwatch.definitions import CLICK_TO_REPORT, CLICK_TO_RESPONSE, HELD, QUEUE_WAIT, RAN
from stopwatch.measured import Board, Measured
from stopwatch.measurements import own_with
from stopwatch.registry import Figure

SEEN = ", as your browser saw it"
# The figures of each lane in the words of the fragments that a run brings (templates/demos/): linked, and behind that.
FIGURES: Mapping[str, tuple[tuple[Figure, str, str], ...]] = {
    BLOCKING.name: (
        (CLICK_TO_RESPONSE, "Click to response", SEEN),
        (HELD, "Server's own time", ", all of it work"),
        (CLICK_TO_REPORT, "Click to report", ": the response is the report"),
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


def parts(lesson: str, seconds: float, board: Board, learner: uuid.UUID | None) -> Mapping[str, Mapping[str, Any]]:
    """What the places of both lanes show, of runs with so many seconds of work."""
    return {case: _part(case, _own(lesson, case, seconds, board, learner)) for case in FIGURES}


def _own(lesson: str, case: str, seconds: float, board: Board, learner: uuid.UUID | None) -> Measured | None:
    """The reader's last run. The board has the last one of any demo of the lesson, which may have had other work."""
    found = board.of(case)
    if found is None or found.is_recorded:
        return None
    if found.seconds == seconds:
        return found
    return own_with(learner, lesson, case, seconds) if learner else None


def _part(case: str, own: Measured | None) -> Mapping[str, Any]:
    rows = [_row(own, *figure) for figure in FIGURES[case]]
    return {"rows": rows, "own": own}


def _row(own: Measured | None, figure: Figure, label: str, behind: str) -> Row:
    value = own.get(figure.name) if own else None
    if own is None or value is None:
        return Row(figure.name, label, behind, "not measured" if own else "–")
    return Row(figure.name, label, behind, own.bound(figure.name) + figure.unit.write(value), figure.unit.symbol)
