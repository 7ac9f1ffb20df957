"""Doing something one at a time, in the order of coming."""

import threading
from collections import deque


class FairLock:
    """One has the turn, and whoever waits longest has it next: nobody who comes later is ever before them.

    A lock of Python's promises no order: whoever comes while it is handed on may take it, and the one it was for goes
    to the end of the row.
    """

    def __init__(self) -> None:
        self._is_free = True
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def take(self, patience: float) -> bool:
        """Take the turn, and wait for it for at most `patience` seconds. Says whether it came."""
        with self._lock:
            if self._is_free:
                self._is_free = False
                return True
            mine = threading.Lock()
            mine.acquire()  # until somebody hands the turn on
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._lock:
            if mine not in self._waiting:
                return True  # it was handed on in the last moment
            self._waiting.remove(mine)
            return False

    def give_back(self) -> None:
        """Hand the turn on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_free = True
