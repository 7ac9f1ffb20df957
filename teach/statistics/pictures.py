"""Pictures of figures: rows of a bar or a mark on one axis. A template draws them, each beside the table it shows.

Across, everything is in per cent of the picture's width, so that the texts keep their size on every screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from teach.statistics.intervals import Interval

ROW = 44  # px from one row to the next one
TOP, FOOT = 8, 26  # px
LEFT, RIGHT = 1.0, 99.0  # per cent: where the axis begins and ends
LONGEST = 34  # characters of a label, so that it fits on a narrow screen


@dataclass(frozen=True)
class Mark:
    """A figure to draw: a bar from the left up to `value`, or with an interval a mark within a line. 0 to 1.

    `figure` is what stands beside the label, and `says` the same in a sentence.
    """

    label: str
    figure: str
    says: str
    value: float | None
    interval: Interval | None = None


@dataclass(frozen=True)
class Row:
    """A row as it is drawn: px down, per cent across. It has either a `width` or `low`, `high` and `at`."""

    label: str
    figure: str
    text_y: int
    bar_y: int
    line_y: int
    width: str = ""
    low: str = ""
    high: str = ""
    at: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture with its title, what it shows in words, and its axis: each label with where it stands."""

    key: str
    title: str
    description: str
    height: int
    rail_y: int
    edge_y: int
    rows: tuple[Row, ...]
    axis: tuple[tuple[str, str, str], ...]


SHARES = (("0", 0.0), ("0.5", 0.5), ("1", 1.0))
PERCENT = (("0 %", 0.0), ("50 %", 0.5), ("100 %", 1.0))


def picture(key: str, title: str, marks: Sequence[Mark], axis: Sequence[tuple[str, float]] = SHARES) -> Picture | None:
    """Draw the marks that have a value; None without any."""
    there = [mark for mark in marks if mark.value is not None]
    if not there:
        return None
    rail = TOP + ROW * len(there)
    return Picture(
        key=key,
        title=title,
        description=" ".join(f"{mark.label}: {mark.says}." for mark in there),
        height=rail + FOOT,
        rail_y=rail,
        edge_y=rail + 18,
        rows=tuple(_row(mark, TOP + ROW * place) for place, mark in enumerate(there)),
        axis=tuple((words, _across(at), _anchor(at)) for words, at in axis),
    )


def _row(mark: Mark, top: int) -> Row:
    label = mark.label if len(mark.label) <= LONGEST else f"{mark.label[: LONGEST - 1]}…"
    row = Row(label, mark.figure, text_y=top + 13, bar_y=top + 20, line_y=top + 27)
    value = mark.value or 0.0
    if mark.interval is None:
        return replace(row, width=f"{(RIGHT - LEFT) * value:.2f}%")
    return replace(row, low=_across(mark.interval.low), high=_across(mark.interval.high), at=_across(value))


def _across(value: float) -> str:
    return f"{LEFT + (RIGHT - LEFT) * value:.2f}%"


def _anchor(value: float) -> str:
    return "start" if value <= 0 else "end" if value >= 1 else "middle"
