"""What a reader is told while the database does not answer: with a real one, which lacks a table."""

import logging

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from config.databases import sqlite
from config.sqlite.base import DatabaseWrapper
from frontdoor.database import DatabaseAway
from tests.stopwatch.test_views import known, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_table():
    """Until the test's transaction is rolled back, SQLite answers with an OperationalError."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stopwatch_measurement RENAME TO stopwatch_elsewhere")


@pytest.mark.usefixtures("no_table")
@pytest.mark.parametrize("form", [{}, {"HX-Request": "true"}, {"Accept": "text/html"}])
def test_a_measurement_that_cannot_be_kept_is_told_so_in_words(client: Client, form, caplog):
    with caplog.at_level(logging.ERROR):
        answer = post(client, known(client), headers=form)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert "The database does not answer" in answer.text
    assert not answer.cookies
    assert [record.name for record in caplog.records] == ["frontdoor.database"]
    assert not caplog.records[0].exc_info


@pytest.mark.usefixtures("no_table")
def test_what_needs_no_database_goes_on(client: Client):
    known(client)
    assert client.get("/lessons/defining-tasks/").status_code == 200
    assert client.post("/demos/blocking/", {"seconds": "0"}).status_code == 200


def test_a_file_that_is_damaged_or_just_being_copied_is_told_of_alike(rf, tmp_path):
    (tmp_path / "half").write_bytes(b"SQLite format 3\0" + b"\0" * 4096)
    damaged = DatabaseWrapper({**connection.settings_dict, **sqlite(tmp_path / "half")}, "default")
    with pytest.raises(DatabaseError) as caught, damaged.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master")
    assert not isinstance(caught.value, OperationalError)
    answer = DatabaseAway(lambda _: pytest.fail("not called")).process_exception(rf.get("/"), caught.value)
    assert answer
    assert answer.status_code == 503


def test_any_other_fault_stays_one(rf):
    assert DatabaseAway(lambda _: pytest.fail("not called")).process_exception(rf.get("/"), ValueError()) is None
