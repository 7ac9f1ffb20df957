"""Lines: what a theory or a rule says of the same axes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from charts.dots import Point
from charts.scale import Scale
from charts.shapes import Shape, path, stretched


@dataclass(frozen=True)
class Line:
    """A line through points, which ascend across. `words` name it, at its end and in the table."""

    points: Sequence[Point]
    words: str
    is_dashed: bool = False


def draw(line: Line, across: Scale, up: Scale) -> Iterator[Shape]:
    """The line as a path."""
    points = "L".join(stretched(across.at(x), up.at(y)) for x, y in line.points)
    if points:
        yield path("chart-line dashed" if line.is_dashed else "chart-line", f"M{points}")


def height_at_end(line: Line, begin: float, end: float) -> float | None:
    """How high it is where it leaves a span of the axis or ends in it, straight between its points; None beside it."""
    for (x1, y1), (x2, y2) in reversed(list(pairwise(line.points))):
        at = min(x2, end)
        if x1 <= at and begin < at:
            return y1 + (y2 - y1) * (at - x1) / (x2 - x1) if x2 > x1 else y2
    return None
