"""Bars: what several things come to, below each other, and how often something came between two edges of an axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charts.scale import Axis, Scale, per_cent
from charts.shapes import Layer, Picture, Shape, straight, text
from charts.table import Cell, Row, Table

ROW = 44  # px, from one row to the next one
AROUND = 34  # px, above and below all rows: the padding of the style sheet
LONGEST = 34  # characters of a label, so that it fits on a narrow screen
SMALLEST = 1.0  # per cent
FEW = 4  # columns; of more, every second edge is named


@dataclass(frozen=True)
class Bar:
    """One row: a bar up to its value, or where it reaches from a value to another, a mark within a line.

    `figure` is what stands beside the label, and `says` the same in a sentence.
    """

    label: str
    figure: str
    says: str
    value: float
    reach: tuple[float, float] | None = None


def bar_chart(name: str, title: str, bars: Sequence[Bar], across: Axis) -> Picture | None:
    """Bars below each other, in a picture as high as they need; None without any."""
    if not bars:
        return None
    x = Scale(across.longest)
    shapes = [shape for tick in across.ticks for shape in _tick(x, *tick)]
    shapes += [shape for place, bar in enumerate(bars) for shape in _row(x, bar, ROW * place)]
    says = " ".join(f"{bar.label}: {bar.says}." for bar in bars)
    return Picture(name, "chart-rows", title, says, [Layer([*shapes, FOOT])], height=ROW * len(bars) + AROUND)


def _tick(x: Scale, at: float, words: str) -> Iterator[Shape]:
    place = x.place(at)
    anchor = "middle" if 0 < at < x.longest else "end" if at else "start"
    yield straight("chart-grid", place, place, "0", "100%")
    yield text("chart-tick", words, anchor, x=place, y="100%", dy="18")


def _row(x: Scale, bar: Bar, top: int) -> Iterator[Shape]:
    label = bar.label if len(bar.label) <= LONGEST else f"{bar.label[: LONGEST - 1]}…"
    yield text("chart-label", label, x="0", y=f"{top + 13}")
    yield text("chart-tick", bar.figure, "end", x="100%", y=f"{top + 13}")
    if bar.reach is None:
        place = {"x": "0", "y": f"{top + 20}", "width": x.place(bar.value), "height": "14"}
        yield Shape("rect", {"class": "chart-bar", **place})
    else:
        y = f"{top + 27}"
        yield straight("chart-reach", x.place(bar.reach[0]), x.place(bar.reach[1]), y, y)
        yield Shape("circle", {"class": "chart-at", "cx": x.place(bar.value), "cy": y, "r": "5"})


def strip(share: float | None) -> list[Shape]:
    """One bar for a line of words that stand beside it, `share` per cent long; None draws the empty line.

    A shorter one than SMALLEST is drawn that long, and hollow.
    """
    shapes = [straight("chart-grid", "0", "100%", "13.5", "13.5")]
    if share is not None:
        name = "chart-bar" if share >= SMALLEST else "chart-bar too-short"
        place = {"x": "0", "y": "1", "width": per_cent(max(share, SMALLEST)), "height": "12"}
        shapes.append(Shape("rect", {"class": name, **place}))
    return shapes


@dataclass(frozen=True)
class Column:
    """How often something came from an edge on: `begins` is the edge in words, `name` both of them."""

    begins: str
    name: str
    count: int
    is_marked: bool = False


@dataclass(frozen=True)
class Columns:
    """How often something came, from edge to edge.

    Attributes:
        across, up: what the edges are and what is counted: "Time in ms", "Learners".
        ends: the last edge in words.
        mark: whose the marked column is: "yours".
        says: what is to be seen besides the counts.
    """

    title: str
    across: str
    up: str
    columns: Sequence[Column]
    ends: str
    mark: str = ""
    says: str = ""

    @property
    def picture(self) -> Picture:
        """The columns, each with its count above it."""
        says = " ".join(f"{column.name}: {self._counted(column)}." for column in self.columns)
        shapes = [shape for place, column in enumerate(self.columns) for shape in self._column(place, column)]
        ends = text("chart-tick", self.ends, "middle", x="100%", y="100%", dy="18")
        described = f"{self.up} by {self.across.lower()}. {says} {self.says}"
        return Picture("columns", "chart-columns", self.title, described, [Layer([*shapes, ends, FOOT])])

    @property
    def table(self) -> Table:
        """The counts."""
        counted = [Row(column.name, [Cell(self._counted(column))]) for column in self.columns]
        return Table(self.title, [self.across, self.up], counted)

    def _counted(self, column: Column) -> str:
        return f"{column.count}, with {self.mark}" if column.is_marked else f"{column.count}"

    def _column(self, place: int, column: Column) -> Iterator[Shape]:
        width, highest = 100 / len(self.columns), max(1, *(each.count for each in self.columns))
        middle, height = per_cent(width * (place + 0.5)), 100 * column.count / highest
        if column.count:
            box = {"x": per_cent(width * place + 0.4), "y": per_cent(100 - height), "width": per_cent(width - 0.8)}
            name = "chart-column marked" if column.is_marked else "chart-column"
            yield Shape("rect", {"class": name, **box, "height": per_cent(height)})
            yield text("chart-tick", f"{column.count}", "middle", x=middle, y=per_cent(100 - height), dy="-6")
        if column.is_marked:
            yield text("chart-note", f"{self.mark} ▾", "middle", x=middle, y="0", dy="-26")
        if len(self.columns) <= FEW or (len(self.columns) - place) % 2 == 0:
            yield text("chart-tick", column.begins, "middle", x=per_cent(width * place), y="100%", dy="18")


FOOT = straight("chart-foot", "0", "100%", "100%", "100%")
