"""Every figure of the page, explained in one list that the figures link to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessons.registry import Files, RenderedBlock
from stopwatch.definitions import DEFINITIONS, Definition, Where
from stopwatch.recorded import board_of

# Where in GoogleChrome/web-vitals the thresholds stand; its README has those of INP, LCP and CLS too.
SOURCES: Mapping[str, str] = {
    "inp": "src/onINP.ts",
    "ttfb": "src/onTTFB.ts, a rough guide",
    "fcp": "src/onFCP.ts",
    "lcp": "src/onLCP.ts",
    "cls": "src/onCLS.ts",
}
PAGES = ("ttfb", "fcp", "lcp", "cls")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "A click": tuple(n for n, d in DEFINITIONS.items() if d.where is Where.BROWSER and n not in PAGES),
    "A page": PAGES,
    "The server, the queue and the worker": tuple(
        n for n, d in DEFINITIONS.items() if d.where in (Where.SERVER, Where.STORE)
    ),
    "Bystanders": tuple(n for n, d in DEFINITIONS.items() if d.where is Where.GENERATOR),
}


def thresholds(definition: Definition) -> str:
    """What counts as good and as poor, with the source; empty where there are none."""
    if definition.good is None or definition.poor is None:
        return ""
    good, poor = (f"{value:,g} {definition.unit}".strip() for value in (definition.good, definition.poor))
    source = f"GoogleChrome/web-vitals, {SOURCES[definition.name]}"
    return f"Good: at most {good}; poor: above {poor} ({source})."


@dataclass(frozen=True)
class Entry:
    """One explanation, of one figure or of several that differ only in what they were measured of.

    `where` is empty when the group's heading says it for all.
    """

    names: tuple[str, ...]
    label: str
    says: str
    where: str
    thresholds: str


def entries(names: Sequence[str]) -> tuple[str, list[Entry]]:
    """The explanations of a group, and where all of it is measured (empty when that differs)."""
    alike: dict[str, list[Definition]] = {}
    for name in names:
        alike.setdefault(DEFINITIONS[name].says, []).append(DEFINITIONS[name])
    places = {_where(DEFINITIONS[name]) for name in names}
    shared = places.pop() if len(places) == 1 else ""
    return shared, [
        Entry(
            tuple(one.name for one in found),
            found[0].label if len(found) == 1 else found[0].label.rpartition(", ")[0],
            says,
            "" if shared else _where(found[0]),
            thresholds(found[0]),
        )
        for says, found in alike.items()
    ]


def _where(definition: Definition) -> str:
    return f"{f'In {definition.unit}' if definition.unit else 'No unit'}, measured {definition.where}."


def context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    """The definitions in groups, each with the source of its thresholds, and with what the run was recorded."""
    return {
        "recorded_label": board_of(files).recorded_label,
        "groups": [(title, *entries(names)) for title, names in GROUPS.items()],
    }
