"""A panel: a frame with its axes and its title, and in it dots, lines, bands and marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charts import dots, lines
from charts.dots import Dots
from charts.lines import Line
from charts.scale import Axis, Scale, number, per_cent
from charts.shapes import Layer, Picture, Shape, straight, text

MIDDLE = 50.0  # per cent
NEAR = 10.0  # per cent: words nearer to others than this would be printed over them
ROW = 16  # px from one row of words to the next


@dataclass(frozen=True)
class Band:
    """A time, or another stretch across, in which something went on, and what, in words."""

    begin: float
    end: float
    words: str


@dataclass(frozen=True)
class Mark:
    """A height to compare with, and what it is, in words."""

    at: float
    words: str


@dataclass(frozen=True)
class Panel:
    """What one panel shows. `lane` is its colour: "hold" or "free". `says` tells in words what is to be seen."""

    title: str
    lane: str = ""
    dots: Sequence[Dots] = ()
    lines: Sequence[Line] = ()
    bands: Sequence[Band] = ()
    marks: Sequence[Mark] = ()
    says: str = ""

    @property
    def highest(self) -> float:
        """The largest of its values."""
        points = [point for dots in self.dots for point in dots.points]
        points += [point for line in self.lines for point in line.points]
        return max([0.0, *(y for _, y in points), *(mark.at for mark in self.marks)])


def draw(panel: Panel, name: str, title: str, across: Axis, up: Axis) -> Picture:
    """Draw a panel. Its values run from 0 to the longest of each axis."""
    x, y = Scale(across.longest), Scale(up.longest, begin=100, end=0)
    return Picture(
        name,
        f"chart-panel {panel.lane}".rstrip(),
        f"{title}: {panel.title}",
        _says(panel, across),
        [
            Layer([*_frame(panel, across, up, x, y), *_marks(panel, y)]),
            Layer([shape for line in panel.lines for shape in lines.draw(line, x, y)], is_stretched=True),
            Layer(list(_words(panel, x, y))),
            Layer([shape for each in panel.dots for shape in dots.draw(each, x, y)], is_stretched=True),
        ],
    )


def _frame(panel: Panel, across: Axis, up: Axis, x: Scale, y: Scale) -> Iterator[Shape]:
    for band in panel.bands:
        width = per_cent(x.at(band.end) - x.at(band.begin))
        place = {"x": x.place(band.begin), "y": "0", "width": width, "height": "100%"}
        yield Shape("rect", {"class": "chart-band", **place})
    yield text("chart-title", panel.title, x="0", y="0", dy="-12")
    for at, words in up.ticks:
        yield _level("chart-grid", y.place(at))
        yield text("chart-tick", words, "end", x="-8", y=y.place(at), dy="4")
    for at, words in across.ticks:
        has_room = at < 0.99 * across.longest
        anchor, dx = ("middle", "0") if has_room else ("end", "6")
        yield text("chart-tick", words, anchor, x=x.place(at), dx=dx, y="100%", dy="18")


def _marks(panel: Panel, y: Scale) -> Iterator[Shape]:
    for mark in panel.marks:
        yield _level("chart-mark", y.place(mark.at))


def _level(name: str, height: str) -> Shape:
    return straight(name, "0", "100%", height, height)


def _words(panel: Panel, x: Scale, y: Scale) -> Iterator[Shape]:
    """The words of marks and lines stand above them where there is room, else below; those of bands at their foot."""
    for band in panel.bands:
        at, dx, anchor = (band.begin, "6", "start") if x.at(band.begin) < MIDDLE else (band.end, "-6", "end")
        yield text("chart-note", band.words, anchor, x=x.place(at), dx=dx, y="100%", dy="-28")
    notes = [(mark.words, 100.0, y.at(mark.at)) for mark in panel.marks]
    for line in panel.lines:
        if line.points:
            end, height = line.points[-1]
            notes.append((line.words, x.at(end), y.at(height)))
    yield from _notes(notes)


def _notes(notes: Sequence[tuple[str, float, float]]) -> Iterator[Shape]:
    """Words, each with where it ends and how high, in per cent. What would stand upon others keeps off by a row."""
    for place, (words, end, height) in enumerate(notes):
        is_above = height > MIDDLE
        rows = sum(
            min(at, end) > MIDDLE and (other > MIDDLE) == is_above and abs(other - height) < NEAR
            for _, at, other in notes[:place]
        )
        away = ROW * rows
        dy = -6 - away if is_above else 16 + away
        yield text("chart-note over", words, "end", x=per_cent(end), y=per_cent(height), dy=str(dy))


def _says(panel: Panel, across: Axis) -> str:
    """Its own words, and what the bands and the marks say."""
    parts = [panel.says]
    for band in panel.bands:
        begin, end = (number(at / across.per_unit) for at in (band.begin, band.end))
        parts.append(f"From {begin} to {end} {across.unit}: {band.words}.")
    parts += [f"Marked: {mark.words}." for mark in panel.marks]
    return " ".join(filter(None, parts))
