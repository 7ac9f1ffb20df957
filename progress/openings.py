"""Counts how often each page of a lesson is opened: a tally by day, and nothing of who did.

A lesson page comes from memory, touches no database and is the same for everyone, so it counts nothing. But each page
asks once for where its reader is. That is what is counted: openings, not readers, and only where JavaScript runs.
Who comes back to a page or loads it again opens it again.

Requests only add to a tally in memory. A thread writes it to the database, so that reading costs no query.
"""

import logging
import threading
from collections import Counter
from datetime import date
from multiprocessing.util import Finalize

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from progress.models import Opening

WRITE_EVERY = 5.0  # seconds: at most so much is lost when a process is killed

logger = logging.getLogger(__name__)

Page = tuple[str, str, date]  # lesson, mode, day in UTC

_lock = threading.Lock()
_writing = threading.Lock()
_tally: Counter[Page] = Counter()


def note(lesson: str, mode: str) -> None:
    """Count one opening of a page that there is. Asks no database."""
    with _lock:
        _tally[lesson, mode, timezone.now().date()] += 1


def write() -> None:
    """Add to the database what was counted since. What cannot be written now is kept for the next time."""
    with _writing:
        with _lock:
            counted = Counter(_tally)
            _tally.clear()
        if not counted:
            return
        try:
            _add(counted)
        except DatabaseError as error:
            logger.warning("openings could not be written, and are kept: %s", error)
            with _lock:
                _tally.update(counted)


def _add(counted: Counter[Page]) -> None:
    """All of it or nothing, always in one order, so that two processes never wait for each other."""
    with transaction.atomic():
        for (lesson, mode, day), count in sorted(counted.items()):
            row, _ = Opening.objects.get_or_create(lesson=lesson, mode=mode, day=day)
            Opening.objects.filter(pk=row.pk).update(count=F("count") + count)


def start() -> threading.Event:
    """Write from now on, on a thread of its own, and once more when the process ends. Set the event to stop."""
    stop = threading.Event()
    threading.Thread(target=_keep_writing, args=(stop,), name="openings", daemon=True).start()
    # A process that the web server forked ends without atexit, but not without this.
    Finalize(None, write, exitpriority=0)
    return stop


def _keep_writing(stop: threading.Event) -> None:
    while not stop.wait(WRITE_EVERY):
        try:
            write()
        except Exception:
            # Whatever happens, the next opening is counted.
            logger.exception("openings could not be written")
        finally:
            connection.close()
