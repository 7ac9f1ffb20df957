"""Questions as another system wrote them, before anybody asks what of them can be carried."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Format = Literal["moodle", "html", "plain", "markdown"]
ForeignKind = Literal["choice", "text", "number", "true or false", "matching", "essay", "description"]

MOST_PARTS = 1000  # questions, and other parts between empty lines, that are read of a file

# Two characters that Unicode keeps for use inside a program; in a file they are replaced when it is read.
BREAK = "\ufdd6"  # a new line that the author asked for, unlike one at which a line of the file was full
BLANK = "\ufdd7"  # where the answer belongs in a text with a missing word


@dataclass(frozen=True)
class Piece:
    """A text with the format in which it is marked up, and the line of the file on which it begins.

    `trimmed` is the line on which code lost its indentation when the file was read, or 0.
    """

    line: int
    text: str = ""
    format: Format = "moodle"
    trimmed: int = 0


@dataclass(frozen=True)
class Answer:
    """An answer with what it is worth in per cent: 100 is right, 0 is wrong. `match` is the other half of a pair."""

    text: Piece
    weight: Fraction = Fraction(100)
    feedback: Piece | None = None
    match: str = ""


@dataclass(frozen=True)
class Foreign:
    """A question. `is_single` says of a choice whether one answer is to be given, even if several are right."""

    line: int
    kind: ForeignKind
    title: str
    text: Piece
    answers: tuple[Answer, ...] = ()
    general: Piece | None = None
    is_single: bool = True
