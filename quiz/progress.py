"""How far somebody is with a quiz: a pure function of what they answered. Nothing else is remembered.

So a reload, a second tab and the Back button show the same, and what was not earned is not even there to be shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from quiz.questions import Question, Quiz


@dataclass(frozen=True)
class Attempt:
    """A recorded answer: the keys of the options that were chosen, and of which version of the question."""

    question: str
    go: int
    number: int
    chosen: frozenset[str]
    is_right: bool
    version: str


@dataclass(frozen=True)
class Asked:
    """A question within a go, and the attempts at it: none, one or two."""

    question: Question
    number: int
    attempts: tuple[Attempt, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the key and the why are earned: by a right answer, or by two tries."""
        return len(self.attempts) > 1 or self.is_right

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
    """How many questions were right on the first try, of how many."""

    right: int
    total: int


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
    def score(self) -> Score:
        """The score of first attempts."""
        return Score(sum(asked.is_right_first for asked in self.asked), len(self.asked))


@dataclass(frozen=True)
class Progress:
    """Every go at a quiz, the first one first."""

    goes: tuple[Go, ...]

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
    def is_begun(self) -> bool:
        """Whether anything has been answered."""
        return any(asked.attempts for go in self.goes for asked in go.asked)

    @property
    def score(self) -> Score:
        """The score: that of the first go."""
        return self.goes[0].score

    @property
    def missed(self) -> tuple[str, ...]:
        """The ids of the questions that were not right on the first try when they were last asked."""
        last = {asked.question.id: asked for go in self.goes for asked in go.asked}
        first = self.goes[0].asked
        return tuple(asked.question.id for asked in first if not last[asked.question.id].is_right_first)


def progress(quiz: Quiz, attempts: Iterable[Attempt], later_goes: Mapping[int, Iterable[str]]) -> Progress:
    """Work out how far somebody is.

    Args:
        quiz: as it is now. What was recorded about questions that it no longer has plays no part.
        attempts: what was recorded.
        later_goes: the ids of the questions of each go after the first, by its number.
    """
    recorded: dict[tuple[int, str], list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.number):
        recorded.setdefault((attempt.go, attempt.question), []).append(attempt)
    members = {1: {question.id for question in quiz.questions}}
    members |= {number: set(questions) for number, questions in sorted(later_goes.items())}
    return Progress(
        tuple(
            Go(
                number,
                tuple(
                    Asked(question, place, tuple(recorded.get((number, question.id), ())))
                    for place, question in enumerate((q for q in quiz.questions if q.id in ids), 1)
                ),
            )
            for number, ids in members.items()
        )
    )
