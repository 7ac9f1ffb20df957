"""A quiz as it is printed: all questions as they are asked, and on a page of its own the key of those that are told.

What is told of a question to whom is decided here, as quiz/presenters.py decides it for the screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from quiz.kinds import Kind, kind_of
from quiz.kinds.options import NOTHING, letter_of
from quiz.progress import Progress
from quiz.questions import Question, Quiz


@dataclass(frozen=True)
class PrintedOption:
    """An option with its letter, which is empty for an answer that is typed."""

    letter: str
    html: SafeString


@dataclass(frozen=True)
class PrintedQuestion:
    """A question on paper.

    Attributes:
        options: to choose from, or to put in order; none of an answer that is typed.
        key: the right ones, in the right order; empty where it is not told. So is the why.
    """

    number: int
    id: str
    kind: Kind
    text_html: SafeString
    stem_html: SafeString
    how: str
    has_several_right: bool
    options: tuple[PrintedOption, ...]
    key: tuple[PrintedOption, ...] = ()
    why_html: SafeString = NOTHING


def printed_for_learner(state: Progress) -> tuple[PrintedQuestion, ...]:
    """The questions that a learner is asked, and the key of those alone that are settled as they were last asked."""
    return tuple(
        _printed(asked.question, number, with_key=asked.is_settled) for number, asked in enumerate(state.last_asked, 1)
    )


def printed_for_instructor(quiz: Quiz) -> tuple[PrintedQuestion, ...]:
    """All questions of a quiz, with the whole key."""
    return tuple(_printed(question, number, with_key=True) for number, question in enumerate(quiz.questions, 1))


def _printed(question: Question, number: int, *, with_key: bool) -> PrintedQuestion:
    kind = kind_of(question)
    options = tuple(PrintedOption(letter_of(place), option.html) for place, option in enumerate(question.options))
    return PrintedQuestion(
        number=number,
        id=question.id,
        kind=kind,
        text_html=question.text_html,
        stem_html=question.stem_html,
        how=kind.how(question),
        has_several_right=question.has_several_right,
        options=() if kind.is_typed else options,
        key=tuple(_key(question, kind, options)) if with_key else (),
        why_html=question.why_html if with_key else NOTHING,
    )


def _key(question: Question, kind: Kind, options: tuple[PrintedOption, ...]) -> Iterable[PrintedOption]:
    if kind.is_typed:
        return (PrintedOption("", option.html) for option in question.right)
    return (options[position - 1] for position in kind.key(question))
