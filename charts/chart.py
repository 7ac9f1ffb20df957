"""Panels side by side on the same scales, and the same figures as a table."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from charts import panel
from charts.lines import height_at_end
from charts.panel import Panel
from charts.scale import Axis, number
from charts.shapes import Picture
from charts.table import Cell, Row, Table

ROOM = 1.05  # above the highest of what is drawn


@dataclass(frozen=True)
class Chart:
    """Figures over something, which is time as a rule, in one panel or in several to be compared.

    Attributes:
        title: what all panels show.
        across: it ends at its longest; what lies past that is drawn at its edge.
        up: it grows with the values.
    """

    title: str
    panels: Sequence[Panel]
    across: Axis
    up: Axis

    @cached_property
    def pictures(self) -> list[Picture]:
        """The panels, drawn."""
        highest = max([self.up.longest, *(each.highest for each in self.panels)])
        up = replace(self.up, longest=highest * ROOM)
        return [
            panel.draw(each, str(place), self.title, self.across, up) for place, each in enumerate(self.panels, start=1)
        ]

    @cached_property
    def table(self) -> Table:
        """One row from tick to tick: of dots how many there are, the least and the most; of lines how high they end."""
        begins, words = zip(*(tick for tick in self.across.ticks if tick[0] < self.across.longest), strict=True)
        ends = [*begins[1:], math.inf]
        names = [f"{begin} to {end}" for begin, end in zip(words, [*words[1:], "the end"], strict=True)]
        of_lines = "; of a line, where it is at the end" if any(each.lines for each in self.panels) else ""
        return Table(
            f"{self.title}: how many, and from the least to the most{of_lines}",
            [self.across.label.capitalize(), *self._columns()],
            [Row(name, list(self._cells(begin, end))) for name, begin, end in zip(names, begins, ends, strict=True)],
        )

    def _columns(self) -> Iterator[str]:
        for each in self.panels:
            yield each.title
            yield from (f"{each.title}: {line.words}" for line in each.lines)

    def _cells(self, begin: float, end: float) -> Iterator[Cell]:
        for each in self.panels:
            yield self._of_dots(each, begin, end)
            for line in each.lines:
                height = height_at_end(line, begin, end)
                yield Cell("–") if height is None else Cell(number(height), self.up.unit)

    def _of_dots(self, of: Panel, begin: float, end: float) -> Cell:
        inside = [(dots.words, [y for x, y in dots.points if begin <= x < end]) for dots in of.dots]
        values = [value for _, found in inside for value in found]
        if not values:
            return Cell("none")
        least, most = number(min(values)), number(max(values))
        special = "".join(f", {len(found)} {words}" for words, found in inside if words and found)
        return Cell(f"{len(values)}{special}: {least if least == most else f'{least} to {most}'}", self.up.unit)
