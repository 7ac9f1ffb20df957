"""Which questions of a larger pool a learner is asked."""

import hashlib
from collections.abc import Set as AbstractSet
from uuid import UUID

from quiz.questions import Quiz


def sampled(quiz: Quiz, learner: UUID, answered: AbstractSet[str]) -> frozenset[str]:
    """The ids of the questions that a learner is asked: all of them, or as many as the quiz draws.

    Each learner has an order of their own, in which every question's place follows from its id. So the draw is the same
    each time, and a question that is added or removed changes no other's. What was answered stays, whatever happens.
    """
    if not quiz.draw:
        return quiz.ids
    pool = quiz.ids
    stays = pool & answered
    by_place = sorted(pool - stays, key=lambda question: _place(quiz.lesson, learner, question))
    return frozenset([*stays, *by_place[: max(0, quiz.draw - len(stays))]])


def _place(lesson: str, learner: UUID, question: str) -> bytes:
    return hashlib.sha256(f"{learner.hex}/{lesson}/{question}".encode()).digest()
