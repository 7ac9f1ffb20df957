"""The blocks that run the demos (two lanes side by side, and four ways to wait for the blocking one) or draw them."""

import uuid
from collections.abc import Mapping
from typing import Any

from demos.cases import BLOCKING, CELERY, COLOURS, LANES, WAYS
from demos.places import last_run, pipeline, timeline, ways
from demos.seconds import DEFAULT, LARGEST
from lessons.registry import Directive, Files, OptionRule, RenderedBlock, register_directive
from stopwatch import histogram
from stopwatch.definitions import CLICK_TO_RESPONSE
from stopwatch.directives import unknown_figures
from stopwatch.measured import Board
from stopwatch.measurements import class_figures
from stopwatch.places import register_place
from stopwatch.registry import register_runner

# What of the class is drawn, and in which colour.
CLASS = tuple((case.name, CLICK_TO_RESPONSE.name, COLOURS[case.name]) for case in (CELERY, BLOCKING))
SECONDS = {"seconds": OptionRule(bounds=(0.0, LARGEST))}


def _seconds(block: RenderedBlock) -> str:
    # An option that is checked, but written as the author likes ("3.0", "1e0"): the endpoints take plain notation only.
    seconds = float(block.options.get("seconds") or DEFAULT)
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _run(block: RenderedBlock) -> Mapping[str, Any]:
    """What the forms and links send: the work, and to which place of which page the demos' own pages lead back."""
    return {"seconds": _seconds(block), "page": f"{block.lesson}/{block.mode}#{block.place}"}


def _lanes(block: RenderedBlock, board: Board, learner: uuid.UUID | None, files: Files) -> Mapping[str, Any]:
    run = _run(block)
    return {**run, "parts": last_run.parts(block.lesson, float(run["seconds"]), board, learner)}


def _ways(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    return {**_run(block), **ways.context(block, board)}


def _class(block: RenderedBlock, board: Board, learner: uuid.UUID | None, files: Files) -> Mapping[str, Any]:
    """A page that is the same for everyone knows no class. Only runs of as much work as the reader's are compared."""
    if learner is None:
        return histogram.context(board, CLASS, None)
    figures = {
        (case, name): class_figures(block.lesson, case, name, found.seconds)
        for case, name, _ in CLASS
        if (found := board.of(case))
    }
    return histogram.context(board, CLASS, figures)


def register() -> None:
    """Tell the lessons of them."""
    register_runner("demo", lambda _: LANES)
    register_runner("ways", lambda _: WAYS)
    register_place(
        Directive(
            name="demo",
            template="demos/_last_run.html",
            options=SECONDS,
            needs_argument=True,
            takes_prose=False,
            scripts=("js/lanes.js",),
            styles=("css/demos.css",),
        ),
        _lanes,
        around="demos/_lanes.html",
        needs_block="",  # it can be run without them
    )
    register_place(
        Directive(
            name="ways",
            template="demos/_ways_table.html",
            options=SECONDS,
            needs_argument=True,
            scripts=("js/later.js",),
            styles=("css/demos.css",),
        ),
        _ways,
        around="demos/_ways.html",
    )
    drawn = ("css/charts.css", "css/demos.css")
    register_place(
        Directive(
            name="timeline",
            template="demos/_timeline.html",
            takes_argument=True,
            takes_prose=False,
            styles=drawn,
        ),
        timeline.context,
    )
    register_place(
        Directive(name="class", template="stopwatch/_class.html", takes_argument=True, takes_prose=False, styles=drawn),
        _class,
    )
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
            styles=drawn,
            check=unknown_figures,
        ),
        pipeline.context,
    )
