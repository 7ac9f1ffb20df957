"""Passwords are hashed one at a time, and of several addresses each in turn.

To hash one takes a third of a second of a core, on purpose: so long takes each guess of who has stolen the table. Many
at once would take every core from the lessons, for hashing does not wait for the interpreter's lock. So a reader's
pages have the other cores, and one address that asks for many makes nobody at another one wait for more than one.

Each web process has a turn of its own, and half of those of a machine may have it at once.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock
from time import monotonic, sleep

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from frontdoor import in_common

# How many web processes of a machine may hash at once. There is mostly one for each core.
AT_ONCE = max(1, settings.WEB_PROCESSES // 2)
# How often a process looks whether it may, in seconds, and for how long: the others may have been stopped meanwhile.
LOOK_EVERY, PATIENCE = 0.01, 10.0

# The address from which the request of this thread came, for the hasher is told nothing of it.
asked_from: ContextVar[str] = ContextVar("asked_from", default="")


class Busy(Exception):
    """So many passwords wait to be hashed that one more would wait too long, and hold a thread of the server."""


class Turns:
    """Lets one thread at a time do something.

    Args:
        waiting: how many may wait.
        share: how many of one address may wait.
    """

    def __init__(self, waiting: int, share: int) -> None:
        self._most = waiting
        self._share = share
        self._is_free = True
        self._waiting: dict[str, deque[Event]] = {}  # whose turn is next comes first
        self._lock = Lock()

    @contextmanager
    def turn(self, address: str) -> Iterator[None]:
        """Wait for the turn of an address, and have it while the block runs.

        Raises:
            Busy: too many wait already.
        """
        mine = self._stand_in_line(address)
        if mine is not None:
            mine.wait()
        try:
            yield
        finally:
            self._hand_on()

    def _stand_in_line(self, address: str) -> Event | None:
        """What is set when the turn comes; None when it is there."""
        with self._lock:
            if self._is_free:
                self._is_free = False
                return None
            line = self._waiting.get(address, deque())
            if len(line) >= self._share or sum(map(len, self._waiting.values())) >= self._most:
                raise Busy
            mine = Event()
            line.append(mine)
            self._waiting[address] = line
            return mine

    def _hand_on(self) -> None:
        with self._lock:
            if not self._waiting:
                self._is_free = True
                return
            address = next(iter(self._waiting))
            line = self._waiting.pop(address)
            line.popleft().set()
            if line:
                self._waiting[address] = line  # behind all others


@contextmanager
def _one_of_the_processes() -> Iterator[None]:
    """Wait until so few web processes of this machine hash that this one may, too."""
    common = in_common.current()
    locks = common.locks("hashing") if common else None
    if locks is None:
        yield
        return
    until = monotonic() + PATIENCE
    while (place := locks.take(0, AT_ONCE)) is None and monotonic() < until:
        sleep(LOOK_EVERY)
    try:
        yield
    finally:
        if place is not None:
            locks.give_back(place)


# A class that signs in at once waits in whole, and some of other addresses beside it. Whoever waits holds a thread;
# with every seat's worth of blocking work, some are still left for pages (config/environment.py).
turns = Turns(waiting=settings.SEATS + 4, share=settings.SEATS)


class PBKDF2InTurn(PBKDF2PasswordHasher):
    """Django's own hasher, of its own strength, one at a time."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Called by Django to make a hash, and to compare one.

        Raises:
            Busy: too many wait already.
        """
        with turns.turn(asked_from.get()), _one_of_the_processes():
            return super().encode(password, salt, iterations)
