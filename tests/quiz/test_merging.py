"""Two histories become one: nothing is lost, the earlier first attempt counts, and the quiz goes on from any of it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from learners.merging import merge
from learners.models import Learner
from quiz.merging import HISTORY, Place, later_goes, places
from quiz.models import Answer, Go, Prediction, first_attempts
from quiz.presenters import shown
from quiz.progress import Attempt, progress
from stopwatch.models import Measurement
from tests.quiz.conftest import SOURCE, measured_by, quiz_from

ADA, GRACE = UUID(int=1), UUID(int=2)
QUESTIONS = ("single", "several", "last", "gone")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUIZ = quiz_from(SOURCE)

# What one side did: of each question the tries of the first go, of some the history of an earlier merge; then goes.
tries = st.sampled_from([[], [True], [False], [False, True], [False, False]])
questions = st.dictionaries(st.sampled_from(QUESTIONS), tries)
sides = st.fixed_dictionaries(
    {
        "first": questions,
        "history": st.dictionaries(st.sampled_from(QUESTIONS), st.lists(st.booleans(), max_size=2)),
        "later": st.lists(questions, max_size=3),
        "times": st.randoms(use_true_random=False),
    }
)


def history(learner: UUID, side: dict[str, Any], pk: int) -> tuple[list[Answer], list[Go]]:
    """The rows of one side, with times at random, but each question's tries one after the other."""
    answers: list[Answer] = []
    goes: list[Go] = []

    def moments(count: int) -> list[datetime]:
        return sorted(START + timedelta(seconds=side["times"].randint(0, 50)) for _ in range(count))

    by_go = {HISTORY: side["history"], 1: side["first"], **dict(enumerate(side["later"], 2))}
    for number, asked in by_go.items():
        if number > 1:
            goes.append(Go(pk=pk + number, learner_id=learner, lesson="one", number=number, questions=list(asked)))
        for question, tried in asked.items():
            for attempt, (right, at) in enumerate(zip(tried, moments(len(tried)), strict=True), 1):
                answers.append(
                    Answer(
                        pk=pk + len(answers),
                        learner_id=learner,
                        lesson="one",
                        question=question,
                        version="v",
                        go=number,
                        attempt=attempt,
                        given=[],
                        grade=float(right),
                        correct=right,
                        created=at,
                    )
                )
    for go, at in zip(goes, moments(len(goes)), strict=True):
        go.created = at
    return answers, goes


History = tuple[list[Answer], list[Go]]


def merged(one: History, other: History) -> tuple[list[Place], dict[int, list[str]]]:
    """Where the answers of two histories went, and the goes of both by their new numbers."""
    numbers = later_goes(one[1], other[1])
    goes = {numbers[go.learner_id, go.lesson, go.number]: go.questions for go in [*one[1], *other[1]]}
    return places(one[0], other[0], numbers), goes


@settings(max_examples=300, deadline=None)
@given(sides, sides)
def test_no_row_is_lost_and_none_takes_the_place_of_another(ada, grace):
    one, other = history(ADA, ada, 1000), history(GRACE, grace, 2000)
    found, goes = merged(one, other)
    assert {place.answer.pk for place in found} == {answer.pk for answer in [*one[0], *other[0]]}
    assert len(found) == len(one[0]) + len(other[0])
    assert len({(place.answer.question, place.go, place.attempt) for place in found}) == len(found)
    assert sorted(goes) == list(range(2, 2 + len(one[1]) + len(other[1])))


@settings(max_examples=300, deadline=None)
@given(sides, sides)
def test_the_first_attempt_is_the_earlier_one_and_nothing_counts_after_a_right_one(ada, grace):
    one, other = history(ADA, ada, 1000), history(GRACE, grace, 2000)
    found, _ = merged(one, other)
    for question in QUESTIONS:
        firsts = [
            answer
            for answer in [*one[0], *other[0]]
            if (answer.question, answer.go, answer.attempt) == (question, 1, 1)
        ]
        counted = sorted(
            (place for place in found if (place.answer.question, place.go) == (question, 1)),
            key=lambda place: place.attempt,
        )
        assert [place.attempt for place in counted] == list(range(1, len(counted) + 1))
        assert not any(place.answer.correct for place in counted[:-1])
        if firsts:
            assert counted[0].answer is min(firsts, key=lambda answer: (answer.created, answer.pk))


@settings(max_examples=300, deadline=None)
@given(sides, sides)
def test_it_makes_no_difference_which_side_has_the_account(ada, grace):
    one, other = history(ADA, ada, 1000), history(GRACE, grace, 2000)
    there, back = merged(one, other), merged(other, one)
    assert {(place.answer.pk, place.go, place.attempt) for place in there[0]} == {
        (place.answer.pk, place.go, place.attempt) for place in back[0]
    }
    assert there[1] == back[1]


@settings(max_examples=200, deadline=None)
@given(sides)
def test_merging_with_nobody_changes_nothing_that_counts(ada):
    answers, goes = history(ADA, ada, 1000)
    found, renumbered = merged((answers, goes), ([], []))
    assert renumbered == {go.number: go.questions for go in goes}
    for place in found:
        assert (place.go, place.attempt) == (place.answer.go, place.answer.attempt)


@settings(max_examples=300, deadline=None)
@given(sides, sides)
def test_the_quiz_goes_on_from_whatever_came_of_it(ada, grace):
    one, other = history(ADA, ada, 1000), history(GRACE, grace, 2000)
    found, goes = merged(one, other)
    state = progress(QUIZ, GRACE, [attempt(place) for place in found], goes)
    assert shown(QUIZ, state).questions
    assert 0 <= state.score.points <= state.score.total == 3
    assert (state.go.current is None) is state.is_over
    assert set(state.missed) <= set(QUESTIONS)
    assert state.is_done in (True, False)
    # What either of the two had settled stays so: its key was shown.
    settled = {asked.question.id for asked in state.goes[0].asked if asked.is_settled}
    for answers, _ in (one, other):
        before = progress(QUIZ, ADA, [recorded(answer, answer.go, answer.attempt) for answer in answers], {})
        assert {asked.question.id for asked in before.goes[0].asked if asked.is_settled} <= settled


def attempt(place: Place) -> Attempt:
    return recorded(place.answer, place.go, place.attempt)


def recorded(answer: Answer, go: int, number: int) -> Attempt:
    return Attempt(answer.question, go, number, [], answer.grade, answer.correct, answer.version)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(sides, sides)
def test_the_database_takes_it_in_one_go(ada, grace):
    Learner.objects.all().delete()
    for learner in (ADA, GRACE):
        Learner.objects.create(key=learner)
    one, other = history(ADA, ada, 1000), history(GRACE, grace, 2000)
    expected, goes = merged(one, other)
    wanted = Counter((place.answer.question, place.go, place.attempt) for place in expected)
    for answers, begun in (one, other):
        rows: list[Answer | Go] = [*answers, *begun]
        for row in rows:
            with time_machine.travel(row.created, tick=False):
                row.save(force_insert=True)
    assert merge(ADA, GRACE)
    of_grace = Answer.objects.filter(learner=GRACE)
    assert Counter(of_grace.values_list("question", "go", "attempt")) == wanted
    assert dict(Go.objects.filter(learner=GRACE).values_list("number", "questions")) == goes
    assert not Learner.objects.filter(key=ADA).exists()


def at(minutes: int):
    return time_machine.travel(START + timedelta(minutes=minutes), tick=False)


def predict(learner: UUID, chosen: str, minute: int, reason: str = "", reason_minute: int = 0) -> None:
    with at(minute):
        owner, _ = Learner.objects.get_or_create(key=learner)
        Prediction.objects.create(
            learner=owner,
            lesson="one",
            question="ready",
            version="v",
            chosen=chosen,
            changed=START + timedelta(minutes=minute),
            reason=reason,
            reason_at=START + timedelta(minutes=reason_minute) if reason else None,
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("of_ada", "of_grace", "counts"),
    [
        (("sooner", 1), ("later", 2), ("sooner", "")),
        (("sooner", 2), ("later", 1), ("later", "")),
        (("", 1), ("later", 2), ("later", "")),
        (("", 1), ("", 2), ("", "")),
        (("sooner", 1), ("later", 2, "because", 3), ("sooner", "because")),
        (("sooner", 1, "hence", 5), ("later", 2, "because", 3), ("sooner", "because")),
        (("sooner", 1, "hence", 3), ("", 2, "because", 5), ("sooner", "hence")),
    ],
)
@pytest.mark.parametrize("account", ["ada", "grace"])
def test_the_first_prediction_counts_and_any_before_a_skip(of_ada, of_grace, counts, account):
    predict(ADA, *of_ada)
    predict(GRACE, *of_grace)
    from_, into = (GRACE, ADA) if account == "ada" else (ADA, GRACE)
    assert merge(from_, into)
    assert Prediction.objects.values_list("learner", "chosen", "reason").get() == (into, *counts)


@pytest.mark.django_db
def test_measurements_change_hands_and_predictions_with_them():
    measured_by(ADA, "blocking", "celery")
    measured_by(GRACE, "blocking")
    predict(ADA, "sooner", 1)
    assert merge(ADA, GRACE)
    assert Measurement.objects.filter(learner=GRACE).count() == 3
    assert Prediction.objects.get().learner_id == GRACE


@pytest.mark.django_db
def test_the_one_that_remains_has_been_here_as_long_as_either_and_is_where_the_browser_is():
    for learner, minute, zone in ((GRACE, 5, "Europe/Berlin"), (ADA, 1, "Asia/Tokyo")):
        with at(minute):
            Learner.objects.create(key=learner, time_zone=zone)
    assert merge(ADA, GRACE)
    remaining = Learner.objects.get()
    assert (remaining.key, remaining.since, remaining.time_zone) == (GRACE, START + timedelta(minutes=1), "Asia/Tokyo")


@pytest.mark.django_db
def test_with_nobody_and_with_oneself_nothing_is_merged():
    Learner.objects.create(key=ADA)
    assert not merge(ADA, ADA)
    assert not merge(GRACE, ADA)
    assert not merge(ADA, GRACE)
    assert Learner.objects.get().key == ADA


@pytest.mark.django_db
def test_answers_of_the_same_question_in_two_browsers_count_once():
    for learner, minute, right in ((ADA, 1, False), (GRACE, 2, True), (ADA, 3, True)):
        owner, _ = Learner.objects.get_or_create(key=learner)
        number = Answer.objects.filter(learner=owner).count() + 1
        with at(minute):
            Answer.objects.create(
                learner=owner, lesson="one", question="single", version="v", go=1, attempt=number, given=[],
                grade=float(right), correct=right,
            )  # fmt: skip
    assert merge(ADA, GRACE)
    assert first_attempts("one").get().correct is False
    assert list(Answer.objects.order_by("-go", "attempt").values_list("go", "attempt", "correct")) == [
        (1, 1, False),
        (1, 2, True),
        (0, 1, True),
    ]
