"""Waiting for one of a few places, in the order of coming."""

import threading
from collections import deque


class Turns:
    """So many places. Whoever waits longest gets the next one: nobody who comes later is ever before them.

    A semaphore of Python's promises no order: whoever comes while a place is handed on may take it, and the one it was
    for goes to the end of the row.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def take(self, patience: float) -> bool:
        """Take a place, and wait for one for at most `patience` seconds. Says whether there was one."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Lock()
            mine.acquire()  # until somebody hands their place on
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._lock:
            if mine not in self._waiting:
                return True  # it was handed on in the last moment
            self._waiting.remove(mine)
            return False

    def give_back(self) -> None:
        """Hand a place on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
