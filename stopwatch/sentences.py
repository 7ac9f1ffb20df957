"""Sentences with places for figures, like [[case figure]].

A page shows each figure with its unit and its definition (stopwatch/templatetags/figures.py); `plainly` puts it in as
text.
"""

import re
from collections.abc import Iterator

from lessons.scanning import Block, Prose
from stopwatch.measured import Board, Measured
from stopwatch.registry import Figure, figure_of

PLACE = re.compile(r"\[\[(?P<case>[a-z][a-z0-9-]*) (?P<name>[a-z][a-z0-9-]*)\]\]")


def cases_named(block: Block) -> Iterator[str]:
    """The cases whose figures an author put into a block, or into one inside it."""
    prose = (piece.text for piece in block.body if isinstance(piece, Prose))
    for text in (*prose, *(option.value for option in block.options.values())):
        yield from (found["case"] for found in PLACE.finditer(text))
    for inner in block.blocks:
        yield from cases_named(inner)


def plainly(sentence: str, board: Board) -> str:
    """A sentence with its figures as text, like "3,011 ms"."""
    return PLACE.sub(lambda found: _figure(board, found["case"], found["name"]), sentence)


def _figure(board: Board, case: str, name: str) -> str:
    found = looked_up(board, case, name)
    if found is None:
        return "not measured"
    measured, figure, value = found
    return ("at most " if figure.name in measured.at_most else "") + figure.unit.text(value)


def looked_up(board: Board, case: str, name: str) -> tuple[Measured, Figure, float] | None:
    """The figure that a place names, also by a former name: of which measurement, what it is, and its value."""
    measured, figure = board.of(case), figure_of(case, name)
    value = measured.get(figure.name) if measured and figure else None
    return None if measured is None or figure is None or value is None else (measured, figure, value)
