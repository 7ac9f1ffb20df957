"""The blocks that run the demos (two lanes side by side, and four ways to wait for the blocking one) or draw them."""

from collections.abc import Mapping
from typing import Any

from demos.places import pipeline, timeline, ways
from demos.seconds import DEFAULT, LARGEST
from lessons.registry import Directive, Files, OptionRule, RenderedBlock, register_directive
from stopwatch.directives import unknown_figures
from stopwatch.measured import Board
from stopwatch.places import register_place

SECONDS = {"seconds": OptionRule(bounds=(0.0, LARGEST))}


def _seconds(block: RenderedBlock) -> str:
    # An option that is checked, but written as the author likes ("3.0", "1e0"): the endpoints take plain notation only.
    seconds = float(block.options.get("seconds") or DEFAULT)
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _lanes(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    return {"seconds": _seconds(block)}


def _ways(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    return {"seconds": _seconds(block), **ways.context(block, board)}


def register() -> None:
    """Tell the lessons of them."""
    register_directive(
        Directive(
            name="demo",
            template="demos/_lanes.html",
            options=SECONDS,
            needs_argument=True,
            takes_prose=False,
            is_evidence=True,
            context=_lanes,
            scripts=("js/stopwatch.js", "js/lanes.js"),
        )
    )
    register_place(
        Directive(
            name="ways",
            template="demos/_ways_table.html",
            options=SECONDS,
            needs_argument=True,
            scripts=("js/later.js",),
        ),
        _ways,
        around="demos/_ways.html",
    )
    register_place(Directive(name="timeline", template="demos/_timeline.html", takes_prose=False), timeline.context)
    register_directive(
        Directive(
            name="stage",
            inside="pipeline",
            options={"state": OptionRule(choices=("bottleneck", "waits"))},
            needs_argument=True,
        )
    )
    register_place(
        Directive(
            name="pipeline",
            template="demos/_pipeline.html",
            needs_argument=True,
            children={"stage": (2, 5)},
            check=unknown_figures,
        ),
        pipeline.context,
    )
