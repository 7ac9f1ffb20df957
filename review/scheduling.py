"""When something is due again: a pure function of what a learner got right and wrong, and on which days.

PyPI `fsrs` says after how many days. Nothing of it is stored: each schedule is worked out anew from the recorded facts,
so it is right whatever is merged, and the same on every machine.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fsrs import Card, Rating, Scheduler

__all__ = ["A_DAY", "LONGEST", "NEW_A_DAY", "Fact", "Rating", "begins", "day_of", "due_day", "new_days"]

A_DAY = timedelta(days=1)
LONGEST = 3650  # days between two reviews at most
NEW_A_DAY = 3  # cards that a learner meets for the first time on one day

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
# No steps of minutes, so each interval is a whole number of days; and no seed, so the same facts give the same day.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)


class Fact(NamedTuple):
    """A fact: at a time, a learner remembered something as well as the rating says."""

    at: datetime
    rating: Rating


def due_day(facts: Iterable[Fact], zone: ZoneInfo) -> date:
    """The day in a zone on which something is due: at least the one after its last fact.

    Args:
        facts: at least one, in any order; their times know their zone.
        zone: that of the learner.
    """
    by_time = sorted([(at.astimezone(UTC), rating) for at, rating in facts])
    # Days of the calendar, and not of 24 hours: fsrs counts only whole days between two facts, so from one evening to
    # the morning two days later it would count one. And on a day of 25 hours, 24 hours later can still be that day.
    days = [day_of(at, zone) for at, _ in by_time]
    since = [(day - days[0]).days for day in days]
    return days[-1] + _interval(tuple([(day, rating) for day, (_, rating) in zip(since, by_time, strict=True)]))


@lru_cache(maxsize=20_000)
def _interval(facts: tuple[tuple[int, Rating], ...]) -> timedelta:
    """How long after the last of these facts something is due, each told by the days since the first one.

    It is kept in memory, for it follows from nothing else: what was missed once has one interval, whoever missed it.
    """
    card = Card(card_id=0)  # without an id it would wait for a millisecond that nobody else has
    for days, rating in facts:
        card, _ = _SCHEDULER.review_card(card, rating, _ANY_DAY + days * A_DAY)
    assert card.last_review
    return card.due - card.last_review


def new_days(entries: Iterable[date], met: int, today: date) -> list[date]:
    """For cards that nobody has met yet, the day on which each is due: a few a day, in their order.

    Args:
        entries: for each card, the first day on which it may be due.
        met: how many others were met for the first time today.
        today: no card is due before.
    """
    taken = {today: met}
    later: dict[date, date] = {}  # from a day on which there is no room to a later one: the days between have none
    days = []
    for entry in entries:
        first = day = max(entry, today)
        while (there := taken.get(day, 0)) >= NEW_A_DAY:
            day = later.get(day) or day + A_DAY
        if day is not first:
            later[first] = day
        taken[day] = there + 1
        days.append(day)
    return days


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The day in a zone on which a time falls."""
    return at.astimezone(zone).date()


def begins(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a zone: at midnight, or, where clocks skip it, at the first moment after."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
