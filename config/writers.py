"""The order in which the writers of a file take turns: those of one process as they came, and processes in turn.

A lock on a file (flock) knows no order: who gives it back and asks for it again may have it before one that waits. So
there are two. Who waits for the turn holds the other one, the door, for which everybody else waits meanwhile: whoever
wrote last stands behind them. The system releases both when a process ends, however it ends.
"""

import fcntl
import os
from time import monotonic, sleep

from config.fair_lock import FairLock

# How often a process looks whether the turn has come, in seconds; a writer has it for one or two ms. Waiting in flock
# itself would have no bound.
LOOK_EVERY = 0.0005


class Writers:
    """Whose turn it is to write: a lock for the threads of this process, and then one among processes."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)  # a lock of a file is one and the same in a fork

    def _begin(self) -> None:
        self._threads = FairLock()
        self._files: dict[str, tuple[int, int]] = {}  # the door and the turn of each database

    def acquire(self, database: str | None, patience: float) -> bool:
        """Wait for the turn, for at most `patience` seconds. Says whether it came.

        Args:
            database: the file that is written; None: one that no other process has.
        """
        until = monotonic() + patience
        if not self._threads.acquire(patience):
            return False
        try:
            if database is None or self._come_in(*self._opened(database), until):
                return True
        except OSError:
            return True  # a folder without locks: SQLite's own waiting is all there is
        except BaseException:
            self._threads.release()
            raise
        self._threads.release()
        return False

    def release(self, database: str | None) -> None:
        """Let the next one write."""
        try:
            if database is not None and database in self._files:
                fcntl.flock(self._files[database][1], fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _opened(self, database: str) -> tuple[int, int]:
        if database not in self._files:
            door, turn = (
                os.open(f"{database}-{what}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for what in ("door", "turn")
            )
            self._files[database] = door, turn
        return self._files[database]

    def _come_in(self, door: int, turn: int, until: float) -> bool:
        if not _locked(door, until):
            return False
        try:
            return _locked(turn, until)
        finally:
            fcntl.flock(door, fcntl.LOCK_UN)


def _locked(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                return False
            sleep(LOOK_EVERY)
        else:
            return True
