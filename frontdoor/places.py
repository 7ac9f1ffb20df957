"""So many places, which all web processes of a site have in common, and of which one address holds at most a share."""

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from math import ceil
from threading import Lock

from frontdoor import in_common
from frontdoor.in_common import Away, InCommon

# Bytes of the file of locks that each address has for its share, behind the first, which are for all.
ROOM = 4096


@dataclass(frozen=True)
class Place:
    """A place that was taken: by whom, the bytes that stand for it on this machine, and what it is leased by."""

    who: str
    locked: tuple[int, ...] = ()
    lease: str = ""


class Places:
    """So many places, and no queue.

    Args:
        name: what they are for: one word.
        total: how many there are, below 4096.
        share: how many one address may hold; without it, all.
        lease: for how many seconds a place is held at most. With it, several machines take each place from their
            store; without, each machine has its part of them.
    """

    def __init__(self, name: str, total: int, share: int | None = None, lease: float | None = None) -> None:
        assert total < ROOM, "the bytes of the first address begin there"
        self.name = name
        self.total = total
        self.share = share
        self.lease = lease
        self._lock = Lock()
        self._held: Counter[str] = Counter()  # by this process

    def take(self, who: str = "") -> Place | None:
        """Take a place for an address; None: there is none for it."""
        common = in_common.current()
        if not self._has_room(who, 1 if common else in_common.alone()):
            return None
        place = Place(who) if common is None else self._take(common, who)
        if place is None:
            self._forget(who)
        return place

    def give_back(self, place: Place) -> None:
        """Give back a place that was taken. An address that holds none is forgotten."""
        if common := in_common.current():
            self._unlock(common, place.locked)
            common.end_lease(self.name, place.lease)
        self._forget(place.who)

    def _has_room(self, who: str, among: int) -> bool:
        """Whether this process alone holds less than all may hold: if so, one more from now on."""
        with self._lock:
            is_full = self._held.total() >= ceil(self.total / among)
            if is_full or (self.share is not None and self._held.get(who, 0) >= ceil(self.share / among)):
                return False
            self._held[who] += 1
            return True

    def _forget(self, who: str) -> None:
        with self._lock:
            self._held[who] -= 1
            if not self._held[who]:
                del self._held[who]

    def _take(self, common: InCommon, who: str) -> Place | None:
        among, lease = common.machines, ""
        if self.lease is not None:
            try:
                leased = common.lease(self.name, self.total, self.lease)
            except Away:
                pass
            else:
                if leased is None:
                    return None
                among, lease = 1, leased
        locked = self._lock_bytes(common, who, among)
        if locked is None:
            common.end_lease(self.name, lease)
            return None
        return Place(who, locked, lease)

    def _lock_bytes(self, common: InCommon, who: str, among: int) -> tuple[int, ...] | None:
        """A byte for the place, and one of the address's own for its share."""
        locks = common.locks(self.name)
        if locks is None:
            return ()  # what this process holds alone was looked at already
        ranges = [(0, ceil(self.total / among))]
        if self.share is not None:
            digest = int.from_bytes(blake2b(who.encode(), digest_size=5).digest(), "little")
            ranges.append(((digest + 1) * ROOM, ceil(self.share / among)))
        taken: list[int] = []
        for first, places in ranges:
            place = locks.take(first, places)
            if place is None:
                self._unlock(common, tuple(taken))
                return None
            taken.append(place)
        return tuple(taken)

    def _unlock(self, common: InCommon, locked: tuple[int, ...]) -> None:
        locks = common.locks(self.name)
        if locks is not None:
            for place in locked:
                locks.give_back(place)
