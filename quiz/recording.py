"""Takes an answer, decides whether it counts, and records it once, however often and from wherever it is sent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from learners.models import lock_learner, seed_of
from quiz import models
from quiz.form_tokens import version_token
from quiz.kept import KeptCourse, KeptQuiz, keep, kept_quiz
from quiz.kinds import Form, Unclear, grade, take
from quiz.progress import Attempt, Progress, progress
from quiz.questions import Given, Question, Quiz


class Refusal(Enum):
    """A reason why an answer was not recorded, in words for the learner."""

    ALREADY = "You had already answered this; your first answer counts."
    CHANGED = "This question has changed since you opened it. Here it is as it is now."
    REMOVED = "The question that you answered is no longer part of this quiz, so your answer was not counted."
    NOT_ASKED = "That was no answer to the question that is open now, so it was not counted."
    UNCLEAR = "That is no answer to this question."
    NOTHING_MISSED = "There is nothing to try again now."
    TOO_MUCH = "This page cannot carry more answers. Allow cookies for this site, then load the page again."


class NotRecorded(Exception):
    """An answer that does not count. `question` is the id that it was for; the text says why, and what would count."""

    def __init__(self, why: Refusal, question: str = "", said: str = "") -> None:
        super().__init__(said or why.value)
        self.why = why
        self.question = question


@dataclass(frozen=True)
class SubmittedAnswer:
    """An answer as a form gives it, to a question as it was shown. Its kind knows what to look for in the form."""

    question: str
    form_token: str
    go: int
    attempt: int
    form: Form


def progress_of(quiz: Quiz, learner: UUID) -> Progress:
    """How far a learner is, by what was recorded. Two queries, and one more where questions are drawn."""
    kept = kept_quiz(learner, quiz.lesson)
    return progress(quiz, seed_for([quiz], learner), kept.attempts, kept.later_goes)


def progress_of_all(quizzes: Collection[Quiz], learner: UUID, kept: KeptCourse) -> dict[str, Progress]:
    """How far a learner is with each of these quizzes, by lesson, by what is kept of them."""
    seed = seed_for(quizzes, learner)
    return {
        quiz.lesson: progress(quiz, seed, kept.attempts(quiz.lesson), kept.later_goes(quiz.lesson)) for quiz in quizzes
    }


def seed_for(quizzes: Iterable[Quiz], learner: UUID) -> UUID:
    """What decides which questions of these quizzes a learner is asked. One query, and none where nothing is drawn."""
    return seed_of(learner) if any(quiz.draw for quiz in quizzes) else learner


def nothing_answered(quiz: Quiz, learner: UUID) -> Progress:
    """The progress of a visitor, who would be this learner. Asks no database."""
    return progress(quiz, learner, (), {})


class Recorded(NamedTuple):
    """How far a learner was before an answer was recorded, and how far they are with it."""

    before: Progress
    after: Progress


def record(quiz: Quiz, learner: UUID, sent: SubmittedAnswer) -> Recorded:
    """Record an answer, and the learner with their first one.

    It is read and judged before the turn is taken, which all who write wait for. In the turn it is only written: if
    all is still as it was read. If it is not, it is read and judged once more, while nothing else can be written.

    Raises:
        NotRecorded: it does not count, and nothing was changed.
    """
    seed = seed_for([quiz], learner)
    kept, before, attempt = _judged(quiz, learner, seed, sent)
    try:
        with transaction.atomic():
            lock_learner(learner)
            if not keep(learner, quiz.lesson, attempt, kept):
                seed = seed_for([quiz], learner)
                kept, before, attempt = _judged(quiz, learner, seed, sent)
                keep(learner, quiz.lesson, attempt, kept)
    except IntegrityError:
        # Two at once, on a database that lets both look before either writes.
        raise NotRecorded(Refusal.ALREADY, sent.question) from None
    return Recorded(before, progress(quiz, seed, [*kept.attempts, attempt], kept.later_goes))


def _judged(quiz: Quiz, learner: UUID, seed: UUID, sent: SubmittedAnswer) -> tuple[KeptQuiz, Progress, Attempt]:
    """What is kept of a learner now, how far they are by that, and the attempt that a form makes."""
    kept = kept_quiz(learner, quiz.lesson)
    before = progress(quiz, seed, kept.attempts, kept.later_goes)
    return kept, before, judged(quiz, before, sent)


def begin_again(quiz: Quiz, learner: UUID, after: int) -> None:
    """Begin a fresh go at what was missed, unless the one after go `after` has been begun already.

    Raises:
        NotRecorded: there is nothing to try again: nothing was missed, or a question is still open.
    """
    try:
        with transaction.atomic():
            state = progress_of(quiz, learner)
            if state.latest > after > 0:
                return
            missed = missed_after(state, after)
            models.Go.objects.create(learner_id=learner, lesson=quiz.lesson, number=after + 1, questions=missed)
    except IntegrityError:
        return  # the other of two at once has begun it


def missed_after(state: Progress, after: int) -> list[str]:
    """The questions of a fresh go after the latest one.

    Raises:
        NotRecorded: nothing was missed, or a question is still open.
    """
    if not (state.is_over and state.missed and after == state.latest):
        raise NotRecorded(Refusal.NOTHING_MISSED)
    return list(state.missed)


def open_for(quiz: Quiz, state: Progress, sent: SubmittedAnswer) -> Question:
    """The question that a form was for, which is open now, and as it was shown there.

    Raises:
        NotRecorded: it is not, so whatever the form says is about something else.
    """
    question = quiz.find(sent.question)
    if question is None:
        raise NotRecorded(Refusal.REMOVED if sent.question else Refusal.NOT_ASKED)
    if (sent.question, sent.go, sent.attempt) in {(told.question, told.go, told.number) for told in state.attempts}:
        raise NotRecorded(Refusal.ALREADY, question.id)
    current = state.go.current
    place = (current.question.id, state.go.number, len(current.attempts) + 1) if current else None
    if (sent.question, sent.go, sent.attempt) != place:
        raise NotRecorded(Refusal.NOT_ASKED, question.id)
    if sent.form_token != version_token(question):
        raise NotRecorded(Refusal.CHANGED, question.id)
    return question


def judged(quiz: Quiz, state: Progress, sent: SubmittedAnswer) -> Attempt:
    """The attempt that a form makes at the question that is open.

    Raises:
        NotRecorded: it is none.
    """
    question = open_for(quiz, state, sent)
    try:
        given = take(question, sent.form)
    except Unclear as unclear:
        raise NotRecorded(Refusal.UNCLEAR, question.id, str(unclear)) from None
    return attempt_at(question, sent.go, sent.attempt, given)


def attempt_at(question: Question, go: int, number: int, given: Given) -> Attempt:
    """An attempt at a question, with what it is worth."""
    worth = grade(question, given)
    return Attempt(question.id, go, number, given, worth, worth == 1, question.version)
