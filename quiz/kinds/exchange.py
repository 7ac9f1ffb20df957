"""What a kind of question says of other systems: which of their questions it can carry, and how it is written there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quiz.foreign import Foreign, ForeignKind, Piece
from quiz.written import DraftedOption, WrittenQuestion

FULL = Fraction(100)
ARROW = "->"  # between the halves of a pair, in GIFT
NO_PROGRAM = "a trace stands or falls with its program, and GIFT has none"

# Says, by line, what of a question gets lost.
Lose = Callable[[int, str], None]


class NotCarried(Exception):
    """The question of another system has no form here. Says why."""


class NoPlace(Exception):
    """The question has no form in GIFT. Says why."""


@dataclass(frozen=True)
class Carrying:
    """A question of another system on its way.

    Attributes:
        say: reports by line what is lost.
        marked: a text in our Markdown; raises NotCarried.
        option: the same for what stands beside a box.
        plain: a text that is to be typed: one line, without any markup.
    """

    foreign: Foreign
    say: Lose
    marked: Callable[[Piece | None], str]
    option: Callable[[Piece], str]
    plain: Callable[[Piece], str]


@dataclass(frozen=True)
class Part:
    """An answer as GIFT has it: its mark, its weight in per cent, and the other half of a pair.

    `markup` says what the text is: Markdown, plain text, or something of which no character is escaped.
    """

    mark: Literal["=", "~"]
    text: str
    weight: str = ""
    feedback: str = ""
    match: str = ""
    markup: Literal["markdown", "plain", "none"] = "markdown"
    line: int = 0


@dataclass(frozen=True)
class Exchange:
    """The ways in which questions of a kind come and go.

    Attributes:
        takes: the kinds of other systems that it can carry.
        carried: the options of one of them; raises NotCarried.
        parts: its options as GIFT has them; raises NoPlace.
        opens: what begins the answers in GIFT.
        addition: what has to be said in the question's text, for GIFT has no other place for it; may be empty.
        suits: whether a question with these options may have this id.
    """

    takes: tuple[ForeignKind, ...]
    carried: Callable[[Carrying], Iterable[DraftedOption]]
    parts: Callable[[WrittenQuestion, Lose], Iterable[Part]]
    opens: str = "{"
    addition: Callable[[WrittenQuestion, Lose], str] = lambda _question, _lose: ""
    suits: Callable[[str, Sequence[DraftedOption]], bool] = lambda _id, _options: True


def per_cent(weight: Fraction) -> str:
    """A weight in words."""
    return f"{float(weight):g} %"
