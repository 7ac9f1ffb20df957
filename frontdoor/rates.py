"""How often something may be done: by one learner, and from one address, where a whole class may sit behind a router.

Counted by all web processes of a site in common (in_common.py), or in memory where a process counts for itself.
The `limits` library was tried: its storage in memory starts a thread for nearly every count, and that took 0.4 ms,
which is half of what a publish costs.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from math import ceil
from threading import Lock
from time import monotonic

from frontdoor import in_common
from frontdoor.in_common import Counted
from frontdoor.metrics import refused

MINUTE = 60  # seconds
HOUR = 60 * MINUTE


class TooMany(Exception):
    """A rate that is used up. `retry_after` is the time in whole seconds, at least 1, until it starts anew."""

    def __init__(self, who: str, what: str, rate: int, retry_after: int, window: int = MINUTE) -> None:
        self.span = "hour" if window == HOUR else "minute"
        each = {"hour": "an hour", "minute": "a minute"}[self.span]
        super().__init__(f"{who} can {what.format(rate=f'{rate:,}')} {each}, and these are used up.")
        self.retry_after = retry_after
        refused(f"{who}: {what.replace(' {rate}', '')}")


class Rates:
    """A number of times a minute (or an hour), for a learner and for an address. All counts start anew with it.

    Args:
        what: what is counted, in words with a place for the number: "start {rate} runs".
        learner: how often a minute one learner may.
        address: how often a minute all behind one address may.
        who: who the learner is, in words, where it is not simply one learner who is counted.
        window: how long a count lasts, in seconds: MINUTE or HOUR.
        name: what the counts are kept under, where `what` says the same as another's.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        what: str,
        *,
        learner: int,
        address: int,
        who: str = "One learner",
        window: int = MINUTE,
        name: str = "",
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.what = what
        self.who = who
        self.name = name or what
        self.window = window
        self.learner = learner
        self.address = address
        self._clock = clock
        self._lock = Lock()
        self._current = 0
        self._counts: Counter[tuple[str, Hashable]] = Counter()

    def count(self, learner: Hashable | None, address: str) -> None:
        """Count one time.

        Args:
            learner: the learner's id (or what stands for `who`), or None for a visitor.
            address: where the request came from.

        Raises:
            TooMany: one of the two rates is used up.
        """
        keys: list[tuple[str, Hashable]] = [("address", address)]
        if learner is not None:
            keys.append(("learner", learner))
        common = in_common.current()
        counted = common.count(self.name, keys, self.window) if common else self._count(keys)
        by_address, by_learner = (*counted.times, 0)[:2]
        rest = max(1, ceil(counted.rest))
        if by_learner > (bound := counted.bound(self.learner)):
            raise TooMany(self.who, self.what, bound, rest, self.window)
        if by_address > (bound := counted.bound(self.address)):
            raise TooMany("All learners behind one address together", self.what, bound, rest, self.window)

    def _count(self, keys: list[tuple[str, Hashable]]) -> Counted:
        """Count in this process alone."""
        now = self._clock()
        with self._lock:
            if now // self.window != self._current:
                self._current = int(now // self.window)
                self._counts.clear()
            self._counts.update(keys)
            times = [self._counts[key] for key in keys]
        return Counted(times, self.window - now % self.window, in_common.alone())
