"""How the queue, its worker and the line are now, and what became of runs so far, by the store's own account."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from time import time
from typing import Any

from django.conf import settings

from demos.store.client import run_script, worker_key

# Upper edges in seconds, as in common.lua.
EDGES = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 600, inf)


@dataclass
class Times:
    """How many runs took up to each of EDGES, and all of them together in seconds."""

    counts: Counter[float] = field(default_factory=Counter)
    total: float = 0.0

    @property
    def up_to(self) -> list[tuple[float, int]]:
        """Each edge with how many runs took at most that."""
        return [(edge, sum(count for at, count in self.counts.items() if at <= edge)) for edge in EDGES]


@dataclass
class Traffic:
    """What goes through the store.

    Attributes:
        queued: messages on the queue.
        oldest: the seconds since the oldest of them was published, by the clocks of those who publish; 0 without any.
        workers: whether a worker shows that it consumes a queue, by queue.
        in_line: runs of experiments that wait for their turn, or go on.
        outcomes: how many runs ended so, by "report" or their experiment, and in words of the record.
        waits, runs: the same for queue waits and run times.
    """

    queued: int
    oldest: float
    workers: dict[str, bool]
    in_line: int
    outcomes: dict[tuple[str, str], int] = field(default_factory=dict)
    waits: dict[str, Times] = field(default_factory=dict)
    runs: dict[str, Times] = field(default_factory=dict)


def look() -> Traffic:
    """One round trip.

    Raises:
        Unreachable: the store refused or did not answer in time.
    """
    queues = (settings.WAITING_QUEUE, settings.EXPERIMENTS_QUEUE)
    keys = ["", settings.WAITING_QUEUE, *map(worker_key, queues)]
    queued, oldest, *alive, in_line, flat = run_script("measure", keys, [""])
    found = Traffic(queued, _age(oldest), dict(zip(queues, map(bool, alive), strict=True)), in_line)
    _tell(found, dict(zip(flat[::2], map(int, flat[1::2]), strict=True)))
    return found


def _age(message: str) -> float:
    """For how long a message lies there. One of before an upgrade does not say when it was published."""
    headers: Mapping[str, Any] = json.loads(message)["headers"] if message else {}
    published: float | None = headers.get("published_at")
    return 0.0 if published is None else max(0.0, time() - published)


def _tell(found: Traffic, tally: Mapping[str, int]) -> None:
    for name, count in tally.items():
        what, kind, rest = name.split(" ", 2)
        if what == "outcome":
            found.outcomes[kind, rest] = count
            continue
        times = (found.waits if what == "wait" else found.runs).setdefault(kind, Times())
        if rest == "us":
            times.total = count / 1_000_000
        else:
            times.counts[inf if rest == "longer" else float(rest)] = count
