"""This visit: the whole page's own INP, CLS, LCP, FCP and TTFB, as the reader's browser tells static/js/visit.js."""

from collections.abc import Mapping
from typing import Any

from lessons.registry import Directive, Files, RenderedBlock, register_directive
from stopwatch.definitions import DEFINITIONS

# CLS is no time, so it is none of the figures of definitions.py. Thresholds: GoogleChrome/web-vitals, README.
_CLS = {
    "name": "CLS",
    "says": "Cumulative Layout Shift: how much of the page jumped, and how far",
    "good": "a score of 0.1",
    "poor": "0.25",
    "may_change": True,
}
_SAYS = {
    "inp": ("from a click or a key to the next frame; of the slowest one", True),
    "lcp": ("until the largest thing of the first screen was drawn", False),
    "fcp": ("until something of the page was drawn", False),
    "ttfb": ("until the first byte of the page arrived; a rough guide", False),
}


def vitals() -> list[Mapping[str, Any]]:
    """What the block shows: each figure's name, what it is, and its thresholds in words."""
    times = [_time(name, says, may_change=changes) for name, (says, changes) in _SAYS.items()]
    return [times[0], _CLS, *times[1:]]


def _time(name: str, says: str, *, may_change: bool) -> Mapping[str, Any]:
    known = DEFINITIONS[name]
    thresholds = {"good": f"{known.good:,.0f} ms", "poor": f"{known.poor:,.0f} ms"}
    return {"name": name.upper(), "says": says[0].upper() + says[1:], "may_change": may_change, **thresholds}


def _context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    return {"vitals": vitals()}


def register() -> None:
    """Tell the lessons of the block."""
    register_directive(
        Directive(
            name="visit",
            template="stopwatch/_visit.html",
            context=_context,
            scripts=("js/stopwatch.js", "js/later.js"),
        )
    )
