"""This visit: the whole page's own INP, CLS, LCP, FCP and TTFB, as the reader's browser tells static/js/visit.js."""

from collections.abc import Mapping
from typing import Any

from lessons.registry import Directive, Files, RenderedBlock, register_directive
from stopwatch.definitions import CLS, FCP, INP, LCP, TTFB
from stopwatch.measured import Board
from stopwatch.recorded import board_of
from stopwatch.registry import Case, Figure, register_case

# A visit to the lesson as a whole: only ever recorded, as the reader's own goes on while they read.
VISIT = Case(
    name="visit",
    title="A visit",
    group="A page",
    figures=(INP, TTFB, FCP, LCP, CLS),
    code=("static/js/visit.js", "static/vendor/web-vitals/*.js"),
)
_SAYS = (
    (INP, "From a click or a key to the next frame; of the slowest one", True),
    (CLS, "Cumulative Layout Shift: how much of the page jumped, and how far", True),
    (LCP, "Until the largest thing of the first screen was drawn", False),
    (FCP, "Until something of the page was drawn", False),
    (TTFB, "Until the first byte of the page arrived; a rough guide", False),
)


def _context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    board = board_of(files)
    return {"vitals": [_vital(board, *told) for told in _SAYS]}


def _vital(board: Board, figure: Figure, says: str, may_change: bool) -> Mapping[str, Any]:  # noqa: FBT001
    """A figure's name, what it is, its thresholds in words, and the recorded visit's."""
    unit, recorded = figure.unit, board.get(VISIT.name, figure.name)
    return {
        "name": figure.name.upper(),
        "says": says,
        "may_change": may_change,
        "good": f"{figure.good:,g} {unit.symbol or '(a score)'}",
        "poor": unit.behind(f"{figure.poor:,g}"),
        "recorded": "" if recorded is None else unit.write(recorded),
        "unit": unit.symbol or "score",
    }


def register() -> None:
    """Tell the stopwatch of the case, and the lessons of the block."""
    register_case(VISIT)
    register_directive(
        Directive(
            name="visit",
            template="stopwatch/_visit.html",
            context=_context,
            scripts=("js/stopwatch.js", "js/later.js"),
            styles=("css/stopwatch.css",),
        )
    )
