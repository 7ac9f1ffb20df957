"""What was counted in the last minutes: the counts as they are now, less those of some minutes ago.

Once a minute, a thread of one of the web processes notes the counts of all of them, in a file that all of them read. So
whichever is asked says the same, also one that was started a moment ago.
"""

import json
import logging
import os
import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from frontdoor import metrics

NOTE_EVERY = 60.0  # seconds: to read what all processes counted takes some 10 ms of the processor
SOONER = 5.0  # seconds: what was noted less than a minute ago by so much is another process's note of this minute
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


_noted: Sequence[Noted] = ()  # of a process that shares its counts with nobody


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
    before = next(iter(_notes(now.at)), Noted(now.at, {}))
    # Less than before: it began anew, with a web process that was started again.
    grown = {key: max(0.0, value - before.counts.get(key, 0.0)) for key, value in now.counts.items()}
    return Recent(now.at - before.at, grown, now.counts)


def note() -> None:
    """Note what is counted now, unless another process has just done so."""
    global _noted
    try:
        now = Noted(monotonic(), counts())
    except Unreadable as error:
        logger.warning("what was counted cannot be noted: %s", error)
        return
    notes, shared = _notes(now.at), metrics.shared_file("recent")
    if shared is None:
        _noted = [*notes, now][-MINUTES:]
    elif not notes or now.at - notes[-1].at > NOTE_EVERY - SOONER:
        try:
            _write(shared, [*notes, now][-MINUTES:])
        except OSError as error:
            logger.warning("what was counted cannot be noted: %s", error.strerror)


def _notes(now: float) -> Sequence[Noted]:
    """The notes of the last minutes, the oldest first."""
    shared = metrics.shared_file("recent")
    if shared is None:
        return _noted
    try:
        read = json.loads(shared.read_text())
        notes = [
            Noted(at, {(name, tuple((key, value) for key, value in labels)): count for name, labels, count in counts})
            for at, counts in read
        ]
    except (OSError, ValueError, TypeError):  # there is none yet; or half of one, of a disk that was full
        return ()
    return [each for each in notes if now - (MINUTES + 1) * NOTE_EVERY < each.at <= now]


def _write(path: Path, notes: Sequence[Noted]) -> None:
    """Replace the notes in one step."""
    made = path.with_suffix(f".{os.getpid()}")
    made.write_text(json.dumps([[each.at, [[*key, count] for key, count in each.counts.items()]] for each in notes]))
    made.replace(path)


def start() -> threading.Event:
    """Note from now on, on a thread of its own. Set the event to stop."""
    note()
    stop = threading.Event()
    threading.Thread(target=_keep_noting, args=(stop,), name="counts", daemon=True).start()
    return stop


def _keep_noting(stop: threading.Event) -> None:
    while not stop.wait(NOTE_EVERY):
        note()
