"""Latency over time as a picture: one panel a series, side by side or below each other, all on the same scales.

Only geometry, in the units of the picture (CSS pixels at its own width). The template draws it with attributes alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from demos.bench.load import Outcome, Sample

TOP, BOTTOM, LEFT, RIGHT = 32.0, 26.0, 68.0, 8.0  # room for the title, the seconds, and the milliseconds
GAP = 34.0
TICK_MS = 1000


@dataclass(frozen=True)
class Band:
    """A time in which something went on, in ms since the series began, and what, in words."""

    begin_ms: float
    end_ms: float
    words: str


@dataclass(frozen=True)
class Series:
    """What one panel shows.

    `lane` is its colour: "hold" or "free". `mark_ms` is a latency to compare with, and `mark` says what it is.
    """

    title: str
    lane: str
    samples: Sequence[Sample]
    bands: Sequence[Band] = ()
    mark_ms: float | None = None
    mark: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle, and the words that stand at its top."""

    x: float
    y: float
    width: float
    height: float
    words: str = ""

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return round(self.x + self.width, 1)

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return round(self.y + self.height, 1)

    @property
    def above(self) -> float:
        """Where a line of text stands above it."""
        return self.y - 12

    @property
    def below(self) -> float:
        """Where a line of text stands below it."""
        return self.bottom + 18

    @property
    def inside(self) -> tuple[float, float]:
        """Where a line of text stands inside it, low and to the left: x and y."""
        return round(self.x + 6, 1), self.bottom - 28

    @property
    def beside(self) -> float:
        """Where a text ends that stands to its left."""
        return self.x - 8


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, what it says, and how far below that the words stand."""

    at: float
    words: str
    below: float = 4


@dataclass(frozen=True)
class Panel:
    """One series, drawn. `answered`, `waiting` and `failed` are path data: a dot for each request."""

    title: str
    lane: str
    frame: Box
    bands: tuple[Box, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    mark: Tick | None
    answered: str
    waiting: str
    failed: str


@dataclass(frozen=True)
class Chart:
    """A whole picture."""

    width: float
    height: float
    panels: tuple[Panel, ...]


def draw(series: Sequence[Series], seconds: float, least_ms: float, size: tuple[float, float], columns: int) -> Chart:
    """Draw series on the same scales: time across, from 0 to `seconds`, and latency up, linear, from 0.

    Args:
        least_ms: the latency that has its place in any case, so that the scale does not jump while a run goes on.
        size: the width of the picture, and the height of one panel with its title and its axis.
        columns: how many panels stand side by side.
    """
    width, height = size
    longest = [sample.latency_ms for one in series for sample in one.samples]
    top_ms = max(*longest, least_ms, *(one.mark_ms or 0.0 for one in series)) * 1.05
    panel_width = (width - GAP * (columns - 1)) / columns
    panels = tuple(
        _panel(
            one,
            Box(
                (number % columns) * (panel_width + GAP) + LEFT,
                (number // columns) * height + TOP,
                panel_width - LEFT - RIGHT,
                height - TOP - BOTTOM,
            ),
            seconds,
            top_ms,
        )
        for number, one in enumerate(series)
    )
    return Chart(width, height * ceil(len(series) / columns), panels)


def _panel(series: Series, frame: Box, seconds: float, top_ms: float) -> Panel:
    def x(ms: float) -> float:
        return round(frame.x + frame.width * min(ms / 1000 / seconds, 1.0), 1)

    def y(ms: float) -> float:
        return round(frame.y + frame.height * (1 - ms / top_ms), 1)

    def dots(outcome: Outcome) -> str:
        return _dots((x(s.due_ms), y(s.latency_ms)) for s in series.samples if s.outcome is outcome)

    bands = tuple(
        Box(x(band.begin_ms), frame.y, round(x(band.end_ms) - x(band.begin_ms), 1), frame.height, band.words)
        for band in series.bands
    )
    return Panel(
        title=series.title,
        lane=series.lane,
        frame=frame,
        bands=bands,
        across=tuple(Tick(x(second * 1000), f"{second} s") for second in range(int(seconds) + 1)),
        up=tuple(Tick(y(ms), f"{ms:,} ms") for ms in range(0, int(top_ms) + 1, _step(top_ms))),
        mark=_mark(y(series.mark_ms), series.mark, frame) if series.mark_ms is not None else None,
        answered=dots(Outcome.ANSWERED),
        waiting=dots(Outcome.WAITING),
        failed=dots(Outcome.FAILED),
    )


def _mark(at: float, words: str, frame: Box) -> Tick:
    """A line to compare with, its words above it where there is room and below it where there is none."""
    return Tick(at, words, -6 if at > frame.y + frame.height / 2 else 16)


def _step(top_ms: float) -> int:
    return TICK_MS * max(1, ceil(top_ms / TICK_MS / 4))


def _dots(points: Iterable[tuple[float, float]]) -> str:
    """Path data of lines without length, which a round cap turns into dots: a tenth of the bytes of circles."""
    return "".join(f"M{x:g} {y:g}h0" for x, y in points)
