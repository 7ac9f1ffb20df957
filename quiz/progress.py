"""How far a learner is with a quiz: a pure function of what they answered. Nothing else is remembered.

So a reload, a second tab and the Back button show the same, and what was not earned is not even there to be shown.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from quiz.questions import Given, Question, Quiz
from quiz.sampling import sampled

_number = attrgetter("number")


class Attempt(NamedTuple):
    """A recorded answer: what was given, what it was worth (0 to 1), and of which version of the question."""

    question: str
    go: int
    number: int
    given: Given
    grade: float
    is_right: bool
    version: str


class Asked(NamedTuple):
    """A question within a go, and the attempts at it, of which there may be `tries`."""

    question: Question
    number: int
    attempts: tuple[Attempt, ...] = ()
    tries: int = 2

    @property
    def is_settled(self) -> bool:
        """Whether the key and the why are earned: by a right answer, or by as many tries as there are."""
        return len(self.attempts) >= self.tries or self.is_right

    @property
    def points(self) -> float:
        """What the first attempt was worth, from 0 to 1: the one that counts."""
        return self.attempts[0].grade if self.attempts else 0.0

    @property
    def is_right(self) -> bool:
        """Whether the last attempt was right."""
        return bool(self.attempts) and self.attempts[-1].is_right

    @property
    def is_right_first(self) -> bool:
        """Whether the first attempt was right: the one that counts."""
        return bool(self.attempts) and self.attempts[0].is_right

    @property
    def has_changed(self) -> bool:
        """Whether the question is no longer what it was when it was answered."""
        return any(attempt.version != self.question.version for attempt in self.attempts)


@dataclass(frozen=True)
class Score:
    """The points of first attempts, at most one for each question, and how many questions there were."""

    points: float
    total: int

    def __str__(self) -> str:
        return f"{round(self.points, 2):g} of {self.total}"


@dataclass(frozen=True)
class Go:
    """One time through some of the questions, in the order of the quiz."""

    number: int
    asked: tuple[Asked, ...]

    @cached_property
    def settled(self) -> tuple[Asked, ...]:
        """The questions that are done."""
        return tuple(asked for asked in self.asked if asked.is_settled)

    @cached_property
    def current(self) -> Asked | None:
        """The question that waits for an answer, or None at the end."""
        return next((asked for asked in self.asked if not asked.is_settled), None)

    @property
    def asked_and_given(self) -> tuple[tuple[str, tuple[Attempt, ...]], ...]:
        """The ids of its questions, each with its attempts."""
        return tuple((asked.question.id, asked.attempts) for asked in self.asked)

    @property
    def visible(self) -> tuple[Asked, ...]:
        """What is shown of it, in order: the questions that are done, and the one that waits for an answer."""
        return tuple(asked for asked in self.asked if asked.is_settled or asked is self.current)

    @property
    def score(self) -> Score:
        """The score of first attempts."""
        return Score(sum(asked.points for asked in self.asked), len(self.asked))


@dataclass(frozen=True)
class Progress:
    """The goes at a quiz, the first one first. `pass_mark` is a share of points in per cent, or 0."""

    goes: tuple[Go, ...]
    pass_mark: int = 0

    @cached_property
    def go(self) -> Go:
        """The go to show: the first that is not over (the quiz may have got a new question), else the latest.

        A later go whose questions have all left the quiz is none.
        """
        latest = next(go for go in reversed(self.goes) if go.asked or go.number == 1)
        return next((go for go in self.goes if go.current), latest)

    @property
    def latest(self) -> int:
        """The number of the latest go."""
        return self.goes[-1].number

    @property
    def is_over(self) -> bool:
        """Whether every question of every go is settled."""
        return self.go.current is None

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All of them, go by go and question by question."""
        return tuple(attempt for go in self.goes for asked in go.asked for attempt in asked.attempts)

    @property
    def is_begun(self) -> bool:
        """Whether anything has been answered."""
        return any(asked.attempts for go in self.goes for asked in go.asked)

    @property
    def score(self) -> Score:
        """The score: that of the first go."""
        return self.goes[0].score

    @cached_property
    def last_asked(self) -> tuple[Asked, ...]:
        """Each question of the first go as it was last asked."""
        last = {asked.question.id: asked for go in self.goes for asked in go.asked}
        return tuple(last[asked.question.id] for asked in self.goes[0].asked)

    @property
    def missed(self) -> tuple[str, ...]:
        """The ids of the questions that were not right on the first try when they were last asked."""
        return tuple(asked.question.id for asked in self.last_asked if not asked.is_right_first)

    @property
    def has_passed(self) -> bool:
        """Whether the points of each question's last first try reach the pass mark. Without one, always."""
        points = sum(asked.points for asked in self.last_asked)
        # Thirds and fifths of points do not add up to the last bit. Nobody who has reached the mark fails for that.
        return not self.pass_mark or 100 * points >= self.pass_mark * len(self.last_asked) - 1e-6

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to answer, and the quiz is passed."""
        return self.is_over and self.has_passed


def progress(
    quiz: Quiz, learner: UUID, attempts: Iterable[Attempt], later_goes: Mapping[int, Iterable[str]]
) -> Progress:
    """Work out how far a learner is.

    Args:
        quiz: as it is now. What was recorded about questions that it no longer has plays no part.
        learner: decides which questions are drawn, where not all of them are asked.
        attempts: what was recorded. What two merged learners both did is kept in a go 0, which is none.
        later_goes: the ids of the questions of each go after the first, by its number.
    """
    recorded: dict[int, dict[str, list[Attempt]]] = {}
    for attempt in sorted(attempts, key=_number):
        recorded.setdefault(attempt.go, {}).setdefault(attempt.question, []).append(attempt)
    members = {1: sampled(quiz, learner, recorded.get(1, {}).keys())}
    members |= {number: frozenset(questions) for number, questions in sorted(later_goes.items())}
    return Progress(
        tuple(_go(quiz, number, ids, recorded.get(number, {})) for number, ids in members.items()), quiz.pass_mark
    )


def _go(quiz: Quiz, number: int, ids: AbstractSet[str], recorded: Mapping[str, Iterable[Attempt]]) -> Go:
    asked = [question for question in quiz.questions if question.id in ids]
    return Go(
        number,
        tuple(
            [
                Asked(question, place, tuple(recorded.get(question.id, ())), quiz.tries)
                for place, question in enumerate(asked, 1)
            ]
        ),
    )
