"""What the page of Bystanders shows of a run: the picture, its words, and the table of the same figures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from charts.chart import Chart
from charts.panel import Band, Mark, Panel
from charts.scale import Axis
from charts.table import Cell, Row, Table
from demos.experiments.bystanders import plan
from demos.experiments.bystanders.phases import Phase, from_json
from demos.experiments.dots import dots_of
from demos.experiments.load import Outcome
from demos.experiments.recorded import Recorded
from demos.responses import milliseconds
from demos.sources import Source, source_of
from demos.waiting import build_report

TITLES = {"view": "The work in the view", "celery": "The work by Celery"}
LANES = {"view": "hold", "celery": "free"}
NOT_YET = {name: Phase(name, 0.0, (), (), ()) for name in plan.PHASES}


def show(measured: Any, recorded: Recorded) -> Mapping[str, Any]:
    """What the templates need.

    Args:
        measured: what the driver told, or None before it told anything: then it is the recorded run that is shown.
        recorded: the recorded run.
    """
    is_recorded = measured is None and recorded.detail is not None
    told = {phase.name: phase for phase in from_json(recorded.detail if is_recorded else measured or ())}
    phases = [told.get(name, NOT_YET[name]) for name in plan.PHASES]
    marks = {} if is_recorded else recorded.figures
    run = f"A recorded run, not yours: {recorded.label}" if is_recorded else "Your run"
    return {
        "chart": chart([_panel(phase, marks.get(f"{phase.name}-p95")) for phase in phases]),
        "headline": [_headline(phase, recorded.figures.get(f"{phase.name}-p95"), is_recorded) for phase in phases],
        "table": table(phases, run) if told else None,
        "plan": plan,
        "token": "" if is_recorded or not told else list(told)[-1],
        "doing": doing([] if is_recorded else list(told)),
        "is_measured": measured is not None and bool(told),
        "is_recorded": is_recorded,
        "result": result(*phases),
    }


def chart(panels: Sequence[Panel]) -> Chart:
    """The stranger's latencies, on the same scales in every panel."""
    across = Axis("due", plan.PHASE_SECONDS * 1000, "s", per_unit=1000)
    return Chart("Latency of the stranger's page over time", panels, across, Axis("latency", plan.SLOW_SECONDS * 1000))


def _panel(phase: Phase, recorded_ms: float | None) -> Panel:
    marks = [] if recorded_ms is None else [Mark(recorded_ms, f"recorded p95: {milliseconds(recorded_ms)} ms")]
    dots = dots_of(phase.stranger)
    return Panel(TITLES[phase.name], LANES[phase.name], dots, (), bands(phase), marks, describe(phase))


def _headline(phase: Phase, recorded_ms: float | None, is_recorded: bool) -> Mapping[str, Any]:  # noqa: FBT001
    """The stranger's p95 of a phase: the reader's own once the phase has figures, the recorded one until then."""
    own = None if is_recorded else phase.latency_ms(95)
    return {
        "lane": LANES[phase.name],
        "words": TITLES[phase.name],
        "value": milliseconds(recorded_ms if own is None else own),
        "is_recorded": own is None and recorded_ms is not None,
        "is_going_on": own is not None and not phase.is_over,
    }


def doing(told: Sequence[str]) -> str:
    """What goes on now, in one sentence."""
    if not told:
        return "The small site is starting."
    return {
        "view": "First phase of two: the slow work is done in the view.",
        "celery": "Second phase of two: the view publishes to Celery.",
    }[told[-1]]


def result(view: Phase, celery: Phase) -> str:
    """What came out, in one sentence."""
    of_view, of_celery = view.latency_ms(95), celery.latency_ms(95)
    if of_view is None or of_celery is None:
        return ""
    return (
        f"95 of 100 requests for the stranger's page had their answer within {milliseconds(of_view)} ms while the work"
        f" was in the view, and within {milliseconds(of_celery)} ms with Celery."
    )


def bands(phase: Phase) -> list[Band]:
    """The time that the slow requests took: in the view until their answer, by Celery until their report."""
    if not phase.slow:
        return []
    begin = phase.slow[0].due_ms
    if phase.name == "view":
        ends = [sample.due_ms + sample.latency_ms for sample in phase.slow]
        return [Band(begin, max(ends), "both are held")]
    done = len(phase.reports_ms) >= len(phase.slow)
    end = max(phase.reports_ms) if done else phase.elapsed_ms
    return [Band(begin, end, "a worker is busy")]


RANK = "by nearest rank, without interpolation"
# The rows in ms: what it is, its definition, and how a phase tells it.
TIMES: tuple[tuple[str, str, Callable[[Phase], float | None]], ...] = (
    (
        "The stranger's page, p95",
        f"95 of 100 requests waited at most this long, from when they were due ({RANK})",
        lambda phase: phase.latency_ms(95),
    ),
    (
        "The stranger's page, p50",
        f"half of the requests waited at most this long ({RANK})",
        lambda phase: phase.latency_ms(50),
    ),
    ("The stranger's page, longest", "the request that waited longest", lambda phase: phase.latency_ms(100)),
    (
        "The slow request's answer",
        "how long the slow requests waited for their answers: the longer of the two",
        lambda phase: phase.slow_response_ms,
    ),
    (
        "The slow request's report",
        "until the slow work itself was done: Celery makes nothing faster",
        lambda phase: phase.report_ms,
    ),
)
COUNTS: tuple[tuple[str, str, Callable[[Phase], int]], ...] = (
    ("Requests for the page", "how many were due so far", lambda phase: len(phase.stranger)),
    ("Answered late", f"more than {plan.LATE_MS:g} ms after they were due", lambda phase: phase.late),
    ("Failed", f"no answer; each counts as {plan.FAILED_MS:,.0f} ms above", lambda phase: phase.failed),
)


def table(phases: Sequence[Phase], run: str) -> Table:
    """Each figure of both phases; `run` says whose. What is not known yet is a dash."""
    times = [
        Row(name, [Cell(milliseconds(figure(phase)) or "–", "ms") for phase in phases], definition)
        for name, definition, figure in TIMES
    ]
    counts = [
        Row(name, [Cell(str(count(phase))) for phase in phases], definition) for name, definition, count in COUNTS
    ]
    columns = ["What", "Work in the view", "Work by Celery", "That is"]
    return Table(f"{run}. All times by the load generator's own clock.", columns, times + counts)


def describe(phase: Phase) -> str:
    """A panel in words."""
    if all(sample.outcome is Outcome.WAITING for sample in phase.stranger):
        return "Nothing has been measured yet."
    return (
        f"Of {len(phase.stranger)} requests for the stranger's page, {phase.late} were answered more than"
        f" {plan.LATE_MS:g} ms late; the longest took {milliseconds(phase.latency_ms(100)) or 'no'} ms."
    )


def sources() -> list[Source]:
    """The code that runs."""
    from demos.experiments.bystanders import background, views  # they make an app of Celery, which only this page needs

    return [
        source_of(function)
        for function in (
            views.page,
            views.slow_in_the_view,
            views.slow_by_celery,
            background.report.run,
            build_report,
        )
    ]
