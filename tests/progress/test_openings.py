"""Openings of pages: counted without a query and without anybody, and written from time to time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError
from django.test import Client

from learners.models import Learner
from lessons.catalog import Course
from progress import openings
from progress.models import Opening
from tests.quiz.journey import BROWSER, HTMX

pytestmark = pytest.mark.django_db

LEARN = "/progress/one/learn/"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    openings._tally.clear()
    yield
    openings._tally.clear()


def kept() -> dict[tuple[str, str, date], int]:
    return {(row.lesson, row.mode, row.day): row.count for row in Opening.objects.all()}


def test_a_page_that_asks_for_its_progress_was_opened_and_that_costs_no_query(
    client: Client, course: Course, django_assert_num_queries
):
    with time_machine.travel(datetime(2026, 11, 23, 23, 59, tzinfo=UTC), tick=False) as clock:
        with django_assert_num_queries(0):
            for _ in range(3):
                assert not client.get(LEARN, headers=HTMX).cookies
            client.get("/progress/one/why/", headers=HTMX)
            clock.shift(120)
            client.get(LEARN, headers=HTMX)
        openings.write()
    assert kept() == {
        ("one", "learn", date(2026, 11, 23)): 3,
        ("one", "why", date(2026, 11, 23)): 1,
        ("one", "learn", date(2026, 11, 24)): 1,
    }
    assert not Learner.objects.exists()


def test_nothing_but_the_page_itself_counts(client: Client, course: Course):
    client.get(LEARN)  # a program
    client.get(LEARN, headers=BROWSER)  # the progress as a page of its own
    client.head(LEARN, headers=HTMX)
    client.get("/progress/", headers=HTMX)
    client.get("/progress/one/nothing/", headers=HTMX)
    client.post(f"{LEARN}read/", {"by": "end"}, headers=HTMX)
    openings.write()
    assert kept() == {}


def test_what_is_written_is_added_to_what_was(client: Client, course: Course):
    for expected in (1, 2):
        client.get(LEARN, headers=HTMX)
        openings.write()
        openings.write()
        assert list(kept().values()) == [expected]


def test_nothing_is_written_when_nothing_was_opened(django_assert_num_queries):
    with django_assert_num_queries(0):
        openings.write()


def test_what_cannot_be_written_now_is_written_later(client: Client, course: Course, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise DatabaseError("away")

    client.get(LEARN, headers=HTMX)
    with monkeypatch.context() as broken:
        broken.setattr(openings, "_add", fail)
        openings.write()
    client.get(LEARN, headers=HTMX)
    openings.write()
    assert list(kept().values()) == [2]


def test_a_page_has_one_count_a_day():
    row = {"lesson": "one", "mode": "learn", "day": date(2026, 11, 23)}
    Opening.objects.create(**row)
    with pytest.raises(IntegrityError):
        Opening.objects.create(**row)
