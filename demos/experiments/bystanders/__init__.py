"""Bystanders: a stranger asks for a 5 ms page while others have slow work done. What does the stranger get?

It is asked twice: with the work in the view, and with Celery.
"""

from collections.abc import Callable, Sequence
from typing import Any

from demos.bench.experiment import Experiment
from demos.bench.knobs import Knob
from demos.experiments.bystanders.case import CASE, RULES
from demos.experiments.bystanders.driver import run
from demos.experiments.bystanders.model import Plan
from demos.experiments.bystanders.picture import present
from demos.waiting import build_report


def _sources() -> Sequence[Callable[..., Any]]:
    from demos.experiments.bystanders import background, views  # they make an app of Celery, which only this needs

    return views.page, views.slow_in_the_view, views.slow_by_celery, background.report.run, build_report


EXPERIMENT = Experiment(
    case=CASE,
    question="What does somebody else get while a slow request is being answered?",
    knobs=(
        Knob("processes", "Web processes", Plan.processes, choices=(1, 2, 3, 4)),
        Knob("requests", "Slow requests at once", Plan.requests, choices=(1, 2, 3, 4)),
        Knob("seconds", "Work of each", Plan.seconds, choices=(1, 2, 3, 4), unit="s"),
        Knob("threads", "Threads of the worker", Plan.threads, choices=(1, 2, 3, 4)),
    ),
    seconds=lambda knobs: Plan(**knobs).run_seconds,
    run=run,
    present=present,
    sources=_sources,
    work_seconds=lambda knobs: float(knobs["seconds"]),
    rules=RULES,
)
