"""A database whose file is taken away, replaced or put back while it is open: with real files and connections."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db import connection as default

from config.databases import found, sqlite
from config.sqlite import files as files_of
from config.sqlite.base import COMPANION_GONE, FILE_GONE, DatabaseWrapper

Open = Callable[[], DatabaseWrapper]


@pytest.fixture(autouse=True)
def always_looks(monkeypatch: pytest.MonkeyPatch, django_db_blocker) -> Iterator[None]:
    monkeypatch.setattr(files_of, "LOOK_EVERY", 0.0)
    with django_db_blocker.unblock():  # the databases are files of the test's own
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "offload.sqlite3"
    make(path, "here")
    return path


@pytest.fixture
def connect(path: Path) -> Iterator[Open]:
    """Makes connections as the threads of a web server have them."""
    made: list[DatabaseWrapper] = []

    def connect() -> DatabaseWrapper:
        made.append(connection_to(found(sqlite(path))))
        return made[-1]

    yield connect
    for connection in made:
        connection.close()


def connection_to(database: dict[str, Any]) -> DatabaseWrapper:
    return DatabaseWrapper({**default.settings_dict, **database}, "default")


def make(path: Path, row: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE kept (row TEXT)")
        database.execute("INSERT INTO kept VALUES (?)", [row])


def rows(connection: DatabaseWrapper) -> list[str]:
    """What a request reads, which begins with a look at the connection."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row FROM kept")
        return [row for (row,) in cursor.fetchall()]


def add(connection: DatabaseWrapper, row: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (%s)", [row])


def test_a_file_that_was_taken_away_is_told_of_and_never_made_anew(path: Path, connect: Open):
    connection = connect()
    assert rows(connection) == ["here"]
    assert connection.what_is_wrong() is None
    path.unlink()
    with pytest.raises(OperationalError, match=r"offload\.sqlite3 is gone"):
        rows(connection)
    with pytest.raises(OperationalError, match="is gone"):
        rows(connect())
    assert connection.what_is_wrong() == FILE_GONE
    assert not path.exists()


def test_a_command_makes_a_file_that_is_not_there(tmp_path: Path):
    connection = connection_to(sqlite(tmp_path / "new.sqlite3"))
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (row TEXT)")
    assert (tmp_path / "new.sqlite3").exists()


@pytest.mark.parametrize("companions", ["stay", "go"])
def test_another_file_in_its_place_is_read_at_once_and_is_not_mixed_with_the_former_ones_changes(
    path: Path, connect: Open, companions: str
):
    one, other = connect(), connect()
    assert rows(one) == rows(other) == ["here"]
    add(one, "later")  # which is in the -wal file alone
    backup = path.with_name("backup")
    make(backup, "from the backup")
    if companions == "go":
        for name in ("-wal", "-shm"):
            os.unlink(f"{path}{name}")
    path.unlink()
    shutil.copy(backup, path)
    assert rows(one) == ["from the backup"]
    add(one, "and on")
    assert rows(other) == rows(connect()) == ["from the backup", "and on"]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert Path(f"{path}-wal.of-the-file-before").exists() == (companions == "stay")


def test_the_same_file_put_back_has_all_that_it_had(path: Path, connect: Open):
    connection = connect()
    assert rows(connection) == ["here"]
    add(connection, "later")
    path.rename(path.with_name("elsewhere"))
    with pytest.raises(OperationalError):
        rows(connection)
    path.with_name("elsewhere").rename(path)
    assert rows(connection) == ["here", "later"]


@pytest.mark.parametrize("name", ["-wal", "-shm"])
def test_a_companion_that_was_taken_away_is_told_of_and_costs_no_change(path: Path, connect: Open, name: str):
    connection = connect()
    assert rows(connection) == ["here"]
    os.unlink(f"{path}{name}")
    assert connection.what_is_wrong() == COMPANION_GONE
    add(connection, "later")
    connection.close_if_unusable_or_obsolete()
    shutil.copy(path, path.with_name("copy"))  # as another process finds it, once this one was killed
    with closing(sqlite3.connect(path.with_name("copy"))) as database:
        assert database.execute("SELECT row FROM kept").fetchall() == [("here",), ("later",)]
    connection.close()
    assert rows(connection) == ["here", "later"]
    assert connection.what_is_wrong() is None
