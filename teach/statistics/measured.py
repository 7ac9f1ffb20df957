"""What learners measured on a lesson's pages: histograms of each one's latest figure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from charts.bars import Bar, bar_chart
from charts.scale import Axis
from charts.shapes import Picture
from learners.statistics import in_class
from stopwatch import registry
from stopwatch.histogram import Histogram, histogram
from stopwatch.measurements import runs_for, standing
from stopwatch.registry import Figure
from teach.statistics import tables
from teach.statistics.items import LEAST
from teach.statistics.tables import Column, Table

LATEST = 1000  # measurements of a case, from which the figures are taken


@dataclass(frozen=True)
class Figures:
    """One figure of one case, one value a learner. `seconds` is the work that was asked for."""

    case: str
    figure: Figure
    seconds: float
    values: tuple[float, ...]

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.case}-{self.figure.name}"

    @property
    def title(self) -> str:
        """Its name on the page."""
        return f"{registry.cases[self.case].title}: {self.figure.label}, {self.seconds:g} s of work"


def measured(lesson: str, cases: Iterable[str]) -> list[Figures]:
    """Each learner's latest figures of these cases, of the work that most of them asked for. One query a case.

    Only the LATEST measurements of a case that the lesson may show are looked at.
    """
    return [figures for case in cases for figures in _of_case(lesson, case)]


def _of_case(lesson: str, case: str) -> list[Figures]:
    runs = in_class(runs_for(lesson, [case])).order_by("-pk")[:LATEST]
    rows = list(standing(runs, "learner_id", "seconds", "figures"))
    if not rows:
        return []
    ((seconds, _),) = Counter(seconds for _, _, seconds, _ in rows).most_common(1)
    latest: dict[object, Mapping[str, float]] = {}
    for _, learner, asked, figures in rows:
        if asked == seconds:
            latest.setdefault(learner, figures)
    found = []
    for figure in registry.cases[case].figures:
        values = tuple(figures[figure.name] for figures in latest.values() if figure.name in figures)
        if figure.in_statistics and values:
            found.append(Figures(case, figure, seconds, values))
    return found


def shown(figures: Figures) -> tuple[Table, Picture | None]:
    """A histogram as a table and as a picture; of fewer than LEAST learners only their number."""
    n = len(figures.values)
    unit = figures.figure.unit
    edges = tuple(f"{edge}, {unit.symbol}" if unit.symbol else edge for edge in ("From", "To"))
    columns = (Column(unit.heading, exported=edges), Column("Learners", is_number=True))
    found = histogram(figures.values, None, finest=unit.finest)
    name = f"measured-{figures.key}"
    if found is None:
        return Table(name, figures.title, columns, [], f"n = {n}: shown from {LEAST} on."), None
    rows = [
        (tables.Cell(each.range, (each.low, None if each.is_open else each.high)), tables.number(each.count))
        for each in found.bins
    ]
    note = f"n = {n:,}. Half of the learners measured at most {unit.text(median(figures.values))}."
    return Table(name, figures.title, columns, rows, note), _picture(name, figures, found)


def _picture(name: str, figures: Figures, found: Histogram) -> Picture | None:
    bars = [
        Bar(figures.figure.unit.behind(each.range), f"{each.count:,}", tables.of_learners(each.count), each.count)
        for each in found.bins
    ]
    most = max(each.count for each in found.bins)
    return bar_chart(name, figures.title, bars, Axis("learners", most, "learners", at_most=min(2, most)))
