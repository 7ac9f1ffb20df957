"""A quiz answered in the preview: as a learner would, and kept for the instructor alone, in their session."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from quiz.progress import Attempt
from quiz.unkept import UnkeptAnswers

Kept = dict[str, Any]  # what a session can hold: {"attempts": [...], "goes": {"2": [...]}}


def kept(answers: UnkeptAnswers) -> Kept:
    """What the session keeps. Answers to an earlier text of a question stand, as they do for learners."""
    return {"attempts": [attempt._asdict() for attempt in answers.attempts], "goes": answers.goes}


def rehearsed(instructor: UUID, kept: Mapping[str, Any]) -> UnkeptAnswers:
    """What an instructor answered so far."""
    attempts = tuple(Attempt(**attempt) for attempt in kept.get("attempts", ()))
    return UnkeptAnswers(instructor, attempts, {int(number): ids for number, ids in kept.get("goes", {}).items()})
