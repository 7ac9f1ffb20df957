"""How many connections to PostgreSQL the web processes open: together fewer than it takes."""

import pytest

from config.databases import from_url, shared

POSTGRESQL = from_url("postgres://db/offload")


@pytest.mark.parametrize(
    ("processes", "connections"), [(1, 16), (2, 16), (4, 16), (5, 12), (8, 8), (16, 4), (32, 2), (64, 2)]
)
def test_all_web_processes_together_leave_connections_for_the_workers(processes: int, connections: int):
    pool = shared(POSTGRESQL, most_waiting=40, processes=processes)["OPTIONS"]["pool"]
    assert pool["max_size"] == connections


def test_sqlite_needs_no_pool():
    sqlite = from_url("sqlite:////srv/x.sqlite3")
    assert "pool" not in shared(sqlite, most_waiting=40, processes=2)["OPTIONS"]
