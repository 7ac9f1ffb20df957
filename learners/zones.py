"""In which time zone a learner's days begin and end: as their browser told it, or else UTC."""

from functools import cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.db import transaction

from learners.models import Learner
from learners.plain_rows import PlainRows

LONGEST = 64  # characters of a name
UNKNOWN = ZoneInfo("UTC")


class _Zone(NamedTuple):
    time_zone: str


_zones = PlainRows(Learner, _Zone, by=("key",))


def zone_of(learner: UUID) -> ZoneInfo:
    """The zone of a learner; UTC when their browser has told none, or they are a visitor."""
    rows = _zones.find(learner)
    return zone_named(rows[0].time_zone if rows else "")


def zone_named(name: str) -> ZoneInfo:
    """The zone with an IANA name; UTC for what is none on this machine."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is an OSError
        return UNKNOWN


def is_zone(name: str) -> bool:
    """Whether this is the IANA name of a time zone, like "Asia/Kolkata"."""
    return len(name) <= LONGEST and name in _names()


def keep_zone(learner: UUID, name: str) -> None:
    """Keep the zone of a learner. Of a visitor, nothing is kept by this either."""
    with transaction.atomic():  # so that it waits for the lock of writers (config/sqlite)
        Learner.objects.filter(key=learner).exclude(time_zone=name).update(time_zone=name)


@cache
def _names() -> frozenset[str]:
    """Every name; looking them up reads several hundred files."""
    return frozenset(available_timezones())
