"""What pages show of a run of Saturation: each task's queue wait over time, beside what theory says of it."""

from collections.abc import Mapping
from typing import Any

from charts.chart import Chart
from charts.lines import Line
from charts.panel import Mark, Panel
from charts.scale import Axis
from charts.table import Cell, Row, Table
from demos.bench.dots import dots_of
from demos.bench.experiment import Headline, Presentation
from demos.bench.knobs import Knobs
from demos.experiments.saturation.case import CASE
from demos.experiments.saturation.model import ARRIVING, Plan, Told, erlang_c, figures, from_json
from stopwatch.units import MS, PER_CENT, Unit

FULL = 100.0  # per cent
FAR = 5  # times the longest wait: what lies higher is told in words, for it would press all dots to the ground


def present(told: Any, knobs: Knobs, recorded: Mapping[str, float]) -> Presentation:
    """What pages show. See demos/bench/experiment.py."""
    plan = Plan(**knobs)
    known = from_json(told) if told is not None else Told(0.0, ())
    found = figures(known, plan) if known.tasks else {}
    return Presentation(
        headline=_headline(known, found),
        chart=_chart(known, plan, recorded.get("wait-mean")),
        reading=(
            "Each dot is a task: across, when it was published; up, how long it waited in the queue. A ring is a task"
            " that still waits. The line is what the recursion makes of the same arrivals. Both scales are linear."
        ),
        table=_table(found) if found else None,
        sees=_sees(known, plan, found) if found else "",
        theory=_theory(plan),
        doing=_doing(known),
    )


def _headline(told: Told, found: Mapping[str, float]) -> list[Headline]:
    words = {
        "wait-mean": (f"On average, a task waited in the queue{_so_far(told)}", "hold"),
        "wait-recursion": ("By the recursion, on the same arrivals", "free"),
    }
    return [Headline(name, said, lane, found.get(name), told.is_over) for name, (said, lane) in words.items()]


def _chart(told: Told, plan: Plan, recorded_ms: float | None) -> Chart:
    longest = max([plan.length, *told.waits])
    formula = erlang_c(plan)
    marks = [] if recorded_ms is None else [Mark(recorded_ms, f"recorded mean: {MS.text(recorded_ms)}")]
    if formula is not None and formula <= FAR * longest:
        marks.append(Mark(formula, f"Erlang C: {MS.text(formula)}"))
    line = [(task.published, wait) for task, wait in zip(told.tasks, told.recursion(plan), strict=True)]
    panel = Panel(
        f"Queue waits at {_share(plan)}",
        "hold",
        dots_of(told.samples),
        [Line(line, "recursion")] if line else [],
        marks=marks,
        says=_says(told),
    )
    across = Axis("published", ARRIVING * 1000, "s", per_unit=1000)
    return Chart("Queue wait of each task over time", [panel], across, Axis("queue wait", float(plan.length)))


def _share(plan: Plan) -> str:
    """Exact near 100 %, on both sides of which all is different."""
    share = plan.utilisation * 100
    return PER_CENT.text(share) if share == FULL or abs(share - FULL) >= 1 else f"{share:.3f} %"


def _sees(told: Told, plan: Plan, found: Mapping[str, float]) -> str:
    # As they are kept and stand in the table: rounded from there, words and table cannot differ.
    measured, expected = (MS.text(found[name]) for name in ("wait-mean", "wait-recursion"))
    said = [
        f"{_tasks(told)} arrived. Their rate is on average {_share(plan)} of what the worker can do.",
        f"On average a task waited {measured} in the queue{_so_far(told)}, and {expected} by the recursion.",
    ]
    if plan.utilisation > 1:
        said.append("On average more arrives than the worker can do: the longer that lasts, the longer the waits.")
    if told.left:
        said.append(f"{told.left} of them still waited at the end.")
    return " ".join([*said, "A queue moves the line, it does not remove it."])


def _says(told: Told) -> str:
    if not told.tasks:
        return "Nothing has been measured yet."
    return f"Of {_tasks(told)}, the longest waited {MS.text(max(told.waits))}{_so_far(told)}."


def _tasks(told: Told) -> str:
    return "1 task" if len(told.tasks) == 1 else f"{len(told.tasks)} tasks"


def _so_far(told: Told) -> str:
    return " so far" if told.left else ""


def _theory(plan: Plan) -> str:
    recursion = (
        "By Lindley's recursion, a task begins when it has come and a thread is free. So the waits of one run follow"
        " from when its tasks came and how long they took."
    )
    formula = erlang_c(plan)
    if formula is not None:
        return (
            f"{recursion} Erlang C says where the mean would end after hours of this, with tasks of random length:"
            f" {MS.text(formula)}. {_half(plan)} The nearer to 100 %, the longer it takes until the queue is as long"
            " as that: some seconds are not enough."
        )
    grows = f" by some {MS.text((plan.utilisation - 1) * 1000)}" if plan.utilisation > 1 else ""
    return (
        f"{recursion} At {_share(plan)} there is no steady state: with each second that this goes on, the wait"
        f" of whoever comes last grows{grows} on average, without end. Erlang C has no answer then."
    )


def _half(plan: Plan) -> str:
    """Of Pollaczek and Khinchine (1930, 1932) for one thread; for several it is so in heavy traffic."""
    if plan.threads == 1:
        return "Tasks that all take the same wait half as long."
    return "Near 100 %, tasks that all take the same wait about half as long."


def _doing(told: Told) -> str:
    if not told.elapsed:
        return "The worker is starting."
    return "Tasks arrive." if told.elapsed < ARRIVING * 1000 else "No more tasks arrive; the queue empties."


def _table(found: Mapping[str, float]) -> Table:
    def cell(name: str, unit: Unit) -> Cell:
        return Cell(unit.write(found[name]), unit.symbol) if name in found else Cell("–")

    rows = [Row(figure.label, [cell(figure.name, figure.unit)], figure.says) for figure in CASE.figures]
    return Table("All times by the machine's own clock.", ["What", "This run", "That is"], rows)
