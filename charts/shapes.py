"""What a picture is made of: the elements of SVG, for a template to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

STRETCHED = 1000  # the width and the height of what is stretched over the picture, in units of its own


@dataclass(frozen=True)
class Shape:
    """An SVG element: its name, its attributes and its text."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""

    @property
    def written(self) -> str:
        """The attributes as SVG has them, escaped. A template that loops over them takes three times as long."""
        return " ".join(f'{name}="{escape(value)}"' for name, value in self.attributes.items())


@dataclass(frozen=True)
class Layer:
    """Shapes that lie on those of the layers before. They are placed in per cent of the picture, and in px from there.

    With `is_stretched` they are paths on a square of STRETCHED, which is stretched over it; strokes keep their width.
    """

    shapes: Sequence[Shape]
    is_stretched: bool = False


@dataclass(frozen=True)
class Picture:
    """One drawing, with what it shows in words.

    Attributes:
        name: what parts its ids from those of the other pictures of one key.
        classes: of its element, for the style sheet.
        title, says: its name, and what is to be seen in it.
        height: in px; 0 where the style sheet says it.
    """

    name: str
    classes: str
    title: str
    says: str
    layers: Sequence[Layer]
    height: int = 0


def straight(name: str, x1: str, x2: str, y1: str, y2: str) -> Shape:
    """A straight line of a class."""
    return Shape("line", {"class": name, "x1": x1, "x2": x2, "y1": y1, "y2": y2})


FOOT = straight("chart-foot", "0", "100%", "100%", "100%")


def text(name: str, words: str, anchor: str = "start", **place: str) -> Shape:
    """Words of a class; `anchor` says what of them stands at `x`: "start", "middle" or "end"."""
    return Shape("text", {"class": name, "text-anchor": anchor, **place}, words)


def path(name: str, points: str) -> Shape:
    """A path of a class."""
    return Shape("path", {"class": name, "d": points})


def stretched(x: float, y: float) -> str:
    """A point of a path, given in per cent of the picture."""
    return f"{round(x * STRETCHED / 100, 1):g} {round(y * STRETCHED / 100, 1):g}"
