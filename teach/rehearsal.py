"""A quiz answered in the preview: as a learner would, and kept for the instructor alone, in their session."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from quiz.kinds import Unclear, grade, take
from quiz.progress import Attempt, Progress, progress
from quiz.questions import Quiz
from quiz.recording import NotRecorded, Sent, Why, open_for

Kept = dict[str, Any]  # what a session can hold: {"attempts": [...], "goes": {"2": [...]}}


def nothing_yet() -> Kept:
    """A rehearsal that has just begun."""
    return {"attempts": [], "goes": {}}


def progress_in(quiz: Quiz, learner: UUID, kept: Mapping[str, Any]) -> Progress:
    """How far the instructor is. Answers to an earlier text of a question stand, as they do for learners."""
    attempts = [Attempt(**attempt) for attempt in kept["attempts"]]
    return progress(quiz, learner, attempts, {int(number): ids for number, ids in kept["goes"].items()})


def answer(quiz: Quiz, learner: UUID, kept: Kept, sent: Sent) -> None:
    """Take an answer, by the rules by which learners' answers are recorded (quiz/recording.py).

    Raises:
        NotRecorded: it does not count, and nothing was changed.
    """
    question = open_for(quiz, progress_in(quiz, learner, kept), sent)
    try:
        given = take(question, sent.form)
    except Unclear as unclear:
        raise NotRecorded(Why.UNCLEAR, question.id, str(unclear)) from None
    worth = grade(question, given)
    attempt = Attempt(question.id, sent.go, sent.attempt, given, worth, worth == 1, question.version)
    kept["attempts"].append(asdict(attempt))


def again(quiz: Quiz, learner: UUID, kept: Kept) -> None:
    """Begin a fresh go at what was missed, if there is something."""
    state = progress_in(quiz, learner, kept)
    if state.is_over and state.missed:
        kept["goes"][str(state.latest + 1)] = list(state.missed)
