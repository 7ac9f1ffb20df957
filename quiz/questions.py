"""Questions as the site asks them: rendered, in the order in which their options are shown, with a version."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Option:
    """An option. `key` is a short hash of its source text: statistics hang on it, whatever its place in the file."""

    key: str
    text: str
    html: SafeString
    feedback_html: SafeString
    is_right: bool


@dataclass(frozen=True)
class Question:
    """A question. `options` stand as they are shown; a form names one by its position there, from 1.

    `version` is a short hash of what somebody who answers has before them, and of the key. It changes when an answer
    to the question as it was would no longer be an answer to the question as it is.
    """

    id: str
    version: str
    text: str
    text_html: SafeString
    stem_html: SafeString
    hint_html: SafeString
    why_html: SafeString
    options: tuple[Option, ...]

    @cached_property
    def key(self) -> frozenset[str]:
        """The keys of the options that are right."""
        return frozenset(option.key for option in self.options if option.is_right)

    @property
    def is_multiple(self) -> bool:
        """Whether several options are to be chosen."""
        return len(self.key) > 1


@dataclass(frozen=True)
class Quiz:
    """The questions of a lesson, in order. `title` is empty unless the author gave one."""

    lesson: str
    title: str
    questions: tuple[Question, ...]

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


def shown_order(question_id: str, count: int) -> list[int]:
    """The places in the file (from 0) of the options as they are shown.

    The order is drawn from the id, so it is the same for everyone and a class can talk about "B". It is never that of
    the file, in which authors tend to write the right option first.
    """
    in_file = list(range(count))
    drawn, number = in_file, 0
    while drawn == in_file and count > 1:
        drawn = sorted(in_file, key=lambda place: _draw(question_id, number, place))
        number += 1
    return drawn


def _draw(question_id: str, number: int, place: int) -> bytes:
    return hashlib.sha256(f"{question_id}/{number}/{place}".encode()).digest()


def is_right(question: Question, chosen: Iterable[str]) -> bool:
    """Whether exactly the options of the key were chosen: for several right ones, all of them and nothing else."""
    return frozenset(chosen) == question.key
