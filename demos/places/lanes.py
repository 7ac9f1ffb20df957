"""What happened after a click, lane by lane, on the browser's one clock: which spans, which moments, in which words.

All positions are milliseconds from the click. Where they come from:

- The request, the response and the report were read in the browser, so their places are exact.
- `held` was read in the web server. It is put at the end of the request's wait, because the server let go of the
  request when it sent the first byte. Where it began is an estimate.
- `queue-wait` and `ran` were read from the clock of the broker's store. The message was published while the request
  was under way, so both are put after the first byte of its response (which is late by less than the request took),
  and, where that would run past the report, just before the report. Only their lengths are measured.

No server's time is ever taken from a browser's time to make a figure that is shown. timeline.py draws this.
"""

from dataclasses import dataclass, replace

from stopwatch.measured import Board, Measured
from stopwatch.provenance import word
from stopwatch.registry import cases
from stopwatch.units import MS

# A server thread that is held for less of the request than this share is named with a length of its own.
MOST = 0.9


@dataclass(frozen=True)
class Span:
    """From when to when, in ms from the click."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """In ms."""
        return self.end - self.start


@dataclass(frozen=True)
class Lane:
    """One lane as it is drawn. What was not measured is None.

    Attributes:
        request: while a request of the reader's waits. Its edges are exact, unless `is_request_a_bound`.
        held: the part of it in which a server thread was held; its beginning is an estimate.
        queue, work: the message in the queue, and the worker at it; only their lengths are measured.
        bar_words: what the lane's long bar means, in two halves: one line where there is room, else two.
        queue_words: the same of the queue.
    """

    case: str
    name: str
    whose: str
    response: float | None = None
    report: float | None = None
    request: Span | None = None
    is_request_a_bound: bool = False
    held: Span | None = None
    queue: Span | None = None
    work: Span | None = None
    bar_words: tuple[str, str] = ("", "")
    queue_words: str = ""

    @property
    def end(self) -> float:
        """The last moment that is drawn."""
        spans = (self.request, self.work, self.queue)
        return max([0.0, self.response or 0.0, self.report or 0.0, *(span.end for span in spans if span)])

    @property
    def moments(self) -> str:
        """When the response and the report were painted, in words."""
        response, report = (MS.write(at) if at is not None else "" for at in (self.response, self.report))
        if response and response == report:
            return f"response and report {response} ms"
        return " · ".join(f"{name} {at} ms" for name, at in (("response", response), ("report", report)) if at)

    @property
    def says(self) -> str:
        """The whole lane in a sentence, for whoever does not see the picture."""
        parts = [part for part in (" ".join(self.bar_words).strip(), self.queue_words, self.moments) if part]
        return f"{self.name}, {self.whose}" + (f": {'; '.join(parts)}." if parts else ".")


def lane_of(board: Board, case: str) -> Lane:
    """A lane of the timeline, empty when nobody ran it."""
    measured = board.of(case)
    name = cases[case].title
    if measured is None:
        return Lane(case, name, word(None))
    request, is_bound = _request(measured)
    response, report = measured.get("click-to-response"), measured.get("click-to-report")
    drawn = Lane(case, name, word(measured), response, report, request, is_bound, _held(measured, request))
    return _in_the_request(drawn) if case == "blocking" else _in_the_background(drawn, measured)


def _request(measured: Measured) -> tuple[Span | None, bool]:
    """While the request waited, and whether that is only a bound: browsers may hide the times of a request."""
    start, end = measured.get("request-start"), measured.get("first-byte")
    response = measured.get("click-to-response")
    if start is not None and end is not None and end >= start:
        return Span(start, end), False
    return (Span(0, response), True) if response is not None else (None, False)


def _held(measured: Measured, request: Span | None) -> Span | None:
    held = measured.get("held")
    if held is None or request is None:
        return None
    return Span(max(request.start, request.end - held), request.end)


def _in_the_request(lane: Lane) -> Lane:
    if lane.request is None:
        return lane
    length = f"{'at most ' if lane.is_request_a_bound else ''}{MS.text(lane.request.length)}"
    if lane.held and not lane.is_request_a_bound and lane.held.length < MOST * lane.request.length:
        words = (f"your request waits · {length};", f"a server thread for {MS.text(lane.held.length)} of it")
    else:
        words = (f"your request waits · {length};", "a server thread with it")
    return replace(lane, bar_words=words)


def _in_the_background(lane: Lane, measured: Measured) -> Lane:
    if lane.request is None:
        return lane
    waited, ran = measured.get("queue-wait"), measured.get("ran")
    if ran is None:
        return replace(lane, bar_words=("how long the worker was busy", "was not measured"))
    start = lane.request.end + (waited or 0)
    if lane.report is not None:
        # The worker was done before the report could be painted, and did not begin before the click.
        start = max(0.0, min(start, lane.report - ran))
    return replace(
        lane,
        work=Span(start, start + ran),
        queue=Span(max(0.0, start - waited), start) if waited is not None else None,
        bar_words=(f"a Celery worker is busy · {MS.text(ran)}", "· no request waits"),
        queue_words=f"in the queue · {measured.bound('queue-wait')}{MS.text(waited)}" if waited is not None else "",
    )
