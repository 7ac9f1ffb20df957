"""Notices that the files of a database were taken away or replaced while it is open, as when a backup is put back.

SQLite does not look: an open connection goes on reading a file that no path leads to any more, and a new one makes an
empty file in its place.
"""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.db import OperationalError

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.25  # seconds: no request pays for looking more often
# SQLite keeps these beside a database that is open: what was committed lately, and an index of it that processes share.
LOG, SHARED = "-wal", "-shm"
KEPT_AS = ".of-the-file-before"

Identity = tuple[int, int]  # the device of a file and its number there: of another file, also of the same name, another


def identity_of(path: str) -> Identity | None:
    """Which file stands at a path now; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class DatabaseFiles:
    """A database's files, as this process has them open and as they stand at their paths. Threads share it."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._lock = threading.Lock()
        self._opening = threading.Lock()  # held for longer: a database may be locked while it is opened
        # Which file each connection of Django's has open. One whose thread has ended is gone by itself.
        self._opened: WeakKeyDictionary[Any, Identity | None] = WeakKeyDictionary()
        self._main: Identity | None = None  # the file that was opened last,
        self._companions: dict[str, Identity | None] = {}  # and its companions then
        self._now: Identity | None = None  # what stood at the path when somebody looked
        self._lacks_companions = False
        self._looked = float("-inf")

    @contextmanager
    def opening(self) -> Iterator[Identity | None]:
        """While the block opens a connection, no other thread does. Gives which file stands at the path.

        What is left of a file that another one has replaced is put away first: SQLite would take the former one's
        latest changes for the new one's, and mix the two.
        """
        with self._opening:
            now = identity_of(self.path)
            with self._lock:
                if self._main is not None and now not in (None, self._main):
                    self._put_companions_away()
            yield now

    def opened(self, connection: Any, main: Identity | None) -> None:
        """Remember which file a connection has open. It has read already: only then the companions are there.

        Args:
            main: what stood at the path before; None for a file that was made just now.
        """
        with self._lock:
            main = main or identity_of(self.path)
            if main != self._main or not self._is_open(main):
                # The connections of a process to one file share its companions, whatever becomes of their paths.
                self._main, self._companions = main, {end: identity_of(self.path + end) for end in (LOG, SHARED)}
            self._opened[connection] = main
            self._looked = float("-inf")

    def closed(self, connection: Any) -> None:
        """Forget a connection."""
        with self._lock:
            self._opened.pop(connection, None)

    def is_there(self) -> bool:
        """Whether a file stands at the path now."""
        return identity_of(self.path) is not None

    def is_another(self, connection: Any) -> bool:
        """Whether a connection has another file open than the one at the path, or there is none any more."""
        self._look()
        return self._opened.get(connection, self._now) != self._now

    def lacks_companions(self) -> bool:
        """Whether the file is there, and what is open beside it is not what stands there."""
        self._look()
        return self._lacks_companions

    def _look(self) -> None:
        if time.monotonic() - self._looked < LOOK_EVERY:
            return
        with self._lock:
            self._now = identity_of(self.path)
            self._lacks_companions = (
                self._now is not None
                and self._now == self._main
                and self._is_open(self._now)
                and any(identity_of(self.path + end) != found for end, found in self._companions.items())
            )
            self._looked = time.monotonic()

    def _is_open(self, main: Identity | None) -> bool:
        return main in set(self._opened.values())

    def _put_companions_away(self) -> None:
        ours = [end for end, found in self._companions.items() if found and identity_of(self.path + end) == found]
        try:
            if SHARED in ours:
                os.unlink(self.path + SHARED)  # an index of the other, which is made anew
            if LOG in ours:
                os.replace(self.path + LOG, kept := self.path + LOG + KEPT_AS)
                logger.warning("another file stands at %s: the latest changes of the former are in %s", self.path, kept)
        except FileNotFoundError:
            pass  # another process was first
        except OSError as error:
            raise OperationalError(f"what is left of the file before cannot be put away: {error}") from error
