"""Dots: each of them one thing that was measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from charts.scale import Scale
from charts.shapes import Shape, path, stretched

Point = tuple[float, float]  # across and up, in the units of the two axes


@dataclass(frozen=True)
class Dots:
    """Dots of one shape. `words` say what that shape means ("failed"): the table counts them so."""

    points: Sequence[Point]
    shape: Literal["dot", "ring", "square"] = "dot"
    words: str = ""


def draw(dots: Dots, across: Scale, up: Scale) -> Iterator[Shape]:
    """One path for all of them, a tenth of the bytes of circles.

    Its lines are too short to be seen, and a round cap turns each into a dot. Without any length, some browsers would
    stretch the caps together with the picture.
    """
    points = "".join(f"M{stretched(across.at(x), up.at(y))}h.1" for x, y in dots.points)
    if points:
        yield path("chart-dots square" if dots.shape == "square" else "chart-dots", points)
        if dots.shape == "ring":
            yield path("chart-holes", points)
