"""A connection to PostgreSQL that waits for an answer for a bounded time."""

from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen

# How long a thread waits for one answer, in seconds. Without a bound, a server that takes what is sent and says nothing
# (a machine that hangs, a disk that does not answer) kept readers waiting for as long as it was silent.
PATIENCE = 5.0

Found = TypeVar("Found")


class BoundedConnection(psycopg.Connection[Any]):
    """A connection of the web server's."""

    def wait(self, gen: PQGen[Found], interval: float = 0.1, timeout: float | None = None) -> Found:
        """Let psycopg wait. What was asked for in vain may have been done all the same.

        Raises:
            psycopg.OperationalError: there was no answer in time. The connection is closed, for the answer may still
                come, and would be taken for that of the next question.
        """
        try:
            return super().wait(gen, interval, PATIENCE if timeout is None else timeout)
        except errors._WaitTimeout as error:  # noqa: SLF001 - it has no public name, and its base has other reasons
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {timeout or PATIENCE:g} s") from error
