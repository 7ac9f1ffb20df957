"""The engine `config.sqlite`: Django's own, with one writer of this process at a time, in the order of coming.

SQLite has one writer anyway. A thread that finds it busy sleeps and looks again, up to ten times a second, and may
find it taken every time: with 200 learners answering at once on a busy machine, some waited for the whole 20 s, and
were told that the database was locked. Here, a thread waits for a lock before it asks SQLite at all, which is then
free, or is held by another process for a moment.
"""

from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from config.databases import WRITERS_PATIENCE as PATIENCE
from config.fair_lock import FairLock

_writing = FairLock()

# Django's types leave out the methods that begin with an underscore.


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_lock = False

    def _start_transaction_under_autocommit(self) -> None:
        """Called by Django at the beginning of a transaction, each of which may write."""
        if not _writing.acquire(PATIENCE):
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
        try:
            super()._close()  # type: ignore[misc] # also in the middle of a transaction, which is over then
        finally:
            self._release()

    def _release(self) -> None:
        if self._has_lock:
            self._has_lock = False
            _writing.release()
