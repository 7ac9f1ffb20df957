"""Questions as the site asks them: rendered, in the order in which their options are shown, with a version."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from django.utils.safestring import SafeString

from lessons.shown import words_in
from quiz.written import WrittenOption

# What a learner gave, as it is recorded: the keys of options for a choice (sorted) and an order (in theirs), else text.
Given = str | list[str]


@dataclass(frozen=True)
class Option:
    """An option: one to choose, one to put in its place, or an answer that the author expected, right or wrong.

    `key` is a short hash of its source text: statistics hang on it, whatever its place in the file. `plain` is its text
    without any markup, and `place` its place in a right order, from 1 (0 where there is none).
    """

    key: str
    text: str
    html: SafeString
    feedback_html: SafeString
    is_right: bool
    plain: str = ""
    place: int = 0

    @property
    def words(self) -> str:
        """Its text without markup."""
        return self.plain or words_in(self.html)


AnyOption = TypeVar("AnyOption", Option, WrittenOption)


@dataclass(frozen=True)
class Trace:
    """A question about a program, and what the author says comes out. quiz/tracing runs it; nothing here does.

    `program` is its source, and `program_line` the line of the file on which that begins. Either `traced_line` (from 1,
    in the program) is asked for, and `answer` is "web", "worker", "both" or "none", on the line `answer_line` of the
    file; or it is 0, and `printed` holds what the author says is printed, with the line of the file where that stands.
    """

    program: str
    program_line: int
    traced_line: int = 0
    answer: str = ""
    answer_line: int = 0
    printed: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """A question. `options` stand as they are shown; a form names one by its position there, from 1.

    `kind` is a name of quiz/kinds, and `line` where the question begins in its file. `version` is a short hash of what
    a learner who answers has before them, and of the key. It changes when an answer to the question as it was would no
    longer be an answer to the question as it is.
    """

    id: str
    kind: str
    version: str
    text: str
    stem: str
    text_html: SafeString
    stem_html: SafeString
    hint_html: SafeString
    why_html: SafeString
    options: tuple[Option, ...]

    trace: Trace | None = None
    line: int = field(default=0, compare=False)

    @property
    def right(self) -> tuple[Option, ...]:
        """The options that are right, as they are shown."""
        return tuple(option for option in self.options if option.is_right)

    @property
    def has_several_right(self) -> bool:
        """Whether more than one option is right."""
        return len(self.right) > 1


@dataclass(frozen=True)
class Quiz:
    """The questions of a lesson, in order.

    Attributes:
        title: empty unless the author gave one.
        tries: how many times a learner may answer a question before its key is shown.
        pass_mark: the share of points, in per cent, from which on the quiz is passed; 0 for none.
        draw: how many of the questions one learner is asked; 0 for all of them.
    """

    lesson: str
    title: str
    questions: tuple[Question, ...]
    tries: int = 2
    pass_mark: int = 0
    draw: int = 0

    @cached_property
    def seal(self) -> str:
        """A hash of all that it is, keys included: it never leaves the server as it is."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its questions."""
        return frozenset(question.id for question in self.questions)

    def find(self, question_id: str) -> Question | None:
        """The question with that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)


def short_hash(*parts: str) -> str:
    """12 hex digits that stand for the parts. No part runs over into the next one."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        digest.update(b"%d:" % len(raw) + raw)
    return digest.hexdigest()[:12]


def shown_order(question_id: str, options: Sequence[AnyOption]) -> list[AnyOption]:
    """The options as they are shown.

    The order is drawn from the id and from what the options say, so it is the same for everyone and a class can talk
    about "B". Whoever does the same draw learns nothing: neither from which order of the file it came, in which authors
    tend to write the right option first, nor in which order the steps belong. (A second draw, when the first one is the
    right order, would say so. The author is told to reword a step instead: quiz/checking.py.)
    """
    return sorted(options, key=lambda option: short_hash("shown", question_id, option.text))
