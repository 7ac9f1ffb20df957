from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Scheduler
from hypothesis import assume, given, settings
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


def test_how_long_something_takes_to_come_back_follows_from_the_days_between_and_from_nothing_else():
    # So what fsrs said of one learner may be kept in memory for all.
    began = datetime(2026, 1, 5, tzinfo=UTC)
    ratings = (Rating.Again, Rating.Good, Rating.Hard, Rating.Good)
    for later in (0, 3, 20_000):
        scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=3650, enable_fuzzing=False)
        card = Card(card_id=0)
        facts = []
        for place, rating in enumerate(ratings):
            day = began + timedelta(days=later + place * place + 1)
            facts.append(Fact(day + timedelta(hours=(7 * place + 9) % 24, microseconds=place), rating))
            card, _ = scheduler.review_card(card, rating, day)
        assert due_day(reversed(facts), ZoneInfo("UTC")) == card.due.date()


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.key)
def test_the_same_days_give_the_same_schedule_in_the_morning_and_at_night(zone: ZoneInfo):
    for hours in product((0, 7, 22), repeat=3):
        day = date(2026, 11, 2)
        happened, came = [], []
        for hour in hours:  # known well, each time on the day on which it is due
            happened.append(Fact(datetime.combine(day, time(hour), zone), Rating.Good))
            day = due_day(happened, zone)
            came.append(day)
        assert came == [date(2026, 11, 4), date(2026, 11, 15), date(2026, 12, 31)], hours


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.dates(date(2012, 1, 1), date(2040, 1, 1)), st.times(), st.sampled_from(list(Rating))),
        min_size=1,
        max_size=20,
        unique_by=lambda fact: fact[0],
    ),
    zones,
)
def test_a_schedule_depends_on_the_days_and_the_ratings_alone(
    happened: list[tuple[date, time, Rating]], zone: ZoneInfo
):
    at_any_time = [Fact(datetime.combine(day, hour, zone), worth) for day, hour, worth in happened]
    # What clocks skip is no time of that day: where they do so at midnight, it is one of the day before.
    assume(all(day_of(fact.at, zone) == day for fact, (day, _, _) in zip(at_any_time, happened, strict=True)))
    # Where no clock ever changes, at noon.
    at_noon = [Fact(datetime.combine(day, time(12), UTC), worth) for day, _, worth in happened]
    assert due_day(at_any_time, zone) == due_day(at_noon, ZoneInfo("UTC"))


def test_whoever_moves_has_the_days_of_the_place_where_they_are_now():
    happened = [Fact(datetime.fromisoformat(at), Rating.Good) for at in ("2026-11-02T23:30Z", "2026-11-04T12:00Z")]
    assert due_day(happened, ZoneInfo("UTC")) == date(2026, 11, 15)
    # In Auckland it was 3 November, so a day fewer lay between: as for whoever answered on those days there.
    there = [
        Fact(datetime.fromisoformat(at), Rating.Good) for at in ("2026-11-03T12:00+13:00", "2026-11-05T01:00+13:00")
    ]
    auckland = ZoneInfo("Pacific/Auckland")
    assert due_day(happened, auckland) == due_day(there, auckland)


def test_of_many_new_cards_each_day_takes_three_and_none_is_left_out():
    today = date(2026, 1, 5)
    entries = [today + timedelta(days=number % 2) for number in range(200)]
    days = new_days(entries, 1, today)
    assert all(day >= entry for day, entry in zip(days, entries, strict=True))
    counts = [days.count(today + timedelta(days=number)) for number in range(67)]
    assert counts == [2, *[3] * 66]
