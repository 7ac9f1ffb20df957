"""The options of a question as a learner sees them: with their marks, and with as much feedback as is earned."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from quiz.progress import Asked
from quiz.questions import Given, Option, Question

NOTHING = SafeString()
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class ShownOption:
    """An option with its letter (or its place), its position in the form (from 1), and what may be said about it."""

    letter: str
    position: int
    html: SafeString
    mark: str = ""
    verdict: str = ""  # "right" or "wrong" once that is earned, else empty
    feedback_html: SafeString = NOTHING
    is_ticked: bool = False


def letter_of(place: int) -> str:
    """The letter of an option at a place, from 0."""
    return chr(ord("A") + place)


def shown_options(
    asked: Asked, matched: Callable[[Question, Given], frozenset[str]], ticked: Collection[int] = ()
) -> Iterable[ShownOption]:
    """The options to choose from. `ticked` are the positions that the form sent."""
    chosen = [matched(asked.question, attempt.given) for attempt in asked.attempts]
    for position, option in enumerate(asked.question.options, 1):
        times = [option.key in keys for keys in chosen]
        # After a first try that was wrong, only what was wrong about it is told: a learner who chose several, some of
        # them right, has the rest of the key yet to find.
        is_earned = asked.is_settled or (any(times) and not option.is_right)
        verdict = ("right" if option.is_right else "wrong") if asked.is_settled else ""
        yield ShownOption(
            letter=letter_of(position - 1),
            position=position,
            html=option.html,
            mark=", ".join(_marks(option, times, is_settled=asked.is_settled)),
            verdict=verdict if option.is_right or any(times) else "",
            feedback_html=option.feedback_html if is_earned else NOTHING,
            is_ticked=position in ticked,
        )


def _marks(option: Option, chosen: Sequence[bool], *, is_settled: bool) -> Iterable[str]:
    if len(chosen) == 1 and chosen[0]:
        yield "your answer" if is_settled else "your first answer"
    elif len(chosen) == 2 and all(chosen):  # noqa: PLR2004 - there is a word for two
        yield "your answer both times"
    else:
        yield from (f"your {which} answer" for which, was in zip(ORDINALS, chosen, strict=False) if was)
    if is_settled and option.is_right:
        yield "right"
    elif is_settled and any(chosen):
        yield "wrong"
