"""What is due, against a real clock that is moved."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from learners.identity import new_learner
from learners.merging import merge
from learners.models import Learner as Kept
from lessons.catalog import Lesson
from quiz.models import Answer
from review.due import ScheduledItem, due_counts, schedule
from review.models import Review
from review.recording import ask_for
from review.scheduling import begins
from tests.quiz.conftest import SOURCE
from tests.review.conftest import CARDS, Learner, Write, answer_question, answer_quiz, at

pytestmark = pytest.mark.django_db


def ids(items: tuple[ScheduledItem, ...] | list[ScheduledItem]) -> list[str]:
    return [scheduled.item.id for scheduled in items]


@pytest.mark.parametrize(
    ("zone", "missed", "due"),
    [
        ("Pacific/Auckland", "2026-01-05T22:30+13:00", "2026-01-06T00:00+13:00"),
        ("Asia/Kolkata", "2026-01-05T00:05+05:30", "2026-01-06T00:00+05:30"),
        ("America/New_York", "2026-11-01T00:01-04:00", "2026-11-02T00:00-05:00"),  # a day of 25 hours
        ("America/New_York", "2026-03-07T23:59-05:00", "2026-03-08T00:00-05:00"),  # the day before one of 23
        ("", "2026-01-05T22:30+00:00", "2026-01-06T00:00+00:00"),
    ],
)
def test_a_question_that_was_missed_is_due_at_the_next_midnight_of_the_learner(
    write: Write, zone: str, missed: str, due: str
):
    lesson, learner = write(cards=None), new_learner()
    with time_machine.travel(at(missed), tick=False) as clock:
        answer_quiz(lesson, learner, "single")
        Kept.objects.filter(key=learner).update(time_zone=zone)
        assert not due_counts(learner, timezone.now())
        clock.move_to(at(due) - timedelta(microseconds=1))
        assert not due_counts(learner, timezone.now())
        clock.move_to(at(due))
        assert due_counts(learner, timezone.now()) == {"one": 1}
        assert ids(list(schedule(learner, timezone.now()).due)) == ["single"]
        clock.shift(timedelta(days=400))
        assert due_counts(learner, timezone.now()) == {"one": 1}


def test_what_was_missed_on_one_day_and_shown_on_a_later_one_is_not_due_on_that_day(write: Write):
    lesson, learner = write(cards=None), new_learner()
    quiz = lesson.files["quiz.md"]
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        answer_question(quiz, learner, "single", right=False)
        clock.move_to(at("2026-01-07T12:00Z"))
        answer_question(quiz, learner, "single", right=False, attempt=2)
        clock.move_to(at("2026-01-07T23:59Z"))
        assert not due_counts(learner, timezone.now())
        clock.move_to(at("2026-01-08T00:00Z"))
        assert due_counts(learner, timezone.now()) == {"one": 1}


def test_what_was_right_on_the_first_try_never_enters_and_what_was_partly_right_does(write: Write):
    lesson, learner = write(cards=None), new_learner()
    quiz = lesson.files["quiz.md"]
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        answer_question(quiz, learner, "single", right=True)
        for attempt in (1, 2):
            # A question that may be tried once more is not due yet: its review would give the key away.
            assert ids(schedule(learner, timezone.now()).items) == []
            Answer.objects.create(
                learner_id=learner, lesson="one", question="several", version=quiz.questions[1].version, go=1,
                attempt=attempt, given=[quiz.questions[1].right[0].key], grade=0.5, correct=False,
            )  # fmt: skip
        clock.shift(timedelta(days=30))
        assert ids(schedule(learner, timezone.now()).items) == ["several"]


def test_a_learner_of_whom_nothing_is_kept_has_nothing_due(lesson: Lesson):
    assert not due_counts(new_learner(), timezone.now())
    assert schedule(new_learner(), timezone.now()).next is None


def test_what_merged_learners_both_answered_is_history_that_enters_nothing(write: Write):
    lesson, learner = write(cards=None), new_learner()
    answer_quiz(lesson, learner, "single")
    Answer.objects.filter(question="single").update(go=0)
    assert not schedule(learner, timezone.now()).items


def test_cards_come_from_the_day_after_the_quiz_is_over_three_new_ones_a_day(lesson: Lesson, learner: Learner):
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        for question in ("single", "several"):
            answer_question(lesson.files["quiz.md"], learner.key, question, right=True)
        assert not schedule(learner.key, timezone.now()).items
        answer_question(lesson.files["quiz.md"], learner.key, "last", right=True)
        found = schedule(learner.key, timezone.now())
        assert not found.due
        assert found.next == (at("2026-01-06").date(), 3)
        clock.move_to(at("2026-01-06T00:00Z"))
        assert ids(schedule(learner.key, timezone.now()).due) == ["one", "two", "three"]
        for _ in range(3):
            learner.look()
            learner.turn()
            learner.send(rating=1)
        found = schedule(learner.key, timezone.now())
        assert not found.due
        assert found.next == (at("2026-01-07").date(), 4)
        clock.move_to(at("2026-01-07T08:00Z"))
        assert ids(schedule(learner.key, timezone.now()).due) == ["one", "two", "three", "four"]


def test_a_deck_that_is_asked_for_comes_at_once_and_needs_no_quiz(write: Write, learner: Learner):
    write(quiz=None)
    with time_machine.travel("2026-01-05T12:00Z", tick=False):
        for _ in range(2):
            ask_for(learner.key, "one")
        assert due_counts(learner.key, timezone.now()) == {"one": 3}


def test_what_left_the_content_is_not_due_and_is_again_when_it_comes_back(write: Write):
    lesson, learner = write(), new_learner()
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        answer_quiz(lesson, learner, "single", "last")
        clock.shift(timedelta(days=1))
        assert due_counts(learner, timezone.now()) == {"one": 5}
        write(quiz=SOURCE.replace("{#single}", "{#other}"), cards=CARDS.replace("{#one}", "{#another}"))
        # The quiz has a question that is still open, so no new card comes.
        assert ids(schedule(learner, timezone.now()).due) == ["last"]
        write(quiz=None, cards=None)
        assert not due_counts(learner, timezone.now())
        write()
        assert due_counts(learner, timezone.now()) == {"one": 5}


def test_an_edited_question_keeps_its_schedule_and_is_shown_as_changed(write: Write):
    lesson, learner = write(cards=None), new_learner()
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        answer_quiz(lesson, learner, "single", "last")
        write(quiz=SOURCE.replace("One of three?", "One of these?"), cards=None)
        clock.shift(timedelta(days=1))
        found = {scheduled.item.id: scheduled.has_changed for scheduled in schedule(learner, timezone.now()).due}
        assert found == {"single": True, "last": False}


def test_it_takes_one_query_for_each_table_however_much_there_is(lesson: Lesson, django_assert_num_queries):
    learner = new_learner()
    answer_quiz(lesson, learner, "single", "several", "last")
    for item in ("one", "two", "three"):
        for number in range(1, 20):
            Review.objects.create(
                learner_id=learner, lesson="one", kind="card", item=item, number=number, rating=3, version="x"
            )
    with django_assert_num_queries(4):
        assert due_counts(learner, datetime(2100, 1, 1, tzinfo=UTC)) == {"one": 7}


def come_back(learner: UUID, zone: str, *hours: int) -> list[date]:
    """When a card comes back that is known well each time: at these hours of the days on which it is due."""
    day, came = date(2026, 11, 2), []
    for number, hour in enumerate(hours, 1):
        with time_machine.travel(datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC), tick=False):
            Review.objects.create(
                learner_id=learner, lesson="one", kind="card", item="one", number=number, rating=3, version="x"
            )
            day = next(found.day for found in schedule(learner, timezone.now()).items if found.item.id == "one")
            came.append(day)
    return came


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
@pytest.mark.parametrize("hours", [(7, 7, 7), (22, 22, 22), (22, 7, 7), (22, 7, 22), (7, 22, 7), (0, 23, 0)])
def test_the_hour_of_an_answer_changes_no_day(lesson: Lesson, zone: str, hours: tuple[int, ...]):
    learner = Kept.objects.create(key=new_learner(), time_zone=zone).key
    assert come_back(learner, zone, *hours) == [date(2026, 11, 4), date(2026, 11, 15), date(2026, 12, 31)]


def test_of_merged_learners_the_days_are_those_of_the_zone_that_they_have_now(lesson: Lesson):
    here, there = (Kept.objects.create(key=new_learner(), time_zone=zone).key for zone in ("Asia/Kolkata", "UTC"))
    come_back(here, "Asia/Kolkata", 22, 7)  # on 2 and 4 November, where it is
    merge(here, there)
    found = schedule(there, at("2026-11-20T00:00Z"))
    assert found.zone == ZoneInfo("Asia/Kolkata")
    assert [item.day for item in found.items if item.item.id == "one"] == [date(2026, 11, 15)]


def test_days_begin_where_the_learner_is_now(write: Write):
    lesson, learner = write(cards=None), new_learner()
    with time_machine.travel("2026-01-05T09:30Z", tick=False) as clock:
        answer_quiz(lesson, learner, "single")
        clock.move_to(at("2026-01-05T11:30Z"))
        assert not due_counts(learner, timezone.now())
        Kept.objects.update(time_zone="Pacific/Auckland")  # where it is half past midnight
        assert due_counts(learner, timezone.now()) == {"one": 1}
        zone = ZoneInfo("Pacific/Auckland")
        assert begins(schedule(learner, timezone.now()).today, zone) == at("2026-01-05T11:00Z")
