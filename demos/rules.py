"""What decides the predictions about the two lanes, and how the claim about them is tested.

A sentence about an outcome holds places for its figures, like [[celery click-to-report]] (stopwatch/sentences.py).
"""

from demos.cases import BLOCKING, CELERY, LANES, SYNC
from stopwatch.definitions import INP
from stopwatch.measured import Board
from stopwatch.registry import ClaimTest, OutcomeRule, Verdict, register_claim_test, register_rule
from stopwatch.units import MS, whole

SAME_WITHIN = 0.1  # of the work: a report counts as ready at the same time within a tenth of what both had to do


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
        f" request. That is {MS.text(abs(apart))} {order}: {rule} a tenth of the work ({MS.text(SAME_WITHIN * work)}),"
        f" which {counts}."
    )


def _blocking_inp(board: Board) -> str | None:
    """Good, between or poor: the rating of the blocking click's INP."""
    value = board.get("blocking", "inp")
    if value is None:
        return None
    return {"good": "good", "poor": "poor"}.get(INP.rating(value), "between")


def _blocking_inp_says(board: Board) -> str:
    if board.get("blocking", "inp") is None:
        return "The INP of the click was not measured in this browser."
    return (
        f"INP of the click: [[blocking inp]]. Up to {INP.good:g} ms counts as good, above {INP.poor:g} ms as poor."
        " The response came [[blocking click-to-response]] after the click."
    )


RULES = (
    OutcomeRule(
        name="report-order",
        outcomes=("sooner", "same", "later"),
        cases=LANES,
        how="Run both",
        figures=((CELERY.name, "click-to-report"), (BLOCKING.name, "click-to-report")),
        judge=_report_order,
        says=_report_order_says,
    ),
    OutcomeRule(
        name="blocking-inp",
        outcomes=("good", "between", "poor"),
        cases=(BLOCKING.name,),
        how="Run it in the request",
        figures=((BLOCKING.name, INP.name),),
        judge=_blocking_inp,
        says=_blocking_inp_says,
    ),
)


def _blocking_raises_inp(board: Board) -> Verdict:
    inp = board.get("blocking", "inp")
    if inp is None:
        return Verdict.UNTESTED
    return Verdict.FALSE if INP.rating(inp) == "good" else Verdict.TRUE


def _says_blocking_raises_inp(board: Board) -> str:
    blocking, background, frozen = (board.of(case.name) for case in (BLOCKING, CELERY, SYNC))
    assert blocking is not None
    is_own = not blocking.is_recorded
    grew = "What grew is the time from click to response: [[blocking click-to-response]]"
    if background and "click-to-response" in background.figures:
        grew += " against [[celery click-to-response]] in the background"
        grew += ", recorded" if is_own and background.is_recorded else ""
    sentences = [f"The INP of the blocking click was [[blocking inp]]. {grew}."]
    if frozen and "inp" in frozen.figures:
        others = " of the recorded run" if is_own and frozen.is_recorded else ""
        sentences.append(
            f"With a synchronous request{others}, which blocks the browser itself, the INP was [[sync inp]]."
        )
    return " ".join(sentences)


BLOCKING_RAISES_INP = ClaimTest(
    name="blocking-view-raises-inp",
    cases=(BLOCKING.name,),
    how="Tested with the click on the blocking lane: true if its INP is more than 200 ms, the limit of “good”.",
    judge=_blocking_raises_inp,
    says=_says_blocking_raises_inp,
)


def register() -> None:
    """Tell the stopwatch of them."""
    for rule in RULES:
        register_rule(rule)
    register_claim_test(BLOCKING_RAISES_INP)
