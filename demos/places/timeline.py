"""Draws the two lanes as shapes on one axis: once for wide pages, and anew for narrow ones. A template writes the SVG.

Everything is an attribute or a class, as the page's policy allows no style of its own. Both pictures are as high as
they are whatever was measured: when the reader's figures replace the recorded ones, nothing on the page moves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from charts.scale import tick_words, ticks
from demos.cases import LANES
from demos.places import table
from demos.places.lanes import Lane, Span, lane_of
from lessons.registry import RenderedBlock
from stopwatch.measured import Board
from stopwatch.provenance import provenance_of

SHORTEST_AXIS = 50.0  # ms; on a shorter one, everything would look long
BAR = 26.0  # px
DOT = 5.0  # px, the radius of the answer's dot
LETTER = 7.8  # px: a letter of the labels, 13 px high, in the widest of the fonts that the page names


@dataclass(frozen=True)
class Shape:
    """An SVG element: its name, its attributes and its text."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True)
class Plane:
    """Turns ms from the click into places across a picture.

    Attributes:
        name: "wide" or "narrow"; the page shows one of them.
        width: of the whole picture, in the units of `unit`.
        left, right: where 0 and `longest` are, in the same.
        longest: the end of the axis in ms.
        unit: empty for px; "%" for a picture that is as wide as its place.
    """

    name: str
    width: float
    left: float
    right: float
    longest: float
    unit: str = ""

    def x(self, at: float) -> float:
        """The place of a moment."""
        return self.left + (self.right - self.left) * at / self.longest

    def write(self, place: float) -> str:
        """A place or a width as SVG has it."""
        return f"{place:.2f}".rstrip("0").rstrip(".") + self.unit


@dataclass(frozen=True)
class Drawing:
    """A picture: `height` in px; `view_box` is empty for one that is as wide as its place."""

    name: str
    height: str
    view_box: str
    shapes: Sequence[Shape] = field(default_factory=list)


def context(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    """What the template needs: the picture for two widths, its description in words, and the figures as a table."""
    lanes = [lane_of(board, case) for case in LANES]
    return {
        "drawings": [wide(lanes), narrow(lanes)],
        "description": " ".join(lane.says for lane in lanes),
        "provenance": provenance_of(board, LANES),
        "stages": table.stages(board),
        "lanes": lanes,
    }


def wide(lanes: Sequence[Lane]) -> Drawing:
    """For pages of 60 rem and more: names beside the bars, words inside them where they fit, else below."""
    plane = Plane("wide", 1028, 166, 1000, _longest(lanes))
    row, top = 84.0, 4.0
    shapes = list(_axis(plane, top, top + row * len(lanes), at_most=6))
    for number, lane in enumerate(lanes):
        y = top + row * number
        shapes += [
            _text(0, y + 36, lane.name, "name"),
            _text(0, y + 53, lane.whose, "whose"),
            *_bars(plane, lane, y + 24),
            *_words_around(plane, lane, y),
        ]
    height = top + row * len(lanes) + 26
    return Drawing(plane.name, f"{height:g}", f"0 0 {plane.width:g} {height:g}", shapes)


def narrow(lanes: Sequence[Lane]) -> Drawing:
    """For narrower pages, down to 320 px: as wide as its place, and all words above the bars."""
    plane = Plane("narrow", 100, 1, 95, _longest(lanes), "%")
    row, top = 124.0, 0.0
    words = 88.0  # px, above each bar
    bars = [top + row * number + words for number in range(len(lanes))]
    shapes = [shape for y in bars for shape in _axis(plane, y - 4, y + BAR + 4, at_most=4, labels=y is bars[-1])]
    for y, lane in zip(bars, lanes, strict=True):
        first, second = lane.bar_words
        lines = [("name", f"{lane.name} · {lane.whose}"), ("moment", lane.moments), ("bar-words", first)]
        lines.append(("bar-words", second.removeprefix("· ")))
        for number, (name, words_of_line) in enumerate(lines):
            if words_of_line:
                shapes.append(_text(0, y - 68 + 19 * number, words_of_line, f"{name} {_colour(lane)}"))
        shapes += _bars(plane, lane, y)
    return Drawing(plane.name, f"{row * len(lanes) + 20:g}", "", shapes)


def _longest(lanes: Sequence[Lane]) -> float:
    return max([SHORTEST_AXIS, *(lane.end for lane in lanes)])


def _axis(plane: Plane, top: float, bottom: float, *, at_most: int, labels: bool = True) -> Iterator[Shape]:
    found = ticks(plane.longest, at_most)
    for at, words in zip(found, tick_words(found, "s", 1000), strict=True):
        x = plane.write(plane.x(at))
        yield Shape("line", {"class": "tick", "x1": x, "x2": x, "y1": f"{top:g}", "y2": f"{bottom:g}"})
        if labels:
            anchor = "start" if plane.unit and not at else "middle"
            place = {"class": "tick-label", "x": x, "y": f"{bottom + 18:g}", "text-anchor": anchor}
            yield Shape("text", place, words)


def _bars(plane: Plane, lane: Lane, y: float) -> Iterator[Shape]:
    """The spans and the moments of a lane. What is only an estimate has a dotted edge."""
    middle = y + BAR / 2
    if lane.request:
        yield _box(plane, lane.request, y, "request hold" if lane.held else "request held hold")
        if lane.held:
            yield _box(plane, lane.held, y, "held hold")
        if lane.held and lane.held.length < lane.request.length and _is_visible(plane, lane.request):
            yield _edge(plane, lane.held.start, y, "hold inner")
        if lane.is_request_a_bound and _is_visible(plane, lane.request):
            yield from (_edge(plane, at, y, "hold") for at in (lane.request.start, lane.request.end))
    if lane.queue:
        yield _line(plane, lane.queue, middle, "queue")
    if lane.work:
        yield _box(plane, lane.work, y, "work free")
        yield from (_line(plane, lane.work, edge, "rim free") for edge in (y, y + BAR))
        yield from (_edge(plane, at, y, "free") for at in (lane.work.start, lane.work.end))
    yield from _moments(plane, lane, middle)


def _moments(plane: Plane, lane: Lane, middle: float) -> Iterator[Shape]:
    if lane.report is not None:
        place = {"cx": plane.write(plane.x(lane.report)), "cy": f"{middle:g}", "r": "9"}
        # The ring lies over bars of any colour: a wider one below it parts them.
        yield from (Shape("circle", {"class": name, **place}) for name in ("report around", "report"))
    if lane.answer is not None:
        place = {"cx": plane.write(plane.x(lane.answer)), "cy": f"{middle:g}", "r": f"{DOT:g}"}
        yield Shape("circle", {"class": "answer", **place})


def _words_around(plane: Plane, lane: Lane, y: float) -> Iterator[Shape]:
    """Where there is room: the moments above the bars, and what a bar means in it, or else below it."""
    yield from _moment_words(plane, lane, y + 15)
    inside, below = y + 24 + BAR / 2 + 4.5, y + 24 + BAR + 16
    words, colour = " ".join(lane.bar_words).strip(), _colour(lane)
    is_blocking = lane.case == "blocking"
    span = (is_blocking and lane.held) or lane.work or lane.request
    if span and words:
        length = len(words) * LETTER
        begins = _clear_of_the_answer(plane, lane, plane.x(span.start) + 10, length)
        if begins + length <= plane.x(span.end) - 10:
            yield _text(begins, inside, words, f"bar-words inside {colour}")
        else:
            # In the blocking lane they speak of the whole request.
            start = (is_blocking and lane.request) or span
            yield _anchored(plane, start.start, words, below, f"bar-words {colour}", ends_at=plane.width)
    if lane.queue and len(lane.queue_words) * LETTER <= plane.x(lane.queue.end) - plane.x(lane.queue.start) - 24:
        yield _text(plane.x(lane.queue.start) + 16, inside - 10, lane.queue_words, "queue-words")


def _clear_of_the_answer(plane: Plane, lane: Lane, x: float, length: float) -> float:
    """Where words in a bar begin: at x, or behind the dot of the answer where that would lie on them."""
    if lane.answer is None:
        return x
    dot, around = plane.x(lane.answer), DOT + 7
    return dot + around if x - around < dot < x + length + around else x


def _moment_words(plane: Plane, lane: Lane, y: float) -> Iterator[Shape]:
    """The answer's words at the answer and the report's at the report, or both together where they would meet."""
    moments = [at for at in (lane.answer, lane.report) if at is not None]
    answer, _, report = lane.moments.partition(" · ")
    gap = plane.x(moments[-1]) - plane.x(moments[0]) if moments else 0.0
    if report and gap > (len(lane.moments) + 2) * LETTER:
        yield _anchored(plane, moments[0], answer, y, "moment")
        yield _anchored(plane, moments[-1], report, y, "moment")
    elif moments:
        yield _anchored(plane, moments[-1], lane.moments, y, "moment")


def _anchored(plane: Plane, at: float, words: str, y: float, name: str, *, ends_at: float | None = None) -> Shape:
    """Words that begin at a moment, or that end there (or at `ends_at`) when there is no room after it."""
    x = plane.x(at)
    if x + len(words) * LETTER <= plane.width:
        return _text(max(plane.left, x - 5), y, words, name)
    shape = _text(min(x + 9, plane.width) if ends_at is None else ends_at, y, words, name)
    return Shape(shape.tag, {**shape.attributes, "text-anchor": "end"}, words)


def _colour(lane: Lane) -> str:
    return "hold" if lane.case == "blocking" else "free"


def _text(x: float, y: float, words: str, name: str) -> Shape:
    return Shape("text", {"class": name, "x": f"{x:.4g}", "y": f"{y:g}"}, words)


def _box(plane: Plane, span: Span, y: float, name: str) -> Shape:
    """A bar, which stays visible however short it is."""
    shortest = 0.8 if plane.unit else 4.0
    width = max(shortest, plane.x(span.end) - plane.x(span.start))
    x = plane.x(span.end) - width if name.startswith("held") else plane.x(span.start)
    place = {"x": plane.write(max(plane.left, x)), "y": f"{y:g}", "width": plane.write(width), "height": f"{BAR:g}"}
    return Shape("rect", {"class": name, **place})


def _is_visible(plane: Plane, span: Span) -> bool:
    """Whether a bar is wide enough for a dotted edge to be seen as one."""
    return plane.x(span.end) - plane.x(span.start) > (3 if plane.unit else 12)


def _edge(plane: Plane, at: float, y: float, name: str) -> Shape:
    x = plane.write(plane.x(at))
    return Shape("line", {"class": f"estimated {name}", "x1": x, "x2": x, "y1": f"{y:g}", "y2": f"{y + BAR:g}"})


def _line(plane: Plane, span: Span, y: float, name: str) -> Shape:
    x1, x2 = plane.write(plane.x(span.start)), plane.write(plane.x(span.end))
    return Shape("line", {"class": name, "x1": x1, "x2": x2, "y1": f"{y:g}", "y2": f"{y:g}"})
