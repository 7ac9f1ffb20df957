"""Bars: what several things come to, below each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charts import spans
from charts.scale import Axis, Scale, per_cent
from charts.shapes import FOOT, Layer, Picture, Shape, straight, text

ROW = 44  # px, from one row to the next one
AROUND = 34  # px, above and below all rows: the padding of the style sheet
LONGEST = 34  # characters of a label, so that it fits on a narrow screen
SMALLEST = 1.0  # per cent


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
    x, height = Scale(across.longest), ROW * len(bars)
    shapes = [*spans.grid(x, across, 0, height), FOOT]
    shapes += [shape for place, bar in enumerate(bars) for shape in _row(x, bar, ROW * place)]
    says = " ".join(f"{bar.label}: {bar.says}." for bar in bars)
    return Picture(name, "chart-rows", title, says, [Layer(shapes)], height + AROUND)


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
