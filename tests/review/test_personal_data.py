import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learners.identity import new_learner
from learners.models import Learner
from learners.personal_data import personal_data
from review.models import Deck, Review
from review.personal_data import DECKS, REVIEWS
from tests.review.conftest import Write

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def known() -> UUID:
    return Learner.objects.create(key=new_learner()).key


def reviewed(learner: UUID, *hours: int, item: str = "one", kind: str = "card") -> None:
    """Reviews of an item, so many hours after noon."""
    for number, hour in enumerate(hours, 1):
        review = Review.objects.create(
            learner_id=learner, lesson="one", kind=kind, item=item, number=number, rating=3, version=f"v{hour}"
        )
        Review.objects.filter(pk=review.pk).update(created=NOON + timedelta(hours=hour))


def numbered(learner: UUID, item: str = "one") -> list[tuple[int, str]]:
    return list(
        Review.objects.filter(learner_id=learner, item=item).order_by("number").values_list("number", "version")
    )


def test_all_that_the_review_keeps_is_in_the_register():
    models = {data.model for data in personal_data.values()}
    assert {Review, Deck} <= models


def test_what_is_kept_is_plain_json_the_oldest_first():
    learner = known()
    reviewed(learner, 5, 2)
    Deck.objects.create(learner_id=learner, lesson="one")
    rows = REVIEWS.rows(learner)
    assert json.loads(json.dumps(rows)) == rows
    assert len({row["version"] for row in rows} - {"v2", "v5"}) == 2  # a version leaves the server only as a token
    assert rows[0]["said"] == "Knew it"
    assert rows[0]["at"] == "2026-01-05T14:00:00+00:00"
    assert [row["lesson"] for row in DECKS.rows(learner)] == ["one"]
    assert REVIEWS.rows(new_learner()) == []


def test_what_was_asked_and_given_is_told_in_words(write: Write):
    lesson = write()
    learner = known()
    reviewed(learner, 1)
    question = lesson.files["quiz.md"].find("single")
    key = next(option.key for option in question.options if option.is_right)
    Review.objects.create(
        learner_id=learner, lesson="one", kind="question", item="single", number=1, rating=3, given=[key], version="v"
    )
    told = [(row["item"], row["given"], row["id"]) for row in REVIEWS.rows(learner)]
    assert sorted(told) == [("Front of one?", None, "one"), ("One of three?", ["right one"], "single")]


def test_merging_keeps_every_review_in_the_order_of_time():
    first, second, other = known(), known(), known()
    reviewed(first, 1, 4)
    reviewed(second, 0, 2, 6)
    reviewed(first, 3, item="two")
    reviewed(second, 3, item="three")
    reviewed(first, 1, kind="question")
    reviewed(other, 9)
    with transaction.atomic():
        REVIEWS.merge(first, second)
    cards = Review.objects.filter(learner_id=second, kind="card", item="one").order_by("number")
    assert list(cards.values_list("number", "version")) == list(enumerate(["v0", "v1", "v2", "v4", "v6"], 1))
    assert numbered(second, "two") == [(1, "v3")]
    assert numbered(second, "three") == [(1, "v3")]
    assert numbered(other) == [(1, "v9")]
    assert not Review.objects.filter(learner_id=first).exists()
    assert Review.objects.count() == 9
    REVIEWS.merge(first, second)
    assert Review.objects.count() == 9


hours = st.lists(st.integers(0, 99), unique=True, max_size=6).map(sorted)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(hours, hours)
def test_whatever_two_learners_reviewed_is_all_there_afterwards(theirs: list[int], own: list[int]):
    first, second = known(), known()
    reviewed(first, *theirs)
    reviewed(second, *own)
    REVIEWS.merge(first, second)
    found = numbered(second)
    assert [number for number, _ in found] == list(range(1, len(theirs) + len(own) + 1))
    assert [version for _, version in found] == [f"v{hour}" for hour in sorted([*theirs, *own])]


def test_merging_decks_keeps_each_once_with_its_earlier_time():
    first, second = known(), known()
    for learner, lesson, hour in ((first, "one", 1), (first, "two", 1), (second, "one", 2), (second, "three", 2)):
        deck = Deck.objects.create(learner_id=learner, lesson=lesson)
        Deck.objects.filter(pk=deck.pk).update(created=NOON + timedelta(hours=hour))
    DECKS.merge(first, second)
    found = Deck.objects.filter(learner_id=second).order_by("lesson").values_list("lesson", "created")
    at = [NOON + timedelta(hours=hours) for hours in range(3)]
    assert list(found) == [("one", at[1]), ("three", at[2]), ("two", at[1])]
    assert Deck.objects.count() == 3


def test_nothing_is_left_of_a_learner_who_is_deleted():
    learner = known()
    reviewed(learner, 1)
    Deck.objects.create(learner_id=learner, lesson="one")
    Learner.objects.filter(key=learner).delete()
    assert not Review.objects.exists()
    assert not Deck.objects.exists()
