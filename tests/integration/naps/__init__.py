"""Naps: an experiment as small as one can be. It is what tests/integration/test_a_new_experiment.py adds to a site."""

from collections.abc import Mapping
from time import monotonic, sleep
from typing import Any

from charts.chart import Chart
from charts.dots import Dots
from charts.panel import Panel
from charts.scale import Axis
from charts.table import Cell, Row, Table
from demos.bench.bench import Bench
from demos.bench.experiment import CODE, Experiment, Headline, Presentation
from demos.bench.knobs import Knob, Knobs
from stopwatch.registry import Case, Figure, Where
from stopwatch.units import MS

CASE = Case(
    name="naps",
    title="Naps",
    group="Naps",
    figures=(Figure("longest", "Longest nap", "The nap that took longest.", Where.GENERATOR),),
    scope="site",
    code=(*CODE, "demos/experiments/naps/*.py"),
)


def run(bench: Bench, knobs: Knobs) -> Mapping[str, float]:
    """Nap, and take the time of it."""
    took: list[float] = []
    for _ in range(knobs["naps"]):
        began = monotonic()
        sleep(knobs["length"] / 1000)
        took.append(round((monotonic() - began) * 1000, 1))
        bench.tell(took)
    return {"longest": max(took)}


def present(told: Any, knobs: Knobs, recorded: Mapping[str, float]) -> Presentation:
    """What pages show."""
    took: list[float] = told or []
    dots = Dots([(number, ms) for number, ms in enumerate(took, 1)])
    longest = max(took, default=None)
    row = Row("Longest nap", [Cell(MS.write(longest or 0), "ms")], "the nap that took longest")
    return Presentation(
        headline=[Headline("longest", "The longest nap took", "hold", longest, len(took) == knobs["naps"])],
        chart=Chart("Naps", [Panel("One after the other", "hold", [dots])], Axis("nap", 10, ""), Axis("took", 100)),
        reading="Each dot is a nap.",
        table=Table("By one clock.", ["What", "This run", "That is"], [row]) if took else None,
        sees=f"{len(took)} naps were taken." if took else "",
        theory="A nap takes at least as long as it was to take.",
        doing=f"Nap {len(took) + 1}.",
    )


EXPERIMENT = Experiment(
    case=CASE,
    question="How long does a nap take?",
    knobs=(
        Knob("naps", "Naps", 2, choices=(1, 2, 3)),
        Knob("length", "Length", 100, bounds=(50, 500), unit="ms"),
    ),
    seconds=lambda knobs: 1 + knobs["naps"] * knobs["length"] / 1000,
    run=run,
    present=present,
    sources=lambda: (run,),
)
