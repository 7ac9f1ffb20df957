"""The engine `config.sqlite`: Django's own, with one writer at a time, in the order of coming.

It also notices when its file is taken away or replaced (config/sqlite/files.py). With the option `must_exist`, which
whoever serves has, it never makes a file: an empty one in place of a lost one would keep the backup from its place.

SQLite has one writer anyway. A thread that finds it busy sleeps and looks again, up to ten times a second, and may
find it taken every time: with 200 learners answering at once on a busy machine, some waited for the whole 20 s, and
were told that the database was locked. Here, a thread waits for its turn before it asks SQLite at all, which is then
free: those of one process have it in the order of coming, and processes take turns (config/writers.py).
"""

import sqlite3
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from config.databases import WRITERS_PATIENCE as PATIENCE
from config.sqlite.files import DatabaseFiles
from config.writers import Writers

_writing = Writers()

FILE_GONE = "its file is gone: put it back, and the site goes on by itself"
COMPANION_GONE = "its -wal or -shm file was taken away while it was open: stop the site and start it again"


@cache
def _files_of(path: Path) -> DatabaseFiles:
    return DatabaseFiles(path)


# Django's types leave out the methods that begin with an underscore.


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_lock = False
        self._turn_at: str | None = None  # the file at which it is this thread's turn to write
        self._files: DatabaseFiles | None = None  # while a connection is open

    def files(self) -> DatabaseFiles | None:
        """The files of a database that has some."""
        return None if self.is_in_memory_db() else _files_of(Path(self.settings_dict["NAME"]).absolute())

    def what_is_wrong(self) -> str | None:
        """Words for an operator about the files; None while nothing is wrong with them."""
        files = self.files()
        if files is None:
            return None
        if not files.is_there():
            return FILE_GONE
        return COMPANION_GONE if files.lacks_companions() else None

    def get_connection_params(self) -> dict[str, Any]:
        """What the connection is made with, less what only this engine knows."""
        params: dict[str, Any] = super().get_connection_params()
        self._must_exist = params.pop("must_exist", False)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file that stands at its path now."""
        files = self.files()
        if files is None:
            return super().get_new_connection(conn_params)
        with files.opening() as standing:
            if self._must_exist:
                if standing is None:
                    raise OperationalError(f"the file {files.path} is gone")
                conn_params = {**conn_params, "database": f"{Path(files.path).as_uri()}?mode=rw"}
            connection = super().get_new_connection(conn_params)
            try:
                connection.execute("SELECT 1 FROM sqlite_master")
            except sqlite3.Error:
                connection.close()
                raise
            files.opened(self, standing)
        self._files = files
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        """Called by Django before and after each request and task."""
        if self._files and not self.in_atomic_block:
            if self._files.is_another(self):
                self.close()
            elif self._files.lacks_companions():
                # What was committed is only in a file that ends with this process: save it into the database's own.
                with suppress(sqlite3.Error):  # the next request tries again
                    self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        super().close_if_unusable_or_obsolete()

    def _start_transaction_under_autocommit(self) -> None:
        """Called by Django at the beginning of a transaction, each of which may write."""
        self._turn_at = None if self.is_in_memory_db() else str(self.settings_dict["NAME"])
        if not _writing.acquire(self._turn_at, PATIENCE):
            raise OperationalError(f"database is locked: others wrote for {PATIENCE:g} s")
        self._has_lock = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._release()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # when this fails, Django rolls back
        self._release()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._release()

    def _close(self) -> None:
        if self._files:
            self._files.closed(self)
            self._files = None
        try:
            super()._close()  # type: ignore[misc] # also in the middle of a transaction, which is over then
        finally:
            self._release()

    def _release(self) -> None:
        if self._has_lock:
            self._has_lock = False
            _writing.release(self._turn_at)
