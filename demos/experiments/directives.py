"""The block that puts an experiment into a lesson: what will happen, the button, and the recorded run."""

from typing import Any

from demos.experiments.answers import starting
from demos.experiments.catalog import EXPERIMENTS
from demos.experiments.recorded import recorded_of
from lessons.registry import Directive, Files, OptionRule, RenderedBlock, register_directive


def _start(block: RenderedBlock, files: Files) -> dict[str, Any]:
    experiment = EXPERIMENTS[block.options["name"]]
    return starting(experiment, recorded_of(experiment.name, files))


def register() -> None:
    """Tell the lessons of it."""
    register_directive(
        Directive(
            name="experiment",
            template="demos/experiments/_embed.html",
            options={"name": OptionRule(required=True, choices=tuple(EXPERIMENTS))},
            needs_argument=True,
            context=_start,
            scripts=("js/experiment.js",),
        )
    )
