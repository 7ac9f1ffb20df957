"""Draws the two lanes on one axis: once for wide pages, and anew for narrow ones.

Both pictures are as high as they are whatever was measured: when the reader's figures replace the recorded ones,
nothing on the page moves.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charts import spans
from charts.scale import Axis, Scale, per_cent
from charts.shapes import Layer, Picture, Shape, text
from charts.spans import BAR
from demos.cases import COLOURS, LANES
from demos.places import table
from demos.places.lanes import Lane, lane_of
from lessons.registry import RenderedBlock
from stopwatch.measured import Board
from stopwatch.provenance import provenance_of

TITLE = "From the click to the response and the report, in both lanes"
SHORTEST_AXIS = 50.0  # ms; on a shorter one, everything would look long
WIDTH = 1028.0  # px: how wide the picture for wide pages is
DOT = 5.0  # px, the radius of the response's dot
LETTER = 7.8  # px: a letter of the labels, 13 px high, in the widest of the fonts that the page names
VISIBLE = 3  # times the shortest bar: what is longer is wide enough for a dotted edge to be seen as one


def context(block: RenderedBlock, board: Board, *_: object) -> Mapping[str, Any]:
    """What the template needs: the picture for two widths, and the figures as a table."""
    lanes = [lane_of(board, case) for case in LANES]
    return {
        "pictures": [wide(lanes), narrow(lanes)],
        "provenance": provenance_of(board, LANES),
        "stages": table.stages(board),
        "lanes": lanes,
    }


def wide(lanes: Sequence[Lane]) -> Picture:
    """For pages of 70 rem and more: names beside the bars, words inside them where they fit, else below."""
    x = Scale(_longest(lanes), begin=166, end=1000, width=WIDTH)
    row, top = 84, 4
    shapes = list(spans.grid(x, _seconds(lanes, at_most=6), top, top + row * len(lanes)))
    for number, lane in enumerate(lanes):
        y = top + row * number
        shapes += [
            _text(x, 0, y + 36, lane.name, "name"),
            _text(x, 0, y + 53, lane.whose, "provenance"),
            *_bars(x, lane, y + 24, shortest=4),
            *_words_around(x, lane, y),
        ]
    return _picture("wide", lanes, shapes, top + row * len(lanes) + 26)


def narrow(lanes: Sequence[Lane]) -> Picture:
    """For narrower pages, down to 320 px: as wide as its place, and all words above the bars."""
    x = Scale(_longest(lanes), begin=1, end=95)
    row, words = 124, 88  # px: from bar to bar, and above each of them
    bars = [row * number + words for number in range(len(lanes))]
    seconds = _seconds(lanes, at_most=4)
    shapes = [shape for y in bars for shape in spans.grid(x, seconds, y - 4, y + BAR + 4, is_labelled=y == bars[-1])]
    for y, lane in zip(bars, lanes, strict=True):
        first, second = lane.bar_words
        lines = [("name", f"{lane.name} · {lane.whose}"), ("moment", lane.moments), ("bar-words", first)]
        lines.append(("bar-words", second.removeprefix("· ")))
        for number, (name, words_of_line) in enumerate(lines):
            if words_of_line:
                shapes.append(_text(x, 0, y - 68 + 19 * number, words_of_line, f"{name} {COLOURS[lane.case]}"))
        shapes += _bars(x, lane, y, shortest=0.8)
    return _picture("narrow", lanes, shapes, row * len(lanes) + 20)


def _picture(name: str, lanes: Sequence[Lane], shapes: Sequence[Shape], height: int) -> Picture:
    says = " ".join(lane.says for lane in lanes)
    return Picture(name, f"drawing drawing-{name}", TITLE, says, [Layer(shapes)], height)


def _longest(lanes: Sequence[Lane]) -> float:
    return max([SHORTEST_AXIS, *(lane.end for lane in lanes)])


def _seconds(lanes: Sequence[Lane], *, at_most: int) -> Axis:
    return Axis("since the click", _longest(lanes), "s", per_unit=1000, at_most=at_most)


def _bars(x: Scale, lane: Lane, y: float, *, shortest: float) -> Iterator[Shape]:
    """The spans and the moments of a lane. What is only an estimate has a dotted edge."""
    request, held, queue, work = lane.request, lane.held, lane.queue, lane.work
    if request:
        name = "request hold" if held else "request held hold"
        yield spans.bar(name, x, request.start, request.end, y, shortest=shortest)
        is_visible = x.at(request.end) - x.at(request.start) > VISIBLE * shortest
        if held:
            yield spans.bar("held hold", x, held.start, held.end, y, shortest=shortest, keeps_end=True)
        if held and held.length < request.length and is_visible:
            yield spans.edge("estimated hold inner", x, held.start, y)
        if lane.is_request_a_bound and is_visible:
            yield from (spans.edge("estimated hold", x, at, y) for at in (request.start, request.end))
    if queue:
        yield spans.rule("queue", x, queue.start, queue.end, y + BAR / 2)
    if work:
        yield spans.bar("work free", x, work.start, work.end, y, shortest=shortest)
        yield from (spans.rule("rim free", x, work.start, work.end, at) for at in (y, y + BAR))
        yield from (spans.edge("estimated free", x, at, y) for at in (work.start, work.end))
    if lane.report is not None:
        # The ring lies over bars of any colour: a wider one below it parts them.
        yield from (spans.moment(name, x, lane.report, y, 9) for name in ("report around", "report"))
    if lane.response is not None:
        yield spans.moment("response", x, lane.response, y, DOT)


def _words_around(x: Scale, lane: Lane, y: float) -> Iterator[Shape]:
    """Where there is room: the moments above the bars, and what a bar means in it, or else below it."""
    yield from _moment_words(x, lane, y + 15)
    inside, below = y + 24 + BAR / 2 + 4.5, y + 24 + BAR + 16
    words, colour = " ".join(lane.bar_words).strip(), COLOURS[lane.case]
    is_blocking = lane.case == "blocking"
    span = (is_blocking and lane.held) or lane.work or lane.request
    if span and words:
        length = len(words) * LETTER
        begins = _clear_of_the_response(x, lane, x.at(span.start) + 10, length)
        if begins + length <= x.at(span.end) - 10:
            yield _text(x, begins, inside, words, f"bar-words inside {colour}")
        else:
            # In the blocking lane they speak of the whole request.
            start = (is_blocking and lane.request) or span
            yield _anchored(x, start.start, words, below, f"bar-words {colour}", ends_at=x.width)
    if lane.queue and len(lane.queue_words) * LETTER <= x.at(lane.queue.end) - x.at(lane.queue.start) - 24:
        yield _text(x, x.at(lane.queue.start) + 16, inside - 10, lane.queue_words, "queue-words")


def _clear_of_the_response(x: Scale, lane: Lane, begins: float, length: float) -> float:
    """Where words in a bar begin: where they would, or behind the dot of the response where that would lie on them."""
    if lane.response is None:
        return begins
    dot, around = x.at(lane.response), DOT + 7
    return dot + around if begins - around < dot < begins + length + around else begins


def _moment_words(x: Scale, lane: Lane, y: float) -> Iterator[Shape]:
    """The response's words at the response and the report's at the report, or both together where they would meet."""
    moments = [at for at in (lane.response, lane.report) if at is not None]
    response, _, report = lane.moments.partition(" · ")
    gap = x.at(moments[-1]) - x.at(moments[0]) if moments else 0.0
    if report and gap > (len(lane.moments) + 2) * LETTER:
        yield _anchored(x, moments[0], response, y, "moment")
        yield _anchored(x, moments[-1], report, y, "moment")
    elif moments:
        yield _anchored(x, moments[-1], lane.moments, y, "moment")


def _anchored(x: Scale, at: float, words: str, y: float, name: str, *, ends_at: float | None = None) -> Shape:
    """Words that begin at a moment, or that end there (or at `ends_at`) when there is no room after it."""
    place = x.at(at)
    if place + len(words) * LETTER <= x.width:
        return _text(x, max(x.begin, place - 5), y, words, name)
    return _text(x, min(place + 9, x.width) if ends_at is None else ends_at, y, words, name, anchor="end")


def _text(x: Scale, place: float, y: float, words: str, name: str, *, anchor: str = "start") -> Shape:
    return text(name, words, anchor, x=per_cent(x.share(place)), y=f"{y:g}")
