"""PostgreSQL takes what is sent and says nothing. `make faults` stops the whole server; here one statement is slow."""

import time

import psycopg
import pytest

from config import postgresql
from config.databases import from_url, shared
from config.postgresql import BoundedConnection
from tests.integration.conftest import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL


def test_a_server_that_says_nothing_is_given_up_and_its_connection_is_closed(postgresql_server, monkeypatch):
    monkeypatch.setattr(postgresql, "PATIENCE", 0.3)
    with BoundedConnection.connect(postgresql_server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match=r"no answer within 0\.3 s"):
            connection.execute("SELECT pg_sleep(20)")
        assert time.monotonic() - began < 5
        assert connection.closed  # so nobody takes the late answer for that of the next question


def test_the_web_server_has_connections_of_this_kind():
    options = shared(from_url("postgres://user@host/name"), most_waiting=1, processes=4)["OPTIONS"]
    assert options["pool"]["connection_class"] is BoundedConnection
    assert options["connect_timeout"] == 5
