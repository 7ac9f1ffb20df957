"""Places that the processes of one machine share: a place is a byte of a file, and who holds it has locked that byte.

The system itself releases a lock when its process ends, however that ends: a process that was killed keeps no place.
Locking a byte takes some 2 us, and the byte need not be there, so the file stays empty.
"""

import fcntl
import os
from pathlib import Path
from threading import Lock


class PlaceLocks:
    """Locks on bytes of a file, which nothing else in this process may open: closing it would release all of them."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            OSError: it cannot be opened, or its file system knows no locks.
        """
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._lock = Lock()
        self._held: set[int] = set()  # by this process, to which the system would give them once more
        taken = self.take(0, 1)
        if taken is not None:
            self.give_back(taken)

    def take(self, first: int, places: int) -> int | None:
        """The first of so many bytes that nobody holds, which is this process's from now on; None when all are held."""
        with self._lock:
            for place in range(first, first + places):
                if place not in self._held and self._locks(place):
                    self._held.add(place)
                    return place
            return None

    def give_back(self, place: int) -> None:
        """Let others have a byte."""
        with self._lock:
            self._held.discard(place)
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def _locks(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):  # systems differ in how they say that another process has it
            return False
        return True
