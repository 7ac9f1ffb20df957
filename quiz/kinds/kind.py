"""What each kind of question has to say for itself."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from lessons.scanning import Problem
from quiz.questions import Given, Question
from quiz.written import WrittenQuestion


class Form(Protocol):
    """What a form sent: every value of a field, in order."""

    def getlist(self, key: str) -> list[str]:
        """The values of a field; none when it is not there."""
        ...


class Unclear(Exception):
    """What was sent is no answer to the question. The text tells the learner what would be one."""


@dataclass(frozen=True)
class Kind:
    """A kind of question. `template` names its templates in quiz/fields and quiz/settled.

    Attributes:
        problems: what is wrong with one as written.
        take: what a form gave, as it is recorded; raises Unclear.
        grade: from 0 to 1 for anything that `take` gave, to this or an earlier version; 1 exactly for the key.
        matched: the keys of the options that were chosen, or that say the same as what was given.
        how: what to do, in a sentence.
        is_typed: whether the answer is text, and the options are answers that the author expects.
    """

    name: str
    template: str
    problems: Callable[[WrittenQuestion], Iterable[Problem]]
    take: Callable[[Question, Form], Given]
    grade: Callable[[Question, Given], float]
    matched: Callable[[Question, Given], frozenset[str]]
    how: Callable[[Question], str]
    is_typed: bool = False


FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<text>.*?)\n?(?P=fence)[ \t]*$", re.DOTALL)
SPAN = re.compile(r"^(?P<ticks>`+)(?P<text>[^`].*?)(?P=ticks)$", re.DOTALL)


def plain(text: str) -> str:
    """An expected answer as it is to be typed: without the code fence or the backticks in which it may stand."""
    found = FENCED.match(text) or SPAN.match(text)
    return found["text"] if found else text


def positions(form: Form, field: str) -> list[int]:
    """The positions that a field holds; 0 stands for nonsense."""
    return [int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0 for text in form.getlist(field)]  # noqa: PLR2004 - digits
