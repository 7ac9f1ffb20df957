"""A few connections to PostgreSQL that all threads of a process share.

PostgreSQL keeps a process for each connection, and takes 100 of them unless it is told otherwise. Django keeps a
connection for each thread, and the web server has 2 × (SEATS + 16). With 200 learners answering at once, half of the
threads were refused ("too many clients already"). `psycopg_pool` does the same as this with threads of its own.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any

from psycopg import Connection, DatabaseError, OperationalError
from psycopg.pq import TransactionStatus

from config.turns import Turns

MOST = 16  # that are open at once
PATIENCE = 20.0  # seconds for which a thread waits for one, as long as for SQLite's lock
KEPT = 60.0  # seconds of idleness, after which it is not used again

Open = Connection[Any]


class Shared:
    """At most `most` connections. Each one is a single thread's until that gives it back."""

    def __init__(self, most: int = MOST, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._places = Turns(most)
        self._idle: deque[tuple[Open, float]] = deque()

    def take(self, connect: Callable[[], Open]) -> Open:
        """A connection that was given back and still answers, else a new one.

        Raises:
            OperationalError: all of them were busy for too long, or the server takes no new one.
        """
        if not self._places.take(self.patience):
            raise OperationalError(f"every connection to the database was busy for {self.patience:g} s")
        try:
            return self._kept() or connect()
        except BaseException:
            self._places.give_back()
            raise

    def give_back(self, connection: Open) -> None:
        """Keep a connection for the next thread, unless it is broken. An open transaction is rolled back."""
        try:
            if connection.info.transaction_status != TransactionStatus.IDLE:
                connection.rollback()
            if not connection.closed:
                self._idle.append((connection, monotonic()))
        except DatabaseError:
            connection.close()
        finally:
            self._places.give_back()

    def _kept(self) -> Open | None:
        """The one that was given back last: when few are needed, the others grow old."""
        while self._idle:
            try:
                connection, since = self._idle.pop()
            except IndexError:
                return None  # another thread took it
            if monotonic() - since < KEPT and _answers(connection):
                return connection
            connection.close()
        return None


def _answers(connection: Open) -> bool:
    try:
        connection.autocommit = True
        connection.execute("")
    except DatabaseError:
        return False
    return True
