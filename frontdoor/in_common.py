"""What the web processes of a site have in common: how often something was done, and which places are taken.

- On one machine they share files of DATA_DIR (count_table.py, place_locks.py): exact, some microseconds, and no broker
  is needed, as the blocking demo and its fence need none.
- Several machines (WEB_MACHINES) have the broker's store in common, which the room that has it registers here. While it
  is away, each machine lets in its part: the bound divided by the number of machines, rounded up.
- Where a folder has no locks, and in a process that is no web server's, each process counts for itself.
"""

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Protocol, TypeVar

from frontdoor.count_table import LONGEST, CountTable
from frontdoor.place_locks import PlaceLocks

# For how long a store that did not answer is not asked again. One request in so many seconds waits for it.
AWAY = 5.0

logger = logging.getLogger(__name__)

Found = TypeVar("Found")


class Away(Exception):
    """The store refuses, or does not answer in time."""


class Store(Protocol):
    """What all machines can reach. Each method takes one round trip, and raises Away."""

    def count(self, keys: list[str], window: int) -> tuple[list[int], float]:
        """Count each key once; how often each was counted in this window (seconds), and how long that still lasts."""

    def take(self, name: str, places: int, seconds: float) -> str | None:
        """One of so many places, for so many seconds at most: what it is given back by. None: there is none."""

    def give_back(self, name: str, place: str) -> None: ...


@dataclass(frozen=True)
class Counted:
    """How often each key was counted, for how many seconds that goes on, and among how many a bound is divided."""

    times: list[int]
    rest: float
    among: int = 1

    def bound(self, whole: int) -> int:
        return ceil(whole / self.among)


class InCommon:
    """The files of one machine, and the store of all of them, if there are several."""

    def __init__(self, folder: Path, machines: int, store: Store | None) -> None:
        """Open what the processes of this machine share.

        Raises:
            OSError: the folder cannot be used, or knows no locks.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.machines = machines
        self._table = CountTable(folder / "counts")
        self._store = store if machines > 1 else None
        self._asked_again = 0.0  # not before
        self._asking = Lock()
        self._locks: dict[str, PlaceLocks | None] = {}
        self._opening = Lock()

    def count(self, what: str, keys: list[tuple[str, Hashable]], window: int) -> Counted:
        """Count something once for each key, anew with each window of so many seconds."""
        assert window <= LONGEST
        names = [f"{what}\n{kind}\n{key}" for kind, key in keys]
        store = self._store
        if store is not None:
            try:
                return Counted(*self._ask(lambda: store.count(names, window)))
            except Away:
                pass
        now = monotonic()
        rest = window - now % window
        return Counted(self._table.add(names, now + rest, now), rest, self.machines)

    def lease(self, name: str, places: int, seconds: float) -> str | None:
        """One of the places that all machines have in common; "" on a single machine.

        Raises:
            Away: the store cannot say.
        """
        store = self._store
        return "" if store is None else self._ask(lambda: store.take(name, places, seconds))

    def end_lease(self, name: str, place: str) -> None:
        """Give back what `lease` gave. While the store is away, it ends by itself."""
        store = self._store
        if store is not None and place:
            try:
                self._ask(lambda: store.give_back(name, place))
            except Away:
                pass

    def locks(self, name: str) -> PlaceLocks | None:
        """The places of that name which the processes of this machine share; None when their file cannot be opened."""
        with self._opening:
            if name not in self._locks:
                self._locks[name] = self._opened(name)
            return self._locks[name]

    def _opened(self, name: str) -> PlaceLocks | None:
        path = self.folder / f"{name}.places"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have taken it away
            return PlaceLocks(path)
        except OSError as error:
            logger.warning("%s cannot be opened, so each web process counts for itself: %s", path, error.strerror)
            return None

    def _ask(self, question: Callable[[], Found]) -> Found:
        """Ask the store, unless it was away a moment ago: then one asks again, and the others do not wait for it."""
        if self._asked_again:
            with self._asking:
                if monotonic() < self._asked_again:
                    raise Away
                self._asked_again = monotonic() + AWAY
        try:
            found = question()
        except Away as away:
            if not self._asked_again:
                logger.warning("the broker is away, so this machine counts for itself: %s", away)
            self._asked_again = monotonic() + AWAY
            raise
        self._asked_again = 0.0
        return found


_store: Store | None = None
_now: InCommon | None = None
_processes = 1


def register_store(store: Store) -> None:
    """Say what all machines have in common, for when there are several."""
    global _store
    _store = store


def start(folder: Path, processes: int, machines: int) -> None:
    """Have everything in common with the other web processes from now on."""
    global _now, _processes
    _processes = processes * machines
    try:
        _now = InCommon(folder, machines, _store)
    except OSError as error:
        logger.warning("%s cannot be shared, so each web process counts for itself: %s", folder, error.strerror)


def current() -> InCommon | None:
    """What is in common; None in a process that counts for itself."""
    return _now


def alone() -> int:
    """Among how many processes a bound is divided where each counts for itself."""
    return 1 if _now else _processes
