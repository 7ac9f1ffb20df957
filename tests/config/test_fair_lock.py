"""Who waits longest is next: for a lock, and so for writing to SQLite."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from config.databases import from_url
from config.fair_lock import FairLock
from config.sqlite import base
from config.writers import Writers
from learners.models import Learner
from tests.running_process import wait_until


def test_the_lock_is_acquired_once_and_handed_on():
    lock = FairLock()
    assert lock.acquire(0)
    assert not lock.acquire(0)
    lock.release()
    assert lock.acquire(0)


def test_the_order_is_that_of_coming():
    lock = FairLock()
    assert lock.acquire(0)
    order: list[int] = []

    def wait(number: int) -> None:
        lock.acquire(30)
        order.append(number)
        lock.release()

    waiting = [threading.Thread(target=wait, args=(number,)) for number in range(10)]
    for number, thread in enumerate(waiting, 1):
        thread.start()
        wait_until(partial(lambda so_many: len(lock._waiting) == so_many, number), "it waits")
    lock.release()
    for thread in waiting:
        thread.join(30)
    assert order == list(range(10))


def test_who_gives_up_is_not_handed_the_turn():
    lock = FairLock()
    assert lock.acquire(0)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0)


def test_the_turn_is_not_lost_when_many_give_up_just_as_it_is_handed_on():
    lock = FairLock()

    def hurry() -> None:
        for _ in range(300):
            if lock.acquire(0.0001):
                lock.release()

    threads = [threading.Thread(target=hurry) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [lock.acquire(0) for _ in range(2)] == [True, False]


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> FairLock:
    """The lock of SQLite's writers in this process, for which nobody waits here."""
    monkeypatch.setattr(base, "PATIENCE", 0.05)
    monkeypatch.setattr(base, "_writing", Writers())
    return base._writing._threads


def commits() -> None:
    with transaction.atomic():
        Learner.objects.create(key=uuid4())


def rolls_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        1 / 0  # noqa: B018 - it raises


def fails_in_the_database() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("nonsense")


def closes_in_the_middle() -> None:
    with transaction.atomic():
        connection.close()


def nests() -> None:
    with transaction.atomic(), transaction.atomic():
        Learner.objects.create(key=uuid4())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [commits, rolls_back, fails_in_the_database, closes_in_the_middle, nests])
def test_a_transaction_releases_the_lock_that_it_acquired_however_it_ends(lock: FairLock, write: Callable[[], None]):
    assert connection.vendor == "sqlite"
    for _ in range(2):
        write()
    assert lock.acquire(0)


@pytest.mark.django_db(transaction=True)
def test_during_a_transaction_nobody_else_has_the_lock_and_reading_needs_none(lock: FairLock):
    with transaction.atomic():
        assert not lock.acquire(0)
    assert lock.acquire(0)
    assert not Learner.objects.exists()
    with pytest.raises(OperationalError, match=r"database is locked: others wrote for 0\.05 s"):
        commits()
    lock.release()
    commits()
    assert Learner.objects.count() == 1


def test_a_sqlite_that_the_user_names_is_written_in_turn_too():
    found = from_url("sqlite:////srv/elsewhere.sqlite3")
    assert (found["ENGINE"], found["NAME"]) == ("config.sqlite", Path("/srv/elsewhere.sqlite3"))
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
