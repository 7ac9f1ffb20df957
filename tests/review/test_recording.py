from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from learners.identity import new_learner
from learners.models import Learner
from lessons.catalog import Lesson
from quiz.models import Answer
from review.due import schedule
from review.history import Item
from review.models import Deck, Review
from review.recording import NotRecorded, Sent, Why, ask_for, record, token_of
from tests.review.conftest import answer_quiz


def sent_for(learner, item: Item, form: MultiValueDict[str, str]) -> Sent:
    """The form as it would be sent for an item that is due."""
    scheduled = schedule(learner, timezone.now()).find(item)
    assert scheduled
    return Sent(item, token_of(scheduled.content), scheduled.number, form)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_counts_and_the_others_are_told(lesson: Lesson):
    learner = new_learner()
    answer_quiz(lesson, learner, "single")
    Answer.objects.update(created=timezone.now() - timedelta(days=3))
    ask_for(learner, "one")
    for item, form in (
        (Item("one", "question", "single"), MultiValueDict({"option": ["1"]})),
        (Item("one", "card", "one"), MultiValueDict({"rating": ["3"]})),
    ):
        sent = sent_for(learner, item, form)
        gate = Barrier(8)

        def post(sent: Sent = sent, gate: Barrier = gate) -> object:
            gate.wait()
            try:
                return record(learner, sent, timezone.now()).number
            except NotRecorded as refusal:
                return refusal.why
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as many:
            results = [post.result() for post in [many.submit(post) for _ in range(8)]]
        assert sorted(map(str, results)) == sorted(map(str, [1, *[Why.ALREADY] * 7]))
    assert Review.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_asking_for_cards_many_times_at_once_asks_once(lesson: Lesson):
    learner = new_learner()
    gate = Barrier(6)

    def ask() -> None:
        gate.wait()
        try:
            ask_for(learner, "one")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as many:
        for asked in [many.submit(ask) for _ in range(6)]:
            asked.result()
    assert Deck.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_was_deleted_between_looking_and_writing_is_told_so(lesson: Lesson, monkeypatch: pytest.MonkeyPatch):
    learner = new_learner()
    ask_for(learner, "one")
    item = Item("one", "card", "one")
    sent = sent_for(learner, item, MultiValueDict({"rating": ["3"]}))
    now = schedule(learner, timezone.now())
    monkeypatch.setattr("review.recording.schedule", lambda *_: now)
    Learner.objects.filter(key=learner).delete()
    with pytest.raises(NotRecorded) as refused:
        record(learner, sent, timezone.now())
    assert refused.value.why is Why.NOBODY
    assert not Review.objects.exists()
