"""The class: where the reader's figure lies among everybody's.

There are only bins and counts, and none before LEAST learners: nobody's own figure can be read off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from charts.bins import Bin, Columns
from charts.scale import round_step
from stopwatch import registry
from stopwatch.measured import Board
from stopwatch.units import MS, Unit

LEAST = 5  # learners
BINS = 8
FAR = 2  # times the 75th percentile: what is longer shares the last bin, so that one odd time squeezes nobody


@dataclass(frozen=True)
class Histogram:
    """How many of `n` learners are in each bin, and how many have a higher value than the reader."""

    bins: tuple[Bin, ...]
    n: int
    longer: int


def histogram(values: Sequence[float], own: float | None, finest: float = 1.0) -> Histogram | None:
    """Count values, one a learner, in at most BINS bins of one round width; None for fewer than LEAST of them.

    `own` is the reader's, or None; it is one of the values when the reader belongs to the class. `finest` is the
    smallest difference that counts.
    """
    if len(values) < LEAST:
        return None
    far = FAR * sorted(values)[(3 * len(values) - 1) // 4]
    everything = [min(value, far) for value in (*values, *([] if own is None else [own]))]
    step = round_step(max(max(everything) - min(everything), finest), BINS - 1)
    first = min(everything) // step
    edges = [step * (first + number) for number in range(BINS + 1)]
    edges = edges[: max(2, 1 + next(place for place, edge in enumerate(edges) if edge >= max(everything)))]
    counted = []
    is_open = max([*values, own or 0.0]) > far
    for low, high in pairwise(edges):
        is_last = high == edges[-1]
        inside = [low <= value and (value < high or is_last) for value in values]
        counted.append(
            Bin(low, high, sum(inside), own is not None and low <= own and (own < high or is_last), is_last and is_open)
        )
    longer = 0 if own is None else sum(value > own for value in values)
    return Histogram(tuple(counted), len(values), longer)


@dataclass(frozen=True)
class Shown:
    """One histogram of the page: `lane` is its colour, and `chart` is None while the class is too small."""

    key: str
    title: str
    lane: str
    n: int
    unit: Unit
    chart: Columns | None = None


def context(
    board: Board,
    shown: Sequence[tuple[str, str, str]],
    class_figures: Mapping[tuple[str, str], Sequence[float]] | None,
) -> Mapping[str, Any]:
    """What the template draws, from everybody's figures by case and name: one a learner.

    Each of `shown` is a case, the name of its figure, and a colour ("hold" or "free"). `class_figures` is None on a
    page that is the same for everyone: it knows of no class.
    """
    return {
        "histograms": [
            _shown(board, case, name, colour, (class_figures or {}).get((case, name), ()))
            for case, name, colour in shown
        ],
        "knows_class": class_figures is not None,
        "least": LEAST,
    }


def _shown(board: Board, case: str, name: str, colour: str, values: Sequence[float]) -> Shown:
    measured, figure = board.of(case), registry.figure_of(case, name)
    assert figure, f"nobody measures {case} {name}"
    own = measured.get(name) if measured and not measured.is_recorded else None
    found = histogram(values, own, finest=figure.unit.finest)
    title = f"{registry.cases[case].title}: {figure.label.lower()}"
    shown = Shown(f"{case}-{name}", title, colour, len(values), figure.unit)
    if found is None:
        return shown
    says = "Yours is marked once you have run it."
    if own is not None:
        more = "took longer" if figure.unit is MS else "had more"
        says = f"Yours: {figure.unit.text(own)}. {found.longer} of the {found.n} {more}."
    of_class = f"The class, n = {found.n}: {title}"
    return replace(shown, chart=Columns(of_class, figure.unit.heading, "Learners", found.bins, says))
