from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from learners.identity import new_learner
from learners.models import Learner
from learners.personal_data import personal_data
from progress.models import Reading
from progress.readings import mark, mark_unasked, merge, read_by, rows, take_back
from tests.at_once import at_once

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 20, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 7, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 7, tzinfo=UTC)


def test_a_mark_is_kept_once_with_its_first_and_its_last_time():
    learner = new_learner()
    with time_machine.travel(MONDAY, tick=False):
        mark(learner, "one", "learn")
    with time_machine.travel(TUESDAY, tick=False):
        mark(learner, "one", "learn")
    found = Reading.objects.get(learner=learner)
    assert (found.read, found.first, found.last) == (True, MONDAY, TUESDAY)
    assert list(read_by(learner)) == [("one", "learn")]


def test_the_end_of_the_text_marks_once_and_only_for_somebody_of_whom_something_is_kept():
    visitor, learner = new_learner(), new_learner()
    assert not mark_unasked(visitor, "one", "learn")
    assert not Learner.objects.filter(key=visitor).exists()
    Learner.objects.create(key=learner)
    assert mark_unasked(learner, "one", "learn")
    assert not mark_unasked(learner, "one", "learn")
    assert Reading.objects.count() == 1


def test_a_mark_that_was_taken_back_is_not_set_again_by_scrolling_but_by_the_button():
    learner = new_learner()
    mark(learner, "one", "learn")
    take_back(learner, "one", "learn")
    assert not mark_unasked(learner, "one", "learn")
    assert not read_by(learner)
    mark(learner, "one", "learn")
    assert read_by(learner)


def test_taking_back_what_never_was_keeps_nothing():
    take_back(new_learner(), "one", "learn")
    assert not Reading.objects.exists()
    assert not Learner.objects.exists()


def test_merging_keeps_the_first_time_and_the_later_word():
    browser, account = new_learner(), new_learner()
    with time_machine.travel(MONDAY, tick=False):
        mark(browser, "one", "learn")
        mark(account, "one", "why")
        mark(browser, "two", "learn")
    with time_machine.travel(TUESDAY, tick=False):
        mark(account, "one", "learn")
        mark(browser, "one", "why")
        mark(account, "three", "learn")
    with time_machine.travel(SUNDAY, tick=False):
        take_back(browser, "one", "why")
    with transaction.atomic():
        merge(browser, account)
    assert not Reading.objects.filter(learner=browser).exists()
    found = {
        (reading.lesson, reading.mode): (reading.read, reading.first, reading.last)
        for reading in Reading.objects.filter(learner=account)
    }
    assert found == {
        ("one", "learn"): (True, MONDAY, TUESDAY),
        ("one", "why"): (False, MONDAY, SUNDAY),
        ("two", "learn"): (True, MONDAY, MONDAY),
        ("three", "learn"): (True, TUESDAY, TUESDAY),
    }


def test_everything_that_is_kept_is_told_the_oldest_first_and_deleted_with_the_learner():
    learner = new_learner()
    for at, mode in ((TUESDAY, "why"), (MONDAY, "learn")):
        with time_machine.travel(at, tick=False):
            mark(learner, "one", mode)
    take_back(learner, "one", "why")
    assert [(row["mode"], row["read"]) for row in rows(learner)] == [("learn", True), ("why", False)]
    assert rows(learner)[0]["first"] == MONDAY.isoformat()
    assert personal_data["readings"].model is Reading
    assert personal_data["readings"].rows(learner) == rows(learner)
    Learner.objects.get(key=learner).delete()
    assert not Reading.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_marks_from_many_tabs_at_once_are_one():
    learner = new_learner()
    assert at_once(*[lambda: mark(learner, "one", "learn")] * 4) == [None] * 4
    assert at_once(*[lambda: mark_unasked(learner, "one", "why")] * 4).count(True) == 1
    assert Reading.objects.count() == 2
