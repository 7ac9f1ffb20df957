"""This visit: the whole page's own INP, CLS, LCP, FCP and TTFB, as the reader's browser tells static/js/visit.js."""

from collections.abc import Mapping
from typing import Any

from lessons.registry import Directive, Files, RenderedBlock, register_directive
from stopwatch.definitions import DEFINITIONS
from stopwatch.measured import VISIT, Board
from stopwatch.recorded import board_of
from stopwatch.wording import number

_SAYS = {
    "inp": ("From a click or a key to the next frame; of the slowest one", True),
    "cls": ("Cumulative Layout Shift: how much of the page jumped, and how far", True),
    "lcp": ("Until the largest thing of the first screen was drawn", False),
    "fcp": ("Until something of the page was drawn", False),
    "ttfb": ("Until the first byte of the page arrived; a rough guide", False),
}


def vitals(board: Board) -> list[Mapping[str, Any]]:
    """What the block shows: each figure's name, what it is, its thresholds in words, and the recorded visit's."""
    return [_vital(name, says, changes, board.get(VISIT, name)) for name, (says, changes) in _SAYS.items()]


def _vital(name: str, says: str, may_change: bool, recorded: float | None) -> Mapping[str, Any]:  # noqa: FBT001
    known = DEFINITIONS[name]
    shown = "" if recorded is None else number(recorded) if known.unit else f"{recorded:.3f}"
    return {
        "name": name.upper(),
        "says": says,
        "may_change": may_change,
        "good": f"{known.good:,g} {known.unit or '(a score)'}",
        "poor": f"{known.poor:,g} {known.unit}".strip(),
        "recorded": shown,
        "unit": known.unit or "score",
    }


def _context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    return {"vitals": vitals(board_of(files))}


def register() -> None:
    """Tell the lessons of the block."""
    register_directive(
        Directive(
            name="visit",
            template="stopwatch/_visit.html",
            context=_context,
            scripts=("js/stopwatch.js", "js/later.js"),
            styles=("css/stopwatch.css",),
        )
    )
