from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from review.scheduling import LONGEST, NEW_A_DAY, Fact, Rating, begins, day_of, due_day, new_days

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "America/New_York",
        "America/Santiago",  # clocks change at midnight
        "America/Havana",
        "Asia/Kolkata",
        "Asia/Beirut",
        "Australia/Lord_Howe",  # by half an hour
        "Pacific/Auckland",
        "Pacific/Apia",  # had no 30 December 2011
        "Pacific/Kiritimati",
    )
]
zones = st.sampled_from(ZONES)
times = st.datetimes(datetime(2011, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
facts = st.lists(st.builds(Fact, times, st.sampled_from(list(Rating))), min_size=1, max_size=30)


@settings(max_examples=300, deadline=None)
@given(facts, zones)
def test_whatever_happened_it_is_due_on_a_later_day_and_not_for_ever(happened: list[Fact], zone: ZoneInfo):
    last = max(fact.at for fact in happened)
    day = due_day(happened, zone)
    assert timedelta(days=1) <= day - day_of(last, zone) <= timedelta(days=LONGEST)
    assert begins(day, zone) > last or zone.key == "Pacific/Apia"
    assert due_day(list(reversed(happened)), zone) == day


@settings(max_examples=300, deadline=None)
@given(times, zones)
def test_a_day_begins_with_its_first_moment(at: datetime, zone: ZoneInfo):
    day = day_of(at, zone)
    first = begins(day, zone)
    assert first <= at
    if zone.key != "Pacific/Apia":
        assert day_of(first, zone) == day
        assert day_of(first - timedelta(microseconds=1), zone) < day


@given(times, st.sampled_from(list(Rating)), zones)
def test_what_was_known_better_comes_back_no_sooner(at: datetime, rating: Rating, zone: ZoneInfo):
    entered = Fact(at, Rating.Again)
    later = at + timedelta(days=1)
    days = [due_day([entered, Fact(later, worth)], zone) for worth in Rating]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("zone", "missed", "due"),
    [
        ("Pacific/Auckland", "2026-01-05T22:30+13:00", "2026-01-06T00:00+13:00"),
        ("Asia/Kolkata", "2026-01-05T00:05+05:30", "2026-01-06T00:00+05:30"),
        # The day on which clocks go back has 25 hours: 24 hours after its first minute it is still the same day.
        ("America/New_York", "2026-11-01T00:01-04:00", "2026-11-02T00:00-05:00"),
        ("America/New_York", "2026-03-07T23:59-05:00", "2026-03-08T00:00-05:00"),
        ("America/New_York", "2026-03-08T12:00-04:00", "2026-03-09T00:00-04:00"),
        # Where clocks go forward at midnight, the day begins at one o'clock.
        ("America/Santiago", "2026-09-05T12:00-04:00", "2026-09-06T01:00-03:00"),
    ],
)
def test_what_was_missed_is_due_at_the_next_midnight_of_the_learner(zone: str, missed: str, due: str):
    there = ZoneInfo(zone)
    day = due_day([Fact(datetime.fromisoformat(missed), Rating.Again)], there)
    assert begins(day, there) == datetime.fromisoformat(due)


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 20)), max_size=40), st.integers(0, 9))
def test_new_cards_come_a_few_a_day(entries: list[date], met: int):
    today = date(2026, 1, 5)
    days = new_days(entries, met, today)
    assert len(days) == len(entries)
    assert all(day >= max(entry, today) for day, entry in zip(days, entries, strict=True))
    for day in days:
        before = met if day == today else 0
        assert days.count(day) + before <= NEW_A_DAY


def test_how_long_something_takes_to_come_back_follows_from_the_times_between_and_from_nothing_else():
    # So what fsrs said of one learner may be kept in memory for all.
    began = datetime(2026, 1, 5, 9, tzinfo=UTC)
    ratings = (Rating.Again, Rating.Good, Rating.Hard, Rating.Good)
    for later in (timedelta(0), timedelta(days=3, hours=5, microseconds=7), timedelta(days=20_000)):
        scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=3650, enable_fuzzing=False)
        card = Card(card_id=0)
        facts = []
        for place, rating in enumerate(ratings):
            facts.append(Fact(began + later + timedelta(days=place * place + 1, hours=place), rating))
            card, _ = scheduler.review_card(card, rating, facts[-1].at)
        assert due_day(reversed(facts), ZoneInfo("UTC")) == card.due.date()


def test_of_many_new_cards_each_day_takes_three_and_none_is_left_out():
    today = date(2026, 1, 5)
    entries = [today + timedelta(days=number % 2) for number in range(200)]
    days = new_days(entries, 1, today)
    assert all(day >= entry for day, entry in zip(days, entries, strict=True))
    counts = [days.count(today + timedelta(days=number)) for number in range(67)]
    assert counts == [2, *[3] * 66]
