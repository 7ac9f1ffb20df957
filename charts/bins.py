"""Bins: how often something came, from edge to edge of an axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charts.scale import per_cent
from charts.shapes import FOOT, Layer, Picture, Shape, text
from charts.table import Cell, Row, Table

FEW = 4  # of more bins, every second edge is named


@dataclass(frozen=True)
class Bin:
    """How often something came from `low` up to `high`. An open one, the last, holds whatever lies above, too."""

    low: float
    high: float
    count: int
    is_own: bool = False
    is_open: bool = False

    @property
    def range(self) -> str:
        """In words, without the unit."""
        return f"{self.low:,g} and more" if self.is_open else f"{self.low:,g} to {self.high:,g}"

    @property
    def counted(self) -> str:
        """Its count, and whether the reader's own is in it."""
        return f"{self.count}, with yours" if self.is_own else f"{self.count}"


@dataclass(frozen=True)
class Columns:
    """Bins beside each other. `across` and `up` are what is binned and what is counted: "Time, ms", "Learners"."""

    title: str
    across: str
    up: str
    bins: Sequence[Bin]
    says: str = ""

    @property
    def picture(self) -> Picture:
        """A column for each bin, with its count above it."""
        counts = " ".join(f"{each.range}: {each.counted}." for each in self.bins)
        says = f"{self.up} by {self.across.lower()}. {counts} {self.says}"
        return Picture("columns", "chart-columns", self.title, says, [Layer([*self._edges(), *self._columns(), FOOT])])

    @property
    def table(self) -> Table:
        """The counts."""
        return Table(self.title, [self.across, self.up], [Row(each.range, [Cell(each.counted)]) for each in self.bins])

    def _edges(self) -> Iterator[Shape]:
        last, n = self.bins[-1], len(self.bins)
        edges = [*(f"{each.low:,g}" for each in self.bins), f"{last.high:,g}{'+' if last.is_open else ''}"]
        for place, words in enumerate(edges):
            if n <= FEW or (n - place) % 2 == 0:
                yield text("chart-tick", words, "middle", x=per_cent(100 * place / n), y="100%", dy="18")

    def _columns(self) -> Iterator[Shape]:
        width, highest = 100 / len(self.bins), max(1, *(each.count for each in self.bins))
        for place, each in enumerate(self.bins):
            middle, height = per_cent(width * (place + 0.5)), 100 * each.count / highest
            if each.count:
                name, top = "chart-column own" if each.is_own else "chart-column", per_cent(100 - height)
                box = {"x": per_cent(width * place + 0.4), "y": top, "width": per_cent(width - 0.8)}
                yield Shape("rect", {"class": name, **box, "height": per_cent(height)})
                yield text("chart-tick", f"{each.count}", "middle", x=middle, y=top, dy="-6")
            if each.is_own:
                yield text("chart-note", "yours ▾", "middle", x=middle, y="0", dy="-26")
