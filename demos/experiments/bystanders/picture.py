"""What pages show of a run of Bystanders: the picture, its words, and the table of the same figures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from charts.chart import Chart
from charts.panel import Band, Mark, Panel
from charts.scale import Axis
from charts.table import Cell, Row, Table
from demos.bench.dots import dots_of
from demos.bench.experiment import Headline, Presentation
from demos.bench.knobs import Knobs
from demos.bench.load import Outcome
from demos.experiments.bystanders.model import LATE_MS, PHASES, Phase, Plan, expected_p95_ms, from_json
from stopwatch.units import MS

TITLES = {"view": "The work in the view", "celery": "The work by Celery"}
LANES = {"view": "hold", "celery": "free"}
NOT_YET = {name: Phase(name, 0.0, (), (), ()) for name in PHASES}


def present(told: Any, knobs: Knobs, recorded: Mapping[str, float]) -> Presentation:
    """What pages show. See demos/bench/experiment.py."""
    plan = Plan(**knobs)
    known = {phase.name: phase for phase in from_json(told or ())}
    phases = [known.get(name, NOT_YET[name]) for name in PHASES]
    return Presentation(
        headline=[_headline(phase, plan) for phase in phases],
        chart=_chart([_panel(phase, plan, recorded.get(f"{phase.name}-p95")) for phase in phases], plan),
        reading=(
            "Each dot is a request for the stranger's page: across, when it was due; up, how long its response took."
            " Both scales are linear, and the same in both panels. A ring is a request that still waits, a square one"
            f" that failed. Tinted: in the view, {_held(plan)} by slow requests; by Celery, a worker is busy with the"
            " same work and no request waits for it."
        ),
        table=_table(phases, plan) if known else None,
        sees=_sees(plan, *phases),
        theory=_theory(plan),
        doing=_doing(list(known)),
    )


def _chart(panels: Sequence[Panel], plan: Plan) -> Chart:
    """The stranger's latencies, on the same scales in every panel."""
    longest = max(map(plan.phase_seconds, PHASES))
    across = Axis("due", longest * 1000, "s", per_unit=1000)
    return Chart("Latency of the stranger's page over time", panels, across, Axis("latency", plan.seconds * 1000))


def _panel(phase: Phase, plan: Plan, recorded_ms: float | None) -> Panel:
    marks = [] if recorded_ms is None else [Mark(recorded_ms, f"recorded p95: {MS.text(recorded_ms)}")]
    return Panel(
        TITLES[phase.name],
        LANES[phase.name],
        dots_of(phase.stranger),
        bands=bands(phase, plan),
        marks=marks,
        says=describe(phase, plan),
    )


def _headline(phase: Phase, plan: Plan) -> Headline:
    words = f"{TITLES[phase.name]}: 95 of 100 of the stranger's requests were answered within"
    p95 = phase.latency_ms(95, plan)
    return Headline(f"{phase.name}-p95", words, LANES[phase.name], p95, phase.is_over(plan))


def _doing(known: Sequence[str]) -> str:
    if not known:
        return "The small site is starting."
    return {
        "view": "First phase of two: the slow work is done in the view.",
        "celery": "Second phase of two: the view publishes to Celery.",
    }[known[-1]]


def _sees(plan: Plan, view: Phase, celery: Phase) -> str:
    of_view, of_celery = view.latency_ms(95, plan), celery.latency_ms(95, plan)
    if of_view is None or of_celery is None:
        return ""
    return (
        f"95 of 100 requests for the stranger's page had their response within {MS.text(of_view)} while the work was in"
        f" the view, and within {MS.text(of_celery)} with Celery."
    )


def _theory(plan: Plan) -> str:
    if not plan.held_seconds:
        free = plan.processes - plan.requests
        return (
            f"By arithmetic: of {plan.processes} processes, the slow requests leave {free} free, so nobody else waits"
            " for them. That is so until more slow requests come."
        )
    return (
        f"By arithmetic: for {plan.held_seconds:g} s every process is held, and whoever comes then waits for what is"
        f" left of that time. So with the work in the view, 95 of 100 requests have their response within some"
        f" {MS.text(expected_p95_ms(plan))}, however quick the page is by itself. With Celery no process is held."
    )


def _held(plan: Plan) -> str:
    """How many processes slow requests hold, in words: "both processes are held"."""
    if plan.requests < plan.processes:
        return f"{plan.requests} of {plan.processes} processes {'is' if plan.requests == 1 else 'are'} held"
    every = {1: "the only process is", 2: "both processes are"}.get(
        plan.processes, f"all {plan.processes} processes are"
    )
    return f"{every} held"


def bands(phase: Phase, plan: Plan) -> list[Band]:
    """The time that the slow work took: in the view until a process was free again, by Celery until the reports."""
    if not phase.slow:
        return []
    begin = phase.slow[0].due_ms
    if phase.name == "view":
        ends = sorted(sample.due_ms + sample.latency_ms for sample in phase.slow)
        # While no more of them are left than there are processes less one, a process is free.
        end = ends[max(0, len(ends) - plan.processes)] if plan.requests >= plan.processes else ends[-1]
        return [Band(begin, end, _held(plan).replace("processes ", "").replace("process ", ""))]
    done = len(phase.reports_ms) >= len(phase.slow)
    return [Band(begin, max(phase.reports_ms) if done else phase.elapsed_ms, "a worker is busy")]


RANK = "by nearest rank, without interpolation"


def _table(phases: Sequence[Phase], plan: Plan) -> Table:
    """Each figure of both phases. What is not known yet is a dash."""
    which = {1: "", 2: ": the longer of the two"}.get(plan.requests, ": the longest of them")
    times: list[tuple[str, str, Callable[[Phase], float | None]]] = [
        (
            "The stranger's page, p95",
            f"95 of 100 requests waited at most this long, from when they were due ({RANK})",
            lambda phase: phase.latency_ms(95, plan),
        ),
        (
            "The stranger's page, p50",
            f"half of the requests waited at most this long ({RANK})",
            lambda phase: phase.latency_ms(50, plan),
        ),
        ("The stranger's page, longest", "the request that waited longest", lambda phase: phase.latency_ms(100, plan)),
        (
            "The slow request's response",
            f"how long the slow requests waited for their responses{which}",
            lambda phase: phase.slow_response_ms,
        ),
        (
            "The slow request's report",
            "until the slow work itself was done: Celery makes nothing faster",
            lambda phase: phase.report_ms,
        ),
    ]
    counts: list[tuple[str, str, Callable[[Phase], int]]] = [
        ("Requests for the page", "how many were due so far", lambda phase: len(phase.stranger)),
        ("Answered late", f"more than {LATE_MS:g} ms after they were due", lambda phase: phase.late),
        ("Failed", f"no response; each counts as {MS.text(plan.failed_ms)} above", lambda phase: phase.failed),
    ]
    rows = [Row(name, [_cell(figure(phase)) for phase in phases], says) for name, says, figure in times]
    rows += [Row(name, [Cell(str(count(phase))) for phase in phases], says) for name, says, count in counts]
    columns = ["What", "Work in the view", "Work by Celery", "That is"]
    return Table("All times by the load generator's own clock.", columns, rows)


def _cell(value: float | None) -> Cell:
    return Cell("–" if value is None else MS.write(value), "ms")


def describe(phase: Phase, plan: Plan) -> str:
    """What is to be seen in a panel, in words."""
    if all(sample.outcome is Outcome.WAITING for sample in phase.stranger):
        return "Nothing has been measured yet."
    longest = phase.latency_ms(100, plan)
    return (
        f"Of {len(phase.stranger)} requests for the stranger's page, {phase.late} were answered more than"
        f" {LATE_MS:g} ms late; the longest took {MS.write(longest or 0)} ms."
    )
