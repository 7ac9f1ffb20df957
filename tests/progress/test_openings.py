"""Openings of pages: counted without a query and without anybody, and written from time to time."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError
from django.test import Client

from learners.models import Learner
from lessons.catalog import Course
from progress import openings
from progress.models import Opening
from progress.opening_notes import Notes
from tests.quiz.journey import BROWSER, HTMX

pytestmark = pytest.mark.django_db

LEARN = "/progress/one/learn/"


@pytest.fixture(autouse=True, params=["in files", "in memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where openings are noted; without a folder they are kept in memory."""
    monkeypatch.setattr(openings, "_folder", tmp_path / "web" if request.param == "in files" else None)
    monkeypatch.setattr(openings, "_notes", None)
    openings._tally.clear()
    return tmp_path / "web"


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


in_files = pytest.mark.parametrize("folder", ["in files"], indirect=True)


@in_files
def test_what_another_process_left_is_counted_and_what_one_still_adds_to_is_not(folder: Path):
    at_work, killed = Notes(folder), Notes(folder)
    for notes in (at_work, killed):
        notes.add(("one", "learn", date(2026, 11, 23)))
    killed.leave()  # as the system does for a process that ends
    openings.write()
    assert list(kept().values()) == [1]
    at_work.add(("one", "learn", date(2026, 11, 23)))
    at_work.leave()
    for _ in range(2):
        openings.write()
        assert list(kept().values()) == [3]
    assert list(folder.iterdir()) == []


@in_files
def test_the_half_of_a_line_counts_for_nothing(folder: Path):
    notes = Notes(folder)
    notes.add(("one", "learn", date(2026, 11, 23)))
    os.write(notes._file, b"one learn 2026-1")
    notes.leave()
    openings.write()
    assert list(kept().values()) == [1]


@in_files
def test_what_no_file_takes_is_kept_in_memory(folder: Path, client: Client, course: Course):
    folder.write_text("this is no folder")
    client.get(LEARN, headers=HTMX)
    folder.unlink()
    client.get(LEARN, headers=HTMX)
    openings.write()
    assert list(kept().values()) == [2]
