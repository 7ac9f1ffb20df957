"""What decides a prediction: from measured figures to one of a few outcomes that somebody may have predicted.

A sentence about an outcome holds places for its figures, like [[celery click-to-report]], so that a page can show each
with its unit and its definition; `plainly` puts the figures in as text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stopwatch.definitions import DEFINITIONS, rating
from stopwatch.measured import Board
from stopwatch.wording import number, whole

FIGURE = re.compile(r"\[\[(?P<case>[a-z]+) (?P<name>[a-z0-9-]+)\]\]")
SAME_WITHIN = 0.1  # of the work: a report counts as ready at the same time within a tenth of what both had to do
WAITS_FROM = 10  # times as long as with Celery: so much, and a stranger counts as having waited


@dataclass(frozen=True)
class OutcomeRule:
    """What decides a prediction.

    Attributes:
        name: as an author writes it behind "Measured:".
        outcomes: what may come out; each is an option of the prediction.
        cases: what has to be measured, by stopwatch/measured.py.
        how: what a reader does to measure it.
        figures: the figures that decide, as (case, name).
        judge: the outcome on a board, or None when a figure is missing or the runs cannot be compared.
        says: the figures that decided it, in a sentence or two with places for them; why nothing was decided, if so.
    """

    name: str
    outcomes: tuple[str, ...]
    cases: tuple[str, ...]
    how: str
    figures: tuple[tuple[str, str], ...]
    judge: Callable[[Board], str | None]
    says: Callable[[Board], str]


def plainly(sentence: str, board: Board) -> str:
    """A sentence with its figures as text, like "3,011 ms"."""
    return FIGURE.sub(lambda found: _figure(board, found["case"], found["name"]), sentence)


def _figure(board: Board, case: str, name: str) -> str:
    measured = board.of(case)
    value = measured.get(name) if measured else None
    if measured is None or value is None:
        return "not measured"
    return ("at most " if name in measured.at_most else "") + _ms(value)


def _ms(value: float) -> str:
    return f"{number(value)} ms"


def _report_order(board: Board) -> str | None:
    """Sooner, same or later: when the report was there with Celery, against the view that did the work itself."""
    work = _work_of_both(board)
    celery, blocking = board.get("celery", "click-to-report"), board.get("blocking", "click-to-report")
    if work is None or celery is None or blocking is None:
        return None
    if abs(celery - blocking) <= SAME_WITHIN * work:
        return "same"
    return "later" if celery > blocking else "sooner"


def _work_of_both(board: Board) -> float | None:
    """The work in ms that both lanes had to do; None unless it was the same."""
    celery, blocking = board.of("celery"), board.of("blocking")
    if celery is None or blocking is None or celery.seconds != blocking.seconds:
        return None
    return celery.seconds * 1000


def _report_order_says(board: Board) -> str:
    celery, blocking = board.of("celery"), board.of("blocking")
    if celery and blocking and celery.seconds != blocking.seconds:
        return (
            f"The two runs had different work, {celery.seconds:g} s with Celery and {blocking.seconds:g} s in the"
            " request, so they cannot be compared. Run both."
        )
    work = _work_of_both(board)
    late, early = board.get("celery", "click-to-report"), board.get("blocking", "click-to-report")
    if work is None or late is None or early is None:
        return "The report was not measured in both ways."
    apart = whole(late) - whole(early)  # of the figures as they are shown
    order = "later" if apart >= 0 else "sooner"
    rule = "within" if abs(apart) <= SAME_WITHIN * work else "more than"
    counts = "counts as the same time" if rule == "within" else f"counts as {order}"
    return (
        "From the click to the report: [[celery click-to-report]] with Celery, [[blocking click-to-report]] in the"
        f" request. That is {_ms(abs(apart))} {order}: {rule} a tenth of the work ({_ms(SAME_WITHIN * work)}), which"
        f" {counts}."
    )


def _blocking_inp(board: Board) -> str | None:
    """Good, between or poor: the rating of the blocking click's INP."""
    value = board.get("blocking", "inp")
    if value is None:
        return None
    return {"good": "good", "poor": "poor"}.get(rating("inp", value), "between")


def _blocking_inp_says(board: Board) -> str:
    if board.get("blocking", "inp") is None:
        return "The INP of the click was not measured in this browser."
    inp = DEFINITIONS["inp"]
    return (
        f"INP of the click: [[blocking inp]]. Up to {inp.good:g} ms counts as good, above {inp.poor:g} ms as poor."
        " The answer came [[blocking click-to-answer]] after the click."
    )


def _bystander(board: Board) -> str | None:
    """Waits or nothing. That somebody sees an error can be predicted, and does not come out."""
    view, celery = board.get("bystanders", "view-p95"), board.get("bystanders", "celery-p95")
    if view is None or celery is None:
        return None
    return "waits" if view >= WAITS_FROM * celery else "nothing"


def _bystander_says(board: Board) -> str:
    if _bystander(board) is None:
        return "The stranger's page was not measured both ways."
    return (
        "95 of 100 requests for the 5 ms page were answered within [[bystanders view-p95]] with the work in the view,"
        f" and within [[bystanders celery-p95]] with Celery. From {WAITS_FROM} times as long on, it counts as waiting."
    )


_ALL = (
    OutcomeRule(
        name="report-order",
        outcomes=("sooner", "same", "later"),
        cases=("blocking", "celery"),
        how="Run both",
        figures=(("celery", "click-to-report"), ("blocking", "click-to-report")),
        judge=_report_order,
        says=_report_order_says,
    ),
    OutcomeRule(
        name="blocking-inp",
        outcomes=("good", "between", "poor"),
        cases=("blocking",),
        how="Run it in the request",
        figures=(("blocking", "inp"),),
        judge=_blocking_inp,
        says=_blocking_inp_says,
    ),
    OutcomeRule(
        name="bystander",
        outcomes=("nothing", "waits", "error"),
        cases=("bystanders",),
        how="Run the experiment",
        figures=(("bystanders", "view-p95"), ("bystanders", "celery-p95")),
        judge=_bystander,
        says=_bystander_says,
    ),
)
DECIDING = {deciding.name: deciding for deciding in _ALL}
