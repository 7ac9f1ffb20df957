"""The blocks that run the demos: two lanes side by side, and four ways to wait for the blocking one."""

from collections.abc import Mapping
from typing import Any

from demos.seconds import DEFAULT, LARGEST
from lessons.registry import Directive, Files, OptionRule, RenderedBlock, register_directive
from stopwatch import ways
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
            styles=("css/demos.css",),
        )
    )
    register_place(
        Directive(
            name="ways",
            template="stopwatch/_ways_table.html",
            options=SECONDS,
            needs_argument=True,
            scripts=("js/later.js",),
            styles=("css/demos.css",),
        ),
        _ways,
        around="demos/_ways.html",
    )
