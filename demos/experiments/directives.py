"""The block that puts an experiment into a lesson: what will happen, the button, and the last or the recorded run."""

import uuid
from typing import Any

from demos.experiments.catalog import experiments
from demos.experiments.own_runs import going_on
from demos.experiments.presenters import run_of, starting
from lessons.registry import Directive, Files, OptionRule, RenderedBlock
from stopwatch.measured import Board
from stopwatch.places import register_place
from stopwatch.registry import register_case, register_rule, register_runner


def _last(block: RenderedBlock, board: Board, learner: uuid.UUID | None, files: Files) -> dict[str, Any]:
    """The reader's run that waits or goes on, or else the last that was kept; the recorded one for everyone else."""
    experiment = experiments()[block.options["name"]]
    found = board.of(experiment.name)
    is_own = found is not None and not found.is_recorded and experiment.can_show(found.detail)
    context = starting(experiment, block.place, found if is_own else None)
    on = going_on(learner, experiment)
    return {**context, **run_of(experiment, on, block.place), "is_going_on": True} if on else context


def register() -> None:
    """Tell the lessons of it, and the stopwatch of what the experiments measure.

    What a run shows while it goes on takes the room of the place, which is then not redrawn.
    """
    for experiment in experiments().values():
        register_case(experiment.registered)
        for rule in experiment.rules:
            register_rule(rule)
    register_runner("experiment", lambda block: [block.options["name"].value] if "name" in block.options else [])
    register_place(
        Directive(
            name="experiment",
            template="demos/experiments/_last.html",
            options={"name": OptionRule(required=True, choices=tuple(experiments()))},
            needs_argument=True,
            scripts=("js/experiment.js",),
            styles=("css/demos.css", "css/charts.css"),
        ),
        _last,
        around="demos/experiments/_embed.html",
        goes_on=lambda block, learner: going_on(learner, experiments()[block.options["name"]]) is not None,
    )
