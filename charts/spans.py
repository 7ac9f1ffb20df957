"""Spans and moments on an axis of time: what went on when. Whoever draws them says at which height, in px."""

from collections.abc import Iterator

from charts.scale import Axis, Scale, per_cent
from charts.shapes import Shape, straight, text

BAR = 26.0  # px, the height of a bar
EDGE = 2.0  # per cent: a label that stands there begins or ends at its tick


def grid(x: Scale, across: Axis, top: float, bottom: float, *, is_labelled: bool = True) -> Iterator[Shape]:
    """Its ticks as lines, with their labels below."""
    for at, words in across.ticks:
        place = x.place(at)
        yield straight("chart-grid", place, place, f"{top:g}", f"{bottom:g}")
        if is_labelled:
            share = x.share(x.at(at))
            anchor = "start" if share < EDGE else "end" if share > 100 - EDGE else "middle"
            yield text("chart-tick", words, anchor, x=place, y=f"{bottom + 18:g}")


def bar(name: str, x: Scale, begin: float, end: float, y: float, *, shortest: float, keeps_end: bool = False) -> Shape:
    """A bar, which stays visible however short it is: then it is drawn longer, to its right, or with its end kept."""
    width = max(shortest, x.at(end) - x.at(begin))
    left = max(x.begin, x.at(end) - width) if keeps_end else x.at(begin)
    place = {"x": per_cent(x.share(left)), "y": f"{y:g}", "width": per_cent(x.share(width)), "height": f"{BAR:g}"}
    return Shape("rect", {"class": name, **place})


def rule(name: str, x: Scale, begin: float, end: float, y: float) -> Shape:
    """A line from a moment to another one."""
    return straight(name, x.place(begin), x.place(end), f"{y:g}", f"{y:g}")


def edge(name: str, x: Scale, at: float, y: float) -> Shape:
    """A line as high as a bar."""
    return straight(name, x.place(at), x.place(at), f"{y:g}", f"{y + BAR:g}")


def moment(name: str, x: Scale, at: float, y: float, radius: float) -> Shape:
    """A dot in the middle of a bar."""
    return Shape("circle", {"class": name, "cx": x.place(at), "cy": f"{y + BAR / 2:g}", "r": f"{radius:g}"})
