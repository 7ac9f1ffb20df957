"""How threads share a few connections to PostgreSQL: with a real one."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from config.postgresql import sharing
from config.postgresql.sharing import Shared

Connect = Callable[[], psycopg.Connection[Any]]


@pytest.fixture
def connect(postgresql: str) -> Iterator[Connect]:
    """Opens a connection. Those that a test leaves open are closed."""
    opened: list[psycopg.Connection[Any]] = []

    def one() -> psycopg.Connection[Any]:
        opened.append(psycopg.connect(postgresql))
        return opened[-1]

    yield one
    for connection in opened:
        connection.close()


def test_what_is_given_back_is_lent_again(connect: Connect):
    shared = Shared(most=2)
    first = shared.take(connect)
    shared.give_back(first)
    assert shared.take(connect) is first


def test_no_more_are_open_than_there_are_places_and_whoever_waits_gets_one(connect: Connect):
    shared = Shared(most=3)
    seen: set[int] = set()

    def use(_: int) -> None:
        connection = shared.take(connect)
        seen.add(id(connection))
        connection.execute("SELECT 1")
        shared.give_back(connection)

    with ThreadPoolExecutor(20) as many:
        list(many.map(use, range(200)))
    assert 1 <= len(seen) <= 3


def test_who_waits_for_too_long_is_told_that_the_database_is_busy(connect: Connect):
    shared = Shared(most=1, patience=0.05)
    shared.take(connect)
    with pytest.raises(psycopg.OperationalError, match=r"was busy for 0\.05 s"):
        shared.take(connect)


def test_a_thread_that_waits_goes_on_as_soon_as_one_is_given_back(connect: Connect):
    shared = Shared(most=1)
    first = shared.take(connect)
    got: list[psycopg.Connection[Any]] = []
    waiting = threading.Thread(target=lambda: got.append(shared.take(connect)))
    waiting.start()
    shared.give_back(first)
    waiting.join(10)
    assert got == [first]


def test_an_open_transaction_is_rolled_back(connect: Connect):
    shared = Shared(most=1)
    first = shared.take(connect)
    first.execute("CREATE TABLE half (x int)")
    shared.give_back(first)
    again = shared.take(connect)
    assert again is first
    assert again.execute("SELECT to_regclass('half')").fetchone() == (None,)


def test_a_broken_connection_is_not_lent_again_and_takes_no_place(connect: Connect):
    shared = Shared(most=1, patience=0.05)
    first = shared.take(connect)
    first.close()
    shared.give_back(first)
    second = shared.take(connect)
    assert second is not first
    assert second.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_takes_no_connection_costs_no_place(connect: Connect):
    shared = Shared(most=1, patience=0.05)

    def refused() -> psycopg.Connection[Any]:
        raise psycopg.OperationalError("refused")

    for _ in range(2):
        with pytest.raises(psycopg.OperationalError, match="refused"):
            shared.take(refused)
    assert not shared.take(connect).closed


def test_one_that_was_given_back_is_asked_first_whether_it_still_answers(connect: Connect):
    shared = Shared(most=1)
    first = shared.take(connect)
    shared.give_back(first)
    assert shared.take(connect) is first
    shared.give_back(first)
    connect().execute("SELECT pg_terminate_backend(%s)", [first.info.backend_pid])
    second = shared.take(connect)
    assert second is not first
    assert first.closed


def test_one_that_lay_idle_for_long_is_closed(connect: Connect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sharing, "KEPT", 0.0)
    shared = Shared(most=1)
    first = shared.take(connect)
    shared.give_back(first)
    assert shared.take(connect) is not first
    assert first.closed
