"""Open-loop load: requests are due on a schedule, and leave on time however slow the answers to earlier ones are.

A loop that waits for each answer before it asks again would slow down together with the server, and so leave out the
very requests that would have waited longest. Here a latency counts from when its request was due, so whatever is late
counts as late, also when it was this program that was late.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from time import monotonic, sleep


class Outcome(StrEnum):
    """What became of a request: still on its way, answered, or failed."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True)
class Sample:
    """One request: when it was due, in ms since the load began, and its latency since then, in ms.

    The latency of one that waits is how long it has waited so far.
    """

    due_ms: float
    latency_ms: float
    outcome: Outcome


@dataclass
class _Request:
    due: float  # seconds since the load began
    ended: float | None = None  # likewise
    failed: bool = False


@dataclass
class Load:
    """Requests on a schedule.

    Args:
        due: when each request is due, in seconds since the load begins, ascending.
        ask: makes one request and says whether it was answered; called in a thread of its own for each.
        clock: seconds that only grow. All times of a run come from it.
    """

    due: Sequence[float]
    ask: Callable[[], bool]
    clock: Callable[[], float] = monotonic
    _requests: list[_Request] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _began: float = 0.0

    def run(self, began: float, patience: float) -> None:
        """Send every request when it is due, and wait for their answers.

        Args:
            began: the moment on the clock from which `due` counts.
            patience: seconds after the last was due in which answers may come.
        """
        self._began = began
        for due in self.due:
            wait = began + due - self.clock()
            if wait > 0:
                sleep(wait)
            request = _Request(due)
            self._requests.append(request)
            thread = threading.Thread(target=self._send, args=(request,), daemon=True)
            self._threads.append(thread)
            thread.start()
        until = self.clock() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - self.clock()))

    def _send(self, request: _Request) -> None:
        request.failed = not self.ask()
        request.ended = self.clock() - self._began

    def samples(self) -> list[Sample]:
        """Every request that was due so far, in order."""
        now = self.clock() - self._began
        return [_sample(request, now) for request in list(self._requests)]


def _sample(request: _Request, now: float) -> Sample:
    ended = request.ended
    latency = (now if ended is None else ended) - request.due
    over = Outcome.FAILED if request.failed else Outcome.ANSWERED
    outcome = Outcome.WAITING if ended is None else over
    return Sample(round(request.due * 1000, 1), round(latency * 1000, 1), outcome)


def steady(rate: float, seconds: float) -> list[float]:
    """When requests are due, in seconds: `rate` a second, evenly, from 0 until before `seconds`."""
    return [number / rate for number in range(ceil(rate * seconds))]


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all values do not exceed: the nearest-rank definition.

    It is always one of the values; nothing is interpolated. There must be at least one value.
    """
    rank = max(1, ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]
