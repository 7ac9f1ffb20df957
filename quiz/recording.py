"""Takes an answer, decides whether it counts, and records it once, however often and from wherever it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db import IntegrityError, transaction

from learners.models import Learner
from quiz import models
from quiz.progress import Attempt, Progress, progress
from quiz.questions import Question, Quiz, is_right
from quiz.seals import version_seal


class Why(Enum):
    """Why an answer was not recorded, in words for the learner."""

    ALREADY = "You had already answered this; your first answer counts."
    CHANGED = "This question has changed since you opened it. Here it is as it is now."
    NOT_ASKED = "That was no answer to the question that is open now, so it was not counted."
    NOTHING_CHOSEN = "Choose an answer first."
    ONE_ONLY = "Choose one answer: this question has a single right one."
    NO_SUCH_OPTION = "That option does not exist. Choose one of these."
    NOTHING_MISSED = "There is nothing to try again now."


class NotRecorded(Exception):
    """An answer that does not count. `question` is the id that it was for."""

    def __init__(self, why: Why, question: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.question = question


@dataclass(frozen=True)
class Sent:
    """What a form says: an answer to a question as it was shown. `positions` count from 1; 0 stands for nonsense."""

    question: str
    seal: str
    go: int
    attempt: int
    positions: tuple[int, ...]


def progress_of(quiz: Quiz, learner: UUID) -> Progress:
    """How far a learner is, by what was recorded."""
    answers = models.Answer.objects.filter(learner_id=learner, lesson=quiz.lesson)
    goes = models.Go.objects.filter(learner_id=learner, lesson=quiz.lesson)
    return progress(quiz, map(_attempt, answers), dict(goes.values_list("number", "questions")))


def nothing_answered(quiz: Quiz) -> Progress:
    """The progress of somebody of whom nothing is kept. Asks no database."""
    return progress(quiz, (), {})


def record(quiz: Quiz, learner: UUID, sent: Sent) -> None:
    """Record an answer, and the learner with their first one.

    Raises:
        NotRecorded: it does not count, and nothing was changed.
    """
    try:
        with transaction.atomic():
            question, chosen = _counted(quiz, progress_of(quiz, learner), sent)
            Learner.objects.get_or_create(key=learner)
            models.Answer.objects.create(
                learner_id=learner,
                lesson=quiz.lesson,
                question=question.id,
                version=question.version,
                go=sent.go,
                attempt=sent.attempt,
                chosen=sorted(chosen),
                correct=is_right(question, chosen),
            )
    except IntegrityError:
        # Two at once, on a database that lets both look before either writes.
        raise NotRecorded(Why.ALREADY, sent.question) from None


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
            if not (state.is_over and state.missed and after == state.latest):
                raise NotRecorded(Why.NOTHING_MISSED)
            models.Go.objects.create(
                learner_id=learner, lesson=quiz.lesson, number=after + 1, questions=list(state.missed)
            )
    except IntegrityError:
        return  # the other of two at once has begun it


def _counted(quiz: Quiz, state: Progress, sent: Sent) -> tuple[Question, frozenset[str]]:
    """The question that an answer is for and the keys of its options that were chosen."""
    question = quiz.find(sent.question)
    if question is None:
        raise NotRecorded(Why.NOT_ASKED)
    attempts = (attempt for go in state.goes for asked in go.asked for attempt in asked.attempts)
    if (sent.question, sent.go, sent.attempt) in {(told.question, told.go, told.number) for told in attempts}:
        raise NotRecorded(Why.ALREADY, question.id)
    current = state.go.current
    place = (current.question.id, state.go.number, len(current.attempts) + 1) if current else None
    if (sent.question, sent.go, sent.attempt) != place:
        raise NotRecorded(Why.NOT_ASKED, question.id)
    if sent.seal != version_seal(question):
        raise NotRecorded(Why.CHANGED, question.id)
    return question, _chosen(question, sent.positions)


def _chosen(question: Question, positions: Iterable[int]) -> frozenset[str]:
    chosen = frozenset(positions)
    if not chosen:
        raise NotRecorded(Why.NOTHING_CHOSEN, question.id)
    if not all(1 <= position <= len(question.options) for position in chosen):
        raise NotRecorded(Why.NO_SUCH_OPTION, question.id)
    if len(chosen) > 1 and not question.is_multiple:
        raise NotRecorded(Why.ONE_ONLY, question.id)
    return frozenset(question.options[position - 1].key for position in chosen)


def _attempt(answer: models.Answer) -> Attempt:
    return Attempt(
        question=answer.question,
        go=answer.go,
        number=answer.attempt,
        chosen=frozenset(answer.chosen),
        is_right=answer.correct,
        version=answer.version,
    )
