"""The block that puts an experiment into a lesson: what will happen, the button, and the last or the recorded run."""

import uuid
from dataclasses import replace
from typing import Any

from demos.experiments.catalog import EXPERIMENTS
from demos.experiments.recorded import recorded_of
from demos.experiments.responses import starting
from lessons.registry import Directive, Files, OptionRule, RenderedBlock
from stopwatch.measured import Board
from stopwatch.places import register_place
from stopwatch.registry import register_case, register_rule, register_runner


def _start(block: RenderedBlock, board: Board, learner: uuid.UUID | None, files: Files) -> dict[str, Any]:
    experiment = EXPERIMENTS[block.options["name"]]
    found = board.of(experiment.name)
    own = None if found is None or found.is_recorded else found.detail
    if not experiment.can_show(own):
        own = None
    return starting(experiment, recorded_of(experiment.name, files), own)


def register() -> None:
    """Tell the lessons of it, and the stopwatch of what the experiments measure.

    What a run shows while it goes on takes the room of the place, which is then not redrawn.
    """
    for experiment in EXPERIMENTS.values():
        register_case(replace(experiment.case, can_show=experiment.can_show))
        for rule in experiment.rules:
            register_rule(rule)
    register_runner("experiment", lambda block: [block.options["name"].value] if "name" in block.options else [])
    register_place(
        Directive(
            name="experiment",
            template="demos/experiments/_last.html",
            options={"name": OptionRule(required=True, choices=tuple(EXPERIMENTS))},
            needs_argument=True,
            scripts=("js/experiment.js",),
            styles=("css/demos.css", "css/charts.css"),
        ),
        _start,
        around="demos/experiments/_embed.html",
    )
