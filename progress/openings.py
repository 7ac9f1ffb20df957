"""Counts how often each page of a lesson is opened: a tally by day, and nothing of who did.

A lesson page comes from memory, touches no database and is the same for everyone, so it counts nothing. But each page
asks once for where its reader is. That is what is counted: openings, not readers, and only where JavaScript runs.
Who comes back to a page or loads it again opens it again.

A request only adds a line to a file, which outlives the process (opening_notes.py). A thread of each web process writes
them to the database, also those of a process that was killed, so that reading costs no query.
"""

import logging
import threading
from collections import Counter
from multiprocessing.util import Finalize
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from progress.models import Opening
from progress.opening_notes import Notes, Page, what_was_left

WRITE_EVERY = 5.0  # seconds

logger = logging.getLogger(__name__)

_lock = threading.Lock()
_writing = threading.Lock()
_folder: Path | None = None
_notes: Notes | None = None
_tally: Counter[Page] = Counter()  # what no file takes


def note(lesson: str, mode: str) -> None:
    """Count one opening of a page that there is. Asks no database."""
    global _notes
    page = (lesson, mode, timezone.now().date())
    with _lock:
        try:
            if _folder is not None:
                _notes = _notes or Notes(_folder)
                _notes.add(page)
                return
        except OSError as error:
            logger.warning("openings are only kept in memory: %s", error.strerror or error)
        _tally[page] += 1


def write() -> None:
    """Add to the database what was counted since. What cannot be written now is kept for the next time."""
    global _notes
    with _writing:
        with _lock:
            counted = Counter(_tally)
            _tally.clear()
            if _notes is not None:
                _notes.leave()
                _notes = None
        if not _write(counted):
            with _lock:
                _tally.update(counted)


def _write(counted: Counter[Page]) -> bool:
    """Add what was counted here, and all that was left. False: nothing was written, and what was left stays."""
    with what_was_left(_folder or Path("there is none")) as left:
        every = sum((notes.counted() for notes in left), Counter(counted))
        try:
            if every:
                _add(every)
        except DatabaseError as error:
            logger.warning("openings could not be written, and are kept: %s", error)
            return False
        for notes in left:
            notes.discard()
    return True


def _add(counted: Counter[Page]) -> None:
    """All of it or nothing, always in one order, so that two processes never wait for each other."""
    with transaction.atomic():
        for (lesson, mode, day), count in sorted(counted.items()):
            row, _ = Opening.objects.get_or_create(lesson=lesson, mode=mode, day=day)
            Opening.objects.filter(pk=row.pk).update(count=F("count") + count)


def start(folder: Path) -> threading.Event:
    """Write from now on, on a thread of its own, and once more when the process ends. Set the event to stop.

    Args:
        folder: where openings are noted, by all web processes of this machine.
    """
    global _folder
    _folder = folder
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
