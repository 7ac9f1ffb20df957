"""Every figure of the page, explained in one list that the figures link to."""

from collections.abc import Mapping
from typing import Any

from lessons.registry import RenderedBlock
from stopwatch.definitions import DEFINITIONS, Where
from stopwatch.measured import Board

# Where in GoogleChrome/web-vitals the thresholds stand; its README has the same ones for INP and LCP.
SOURCES: Mapping[str, str] = {
    "inp": "src/onINP.ts",
    "ttfb": "src/onTTFB.ts, a rough guide",
    "fcp": "src/onFCP.ts",
    "lcp": "src/onLCP.ts",
}
PAGES = ("ttfb", "fcp", "lcp")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "A click": tuple(n for n, d in DEFINITIONS.items() if d.where is Where.BROWSER and n not in PAGES),
    "The next page": PAGES,
    "The server, the queue and the worker": tuple(
        n for n, d in DEFINITIONS.items() if d.where in (Where.SERVER, Where.STORE)
    ),
    "Bystanders": tuple(n for n, d in DEFINITIONS.items() if d.where is Where.GENERATOR),
}


def context(block: RenderedBlock, board: Board, learner: object = None) -> Mapping[str, Any]:
    """The definitions in groups, each with the source of its thresholds."""
    return {
        "groups": [
            (title, [(DEFINITIONS[name], SOURCES.get(name, "")) for name in names]) for title, names in GROUPS.items()
        ]
    }
