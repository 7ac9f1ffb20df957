"""Whom the statistics count: the class, and not those who teach it and only try what learners see."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from learners.models import Account, Learner
from progress.models import Reading
from stopwatch.measurements import class_figures
from teach.instructors import make_instructor
from teach.statistics import answers, measured, predicted, readers
from tests.teach.statistics.conftest import Room

FIGURES: dict[str, Callable[[Room], Any]] = {
    "steps": lambda room: readers.funnel(room.lesson),
    "pages": lambda room: readers.pages_table(room.lesson, {}).rows,
    "questions": lambda _: answers.joints("one"),
    "a question": lambda _: answers.joints_of("one", "a"),
    "answers": lambda _: {version: found.given for version, found in answers.taken("one", "a").items()},
    "later answers": lambda _: answers.later("one", "a"),
    "seconds": lambda _: answers.seconds("one", "b"),
    "predictions": lambda room: predicted.predicted(room.lesson.files["predictions.md"]),
    "runs": lambda _: measured.measured("one", ["blocking"]),
    "a class's figures": lambda _: class_figures("one", "blocking", "inp", 3.0),
}


def goes_through_the_lesson(room: Room, learner: UUID) -> None:
    """Leave something of everything that is counted."""
    room.predict(learner, "ready", "later")
    room.measure(learner, "blocking", {"click-to-report": 3010.0, "inp": 16.0})
    Reading.objects.create(learner_id=learner, lesson="one", mode="performance")
    room.answer(learner, "a", "alpha", 0.0)
    room.answer(learner, "a", "beta", attempt=2)
    room.answer(learner, "b", "beta")
    room.keep()


@pytest.mark.django_db
@pytest.mark.parametrize("figure", FIGURES)
def test_what_instructors_try_is_in_no_figure_while_they_are_instructors(figure: str, room: Room):
    asked = FIGURES[figure]
    goes_through_the_lesson(room, room.learner())
    alone = asked(room)
    account = Account.objects.create(username="ada", learner=Learner.objects.get(key=room.learner()))
    make_instructor(account)
    goes_through_the_lesson(room, account.learner_id)
    assert asked(room) == alone
    account.groups.clear()
    assert asked(room) != alone


@pytest.mark.django_db
def test_an_account_that_teaches_nothing_is_counted(room: Room):
    account = Account.objects.create(username="ada", learner=Learner.objects.get(key=room.learner()))
    goes_through_the_lesson(room, account.learner_id)
    assert readers.funnel(room.lesson)[0].did == 1
