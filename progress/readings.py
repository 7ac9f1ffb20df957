"""Marks modes as read, and takes the mark back. A mark is kept once, however often and from wherever it is set.

When is a mode read? When the end of its text has come into view; a mode with cards, when each of them was turned; or
when its reader says so. Only the last makes a visitor known, for the button says "keep this": for merely reading, no
cookie is set and nothing is kept.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from learners.models import Learner, lock_learner
from learners.personal_data import Row
from learners.plain_rows import PlainRows
from progress.models import Reading


def mark(learner: UUID, lesson: str, mode: str) -> None:
    """Mark a mode as read because its reader says so, and record them with their first mark."""
    now = timezone.now()
    with transaction.atomic():
        lock_learner(learner)
        Reading.objects.update_or_create(
            learner_id=learner,
            lesson=lesson,
            mode=mode,
            defaults={"read": True, "last": now},
            create_defaults={"read": True, "first": now, "last": now},
        )


def mark_unasked(learner: UUID, lesson: str, mode: str) -> bool:
    """Mark a mode as read because of what was done there, and say whether that made a difference.

    It overrules no mark that is there, and brings nobody back who had everything about them deleted.
    """
    try:
        with transaction.atomic():
            if not Learner.objects.filter(key=learner).exists():
                return False
            _, is_new = Reading.objects.get_or_create(learner_id=learner, lesson=lesson, mode=mode)
            return is_new
    except IntegrityError:
        return False  # deleted in this very moment, by another tab


def take_back(learner: UUID, lesson: str, mode: str) -> None:
    """Mark a mode as not read. For one that never was, nothing is kept."""
    marks = Reading.objects.filter(learner_id=learner, lesson=lesson, mode=mode, read=True)
    with transaction.atomic():
        marks.update(read=False, last=timezone.now())


class Mark(NamedTuple):
    """A mark of a mode that was read, and when it was set."""

    lesson: str
    mode: str
    last: datetime


_marks = PlainRows(Reading, Mark, by=("learner", "read"))


def read_by(learner: UUID) -> Mapping[tuple[str, str], Mark]:
    """What a learner has read, by lesson and mode: also what the course no longer has. One query."""
    return {(mark.lesson, mark.mode): mark for mark in _marks.find(learner, True)}


def rows(learner: UUID) -> list[Row]:
    """Everything that is kept here about a learner, the oldest first."""
    return [
        {
            "lesson": reading.lesson,
            "mode": reading.mode,
            "read": reading.read,
            "first": reading.first.isoformat(),
            "last": reading.last.isoformat(),
        }
        for reading in Reading.objects.filter(learner_id=learner).order_by("first", "pk")
    ]


def merge(one: UUID, other: UUID) -> None:
    """Make what `one` has read the other's. Where both have, the first time and the later word count."""
    theirs = {(row.lesson, row.mode): row for row in Reading.objects.select_for_update().filter(learner_id=other)}
    for moved in Reading.objects.select_for_update().filter(learner_id=one):
        same = theirs.get((moved.lesson, moved.mode))
        if same is None:
            moved.learner_id = other
            moved.save()
            continue
        later = max(same, moved, key=lambda row: row.last)
        same.first, same.last, same.read = min(same.first, moved.first), later.last, later.read
        same.save()
        moved.delete()
