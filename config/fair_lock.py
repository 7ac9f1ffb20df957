"""A lock that is handed on in the order of coming."""

import threading
from collections import deque


class FairLock:
    """A lock that the thread gets next that has waited longest: none that comes later is ever before it.

    A lock of Python's promises no order: a thread that comes while it is handed on may acquire it, and the one it was
    for waits on.
    """

    def __init__(self) -> None:
        self._is_free = True
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def acquire(self, patience: float) -> bool:
        """Acquire the lock, and wait for it for at most `patience` seconds. Says whether it came."""
        with self._lock:
            if self._is_free:
                self._is_free = False
                return True
            mine = threading.Lock()
            mine.acquire()  # until the lock is handed on
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._lock:
            if mine not in self._waiting:
                return True  # it was handed on in the last moment
            self._waiting.remove(mine)
            return False

    def release(self) -> None:
        """Hand the lock on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_free = True
