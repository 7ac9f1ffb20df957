"""What was counted in the last minutes: the counts as they are now, less those of some minutes ago.

A thread of each web process notes the counts of all of them once a minute. So whichever is asked can say.
"""

import logging
import struct
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from frontdoor import metrics

NOTE_EVERY = 60.0  # seconds: to read what all processes counted takes some 10 ms of the processor
MINUTES = 5

Labels = tuple[tuple[str, str], ...]
Counts = Mapping[tuple[str, Labels], float]  # by the name of a sample and its labels, in the order of their names

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Noted:
    """The counts of one moment, in seconds of a clock that only grows."""

    at: float
    counts: Counts


@dataclass(frozen=True)
class Recent:
    """What was counted in the last `seconds`, and all counts as they are now."""

    seconds: float
    counted: Counts
    now: Counts


_noted: deque[Noted] = deque(maxlen=MINUTES)


class Unreadable(Exception):
    """The files in which the counts are kept cannot be read now."""


def counts() -> Counts:
    """All counts since the site was started; of what goes up and down, what it is now.

    Raises:
        Unreadable: see there.
    """
    try:
        found = metrics.collect()
    except (OSError, RuntimeError, ValueError, struct.error) as error:  # what half a file leads to
        raise Unreadable(str(error)) from error
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for metric in found
        for sample in metric.samples
    }


def look() -> Recent:
    """What was counted since the oldest note, which is MINUTES old at most; without any, all there is.

    Raises:
        Unreadable: see there.
    """
    now = Noted(monotonic(), counts())
    before = _noted[0] if _noted else Noted(now.at, {})
    # Less than before: it began anew, with a web process that was started again.
    grown = {key: max(0.0, value - before.counts.get(key, 0.0)) for key, value in now.counts.items()}
    return Recent(now.at - before.at, grown, now.counts)


def note() -> None:
    """Note what is counted now."""
    try:
        _noted.append(Noted(monotonic(), counts()))
    except Unreadable as error:
        logger.warning("what was counted cannot be noted: %s", error)


def start() -> threading.Event:
    """Note from now on, on a thread of its own. Set the event to stop."""
    note()
    stop = threading.Event()
    threading.Thread(target=_keep_noting, args=(stop,), name="counts", daemon=True).start()
    return stop


def _keep_noting(stop: threading.Event) -> None:
    while not stop.wait(NOTE_EVERY):
        note()
