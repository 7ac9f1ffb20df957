"""What is in a picture."""

from collections.abc import Mapping

from charts.shapes import Picture, Shape


def shapes(picture: Picture) -> list[Shape]:
    """All of them, those below first."""
    return [shape for layer in picture.layers for shape in layer.shapes]


def placed(picture: Picture, name: str) -> list[Mapping[str, str]]:
    """The attributes of the shapes of a class."""
    return [shape.attributes for shape in shapes(picture) if shape.attributes["class"] == name]


def words(picture: Picture, name: str) -> list[str]:
    """The texts of a class."""
    return [shape.text for shape in shapes(picture) if shape.attributes["class"] == name]
