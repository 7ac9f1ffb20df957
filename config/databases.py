"""The settings of the database: SQLite in a file, or PostgreSQL by its URL."""

from pathlib import Path
from typing import Any

import dj_database_url

# Connections to PostgreSQL that the threads of a web process share, and all web processes together. It takes 100
# unless it is told otherwise, of which the workers and commands need some; Django would keep one for each thread: with
# 200 learners answering at once, half of them were refused.
SHARED_CONNECTIONS = 16
ALL_CONNECTIONS = 64
# How long a thread waits for one, in seconds. Also how long a database that is away keeps a reader waiting for the 503.
PATIENCE = 5.0
# How long a writer waits for SQLite, in seconds: a thread for the lock, and a process for the others.
WRITERS_PATIENCE = 20.0


def sqlite(path: Path) -> dict[str, Any]:
    """A file that many threads and processes read and write at once."""
    return {
        "ENGINE": "config.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # A writer takes its lock when it begins, so that two never deadlock half way. The threads of a process wait
            # for a lock of their own before that (config/sqlite).
            "transaction_mode": "IMMEDIATE",
            "timeout": WRITERS_PATIENCE,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def from_url(url: str) -> dict[str, Any]:
    """What a DATABASE_URL names."""
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return sqlite(Path(found["NAME"])) if found["ENGINE"] == "django.db.backends.sqlite3" else found


def shared(database: dict[str, Any], most_waiting: int, processes: int) -> dict[str, Any]:
    """The same database for the web server, whose threads are more than PostgreSQL takes connections.

    Each thread gives its connection back after a request, to Django's pool, where the others wait in the order of
    coming. Commands and the worker connect by themselves, and say at once why they cannot. A file of SQLite is one that
    is there: see `found`.

    Args:
        database: an entry of DATABASES.
        most_waiting: how many threads may wait for a connection; past them, 503 at once.
        processes: how many web processes there are, on all machines.
    """
    if database["ENGINE"] != "django.db.backends.postgresql":
        return found(database)
    from config.postgresql import BoundedConnection  # not at the top: SQLite does without the driver

    pool = {
        "min_size": 1,
        "max_size": max(2, min(SHARED_CONNECTIONS, ALL_CONNECTIONS // processes)),
        "timeout": PATIENCE,
        "max_waiting": most_waiting,
        "connection_class": BoundedConnection,
    }
    # psycopg would try to connect for 130 s, and each try holds one of the pool's three threads.
    options = {"connect_timeout": int(PATIENCE), **database.get("OPTIONS", {}), "pool": pool}
    return {**database, "CONN_MAX_AGE": 0, "OPTIONS": options}


def found(database: dict[str, Any]) -> dict[str, Any]:
    """The same database for whoever serves, and never makes it: commands and the start of a site do (config/sqlite).

    Args:
        database: an entry of DATABASES.
    """
    if database["ENGINE"] != "config.sqlite":
        return database
    return {**database, "OPTIONS": {**database["OPTIONS"], "must_exist": True}}
