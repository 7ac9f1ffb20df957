"""Saturation: tasks arrive at a worker at random. How long does each wait in the queue, and what says theory?"""

from collections.abc import Callable, Sequence
from typing import Any

from demos.bench.experiment import Experiment
from demos.bench.knobs import Knob
from demos.experiments.saturation.case import CASE, RULES
from demos.experiments.saturation.driver import run
from demos.experiments.saturation.model import Plan, Told, erlang_c
from demos.experiments.saturation.picture import present


def _sources() -> Sequence[Callable[..., Any]]:
    from demos.experiments.saturation import background  # it makes an app of Celery, which only this needs

    return background.work.run, run, Plan.arrivals, Told.recursion, erlang_c


EXPERIMENT = Experiment(
    case=CASE,
    question="How long do tasks wait in the queue of a worker that is nearly, or more than, busy?",
    knobs=(
        Knob("length", "Length of a task", Plan.length, choices=(100, 200, 400), unit="ms"),
        Knob("rate", "Tasks a second", Plan.rate, bounds=(1, 40)),
        Knob("threads", "Threads of the worker", Plan.threads, choices=(1, 2, 4)),
        Knob("seed", "Seed of the arrivals", Plan.seed, choices=(1, 2, 3)),
    ),
    seconds=lambda knobs: Plan(**knobs).run_seconds,
    run=run,
    present=present,
    sources=_sources,
    rules=RULES,
)
