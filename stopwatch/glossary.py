"""Every figure of a page, explained in one list that the figures link to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessons.registry import Files, RenderedBlock
from lessons.scanning import Block
from stopwatch.recorded import board_of
from stopwatch.registry import Case, Figure, anchor, cases, cases_run
from stopwatch.sentences import cases_named


def cases_of(page: Iterable[Block]) -> list[Case]:
    """The cases that a page may show: those of lessons, and of the whole site's those that its blocks run or name."""
    on_page = {case for block in page for case in (*cases_run(block), *cases_named(block))}
    return [case for case in cases.values() if case.scope == "lesson" or case.name in on_page]


def groups(shown: Iterable[Case]) -> Mapping[str, Mapping[str, Figure]]:
    """The figures of each group by the names of their anchors: each figure once, however many cases have it."""
    found: dict[str, dict[str, Figure]] = {}
    placed: set[str] = set()
    for case in shown:
        for figure in case.figures:
            name = anchor(case.name, figure)
            if name not in placed:
                placed.add(name)
                found.setdefault(figure.group or case.group, {})[name] = figure
    return found


def thresholds(figure: Figure) -> str:
    """What counts as good and as poor, with the source; empty where there are none."""
    if figure.good is None or figure.poor is None:
        return ""
    good, poor = (figure.unit.behind(f"{value:,g}") for value in (figure.good, figure.poor))
    return f"Good: at most {good}; poor: above {poor} ({figure.source})."


@dataclass(frozen=True)
class Entry:
    """One explanation, of one figure or of several that differ only in what they were measured of.

    `names` are anchors, also those of names that the figures had formerly. `where` is empty when the group's heading
    says it for all.
    """

    names: tuple[str, ...]
    label: str
    says: str
    where: str
    thresholds: str


def entries(figures: Mapping[str, Figure]) -> tuple[str, list[Entry]]:
    """The explanations of a group, and where all of it is measured (empty when that differs)."""
    alike: dict[str, list[str]] = {}
    for name, figure in figures.items():
        alike.setdefault(figure.says, []).append(name)
    places = {_where(figure) for figure in figures.values()}
    shared = places.pop() if len(places) == 1 else ""
    return shared, [_entry([figures[name] for name in names], names, shared) for names in alike.values()]


def _entry(figures: Sequence[Figure], names: Sequence[str], shared: str) -> Entry:
    first = figures[0]
    return Entry(
        (*names, *(name for figure in figures for name in figure.formerly)),
        first.label if len(figures) == 1 else first.label.rpartition(", ")[0],
        first.says,
        "" if shared else _where(first),
        thresholds(first),
    )


def _where(figure: Figure) -> str:
    return f"{f'In {figure.unit.symbol}' if figure.unit.symbol else 'No unit'}, measured {figure.where}."


def context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    """The definitions in groups, each with the source of its thresholds, and with what the runs were recorded."""
    board, shown = board_of(files), cases_of(block.page)
    of_lesson = [case.name for case in shown if case.scope == "lesson"]
    of_site = {case.group: board.labels(case.name) for case in shown if case.scope == "site"}
    return {
        "recorded_label": board.labels(*of_lesson),
        "groups": [(title, of_site.get(title, ""), *entries(figures)) for title, figures in groups(shown).items()],
    }
