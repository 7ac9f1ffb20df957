import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.datastructures import MultiValueDict

from learners.identity import new_learner
from learners.merging import merge
from learners.models import Learner, lock_learner
from quiz.form_tokens import version_token
from quiz.models import Answer, Go, first_attempts
from quiz.questions import Quiz
from quiz.recording import NotRecorded, Refusal, SubmittedAnswer, begin_again, progress_of, record
from tests.quiz.conftest import SOURCE, positions


def sent(quiz: Quiz, question_id: str, *chosen: int, go: int = 1, attempt: int = 1) -> SubmittedAnswer:
    question = quiz.find(question_id)
    assert question
    return SubmittedAnswer(question_id, version_token(question), go, attempt, options(*chosen))


def options(*chosen: int) -> MultiValueDict[str, str]:
    """The form of a choice."""
    return MultiValueDict({"option": list(map(str, chosen))})


def finish(quiz: Quiz, learner, go: int = 1) -> None:
    """Miss the first question, and answer the rest right."""
    wrong = positions(quiz, "single", right=False)
    record(quiz, learner, sent(quiz, "single", wrong[0], go=go))
    record(quiz, learner, sent(quiz, "single", wrong[1], go=go, attempt=2))
    if go == 1:
        for question in ("several", "last"):
            record(quiz, learner, sent(quiz, question, *positions(quiz, question, right=True)))


@pytest.mark.django_db
def test_first_attempts_stay_apart_from_all_others(quiz: Quiz):
    learner = new_learner()
    finish(quiz, learner)
    begin_again(quiz, learner, after=1)
    finish(quiz, learner, go=2)
    assert Answer.objects.count() == 6
    found = first_attempts("one").order_by("created").values_list("question", "correct")
    assert list(found) == [("single", False), ("several", True), ("last", True)]


@pytest.mark.django_db
def test_what_was_chosen_is_kept_by_the_keys_of_the_options(quiz: Quiz):
    learner = new_learner()
    record(quiz, learner, sent(quiz, "single", 1))
    assert Answer.objects.get().given == [quiz.questions[0].options[0].key]
    assert Answer.objects.get().version == quiz.questions[0].version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"form": options()}, Refusal.UNCLEAR),
        ({"form": options(0)}, Refusal.UNCLEAR),
        ({"form": options(4)}, Refusal.UNCLEAR),
        ({"form": options(1, 2)}, Refusal.UNCLEAR),
        ({"question": "removed"}, Refusal.REMOVED),
        ({"question": ""}, Refusal.NOT_ASKED),
        ({"question": "last"}, Refusal.NOT_ASKED),
        ({"go": 2}, Refusal.NOT_ASKED),
        ({"attempt": 2}, Refusal.NOT_ASKED),
        ({"attempt": 0}, Refusal.NOT_ASKED),
        ({"form_token": "0" * 16}, Refusal.CHANGED),
        ({"form_token": ""}, Refusal.CHANGED),
    ],
)
def test_what_is_no_answer_is_not_recorded(quiz: Quiz, change: dict[str, object], why: Refusal):
    good = sent(quiz, "single", 1)
    with pytest.raises(NotRecorded) as refused:
        record(quiz, new_learner(), SubmittedAnswer(**{**vars(good), **change}))
    assert refused.value.why is why
    assert not Answer.objects.exists()
    assert not Learner.objects.exists()


@pytest.mark.django_db
def test_an_answer_is_recorded_once(quiz: Quiz):
    learner = new_learner()
    record(quiz, learner, sent(quiz, "single", 1))
    for position in (1, 2):
        with pytest.raises(NotRecorded) as refused:
            record(quiz, learner, sent(quiz, "single", position))
        assert refused.value.why is Refusal.ALREADY
    assert Answer.objects.count() == 1


@pytest.mark.django_db
def test_a_question_that_changed_under_the_learner_is_not_graded(write_quiz: Callable[[str], Quiz], quiz: Quiz):
    before = sent(quiz, "single", 1)
    changed = write_quiz(SOURCE.replace("wrong one", "now the right one"))
    with pytest.raises(NotRecorded) as refused:
        record(changed, new_learner(), before)
    assert refused.value.why is Refusal.CHANGED


@pytest.mark.django_db
def test_a_fresh_go_begins_once_and_only_when_something_was_missed(quiz: Quiz):
    learner = new_learner()
    with pytest.raises(NotRecorded):
        begin_again(quiz, learner, after=1)
    finish(quiz, learner)
    with pytest.raises(NotRecorded):
        begin_again(quiz, learner, after=0)
    with pytest.raises(NotRecorded):
        begin_again(quiz, learner, after=2)
    begin_again(quiz, learner, after=1)
    begin_again(quiz, learner, after=1)
    assert list(Go.objects.values_list("number", "questions")) == [(2, ["single"])]
    with pytest.raises(NotRecorded):
        begin_again(quiz, learner, after=2)
    record(quiz, learner, sent(quiz, "single", *positions(quiz, "single", right=True), go=2))
    with pytest.raises(NotRecorded):
        begin_again(quiz, learner, after=2)


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run all of them at the same moment, each on a thread and a connection of its own. Exceptions are results."""
    gate = threading.Barrier(len(actions))
    results: list[object] = [None] * len(actions)

    def run(place: int, action: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = action()
        except NotRecorded as refusal:
            results[place] = refusal.why
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, action)) for place, action in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_two_identical_posts_at_once_give_one_record_and_the_same_state(quiz: Quiz):
    for _ in range(5):
        learner = new_learner()
        one = sent(quiz, "single", 1)
        results = at_once(*[lambda: record(quiz, learner, one)] * 2)  # noqa: B023 - joined within the round
        assert results.count(Refusal.ALREADY) == 1
        assert Answer.objects.filter(learner=learner).count() == 1
        states = at_once(*[lambda: progress_of(quiz, learner)] * 2)  # noqa: B023
        assert states[0] == states[1]


@pytest.mark.django_db(transaction=True)
def test_two_different_answers_at_once_give_one_record(quiz: Quiz):
    learner = new_learner()
    results = at_once(*[lambda place=place: record(quiz, learner, sent(quiz, "single", place)) for place in (1, 2, 3)])
    assert results.count(Refusal.ALREADY) + results.count(Refusal.NOT_ASKED) == 2
    assert Answer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_again_begin_one_go(quiz: Quiz):
    learner = new_learner()
    finish(quiz, learner)
    assert at_once(*[lambda: begin_again(quiz, learner, after=1)] * 3) == [None] * 3
    assert Go.objects.count() == 1


def in_between(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, after an answer was judged and before its turn has come."""
    waiting = [happens]

    def lock(learner: UUID) -> None:
        if waiting:
            # Whoever had the turn before was through with it by now; here the same thread does it within the turn.
            waiting.pop()()
        lock_learner(learner)

    monkeypatch.setattr("quiz.recording.lock_learner", lock)


@pytest.mark.django_db
def test_an_answer_to_what_was_settled_before_its_turn_came_is_not_recorded(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
):
    # In another browser the question was answered rightly, first: merging settles it, and no place is taken twice.
    here, elsewhere = new_learner(), new_learner()
    record(quiz, elsewhere, sent(quiz, "single", *positions(quiz, "single", right=True)))
    record(quiz, here, sent(quiz, "single", positions(quiz, "single", right=False)[0]))
    in_between(monkeypatch, lambda: merge(elsewhere, here))
    with pytest.raises(NotRecorded) as refused:
        record(quiz, here, sent(quiz, "single", *positions(quiz, "single", right=True), attempt=2))
    assert refused.value.why is Refusal.NOT_ASKED
    assert not Answer.objects.filter(learner=here, go=1, attempt=2).exists()


@pytest.mark.django_db
def test_an_answer_of_one_who_had_all_deleted_before_its_turn_came_does_not_stand_alone(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
):
    learner = new_learner()
    record(quiz, learner, sent(quiz, "single", *positions(quiz, "single", right=True)))
    in_between(monkeypatch, lambda: Learner.objects.filter(key=learner).delete())
    with pytest.raises(NotRecorded) as refused:
        record(quiz, learner, sent(quiz, "several", *positions(quiz, "several", right=True)))
    assert refused.value.why is Refusal.NOT_ASKED
    assert not Answer.objects.filter(question="several").exists()


@pytest.mark.django_db
def test_an_answer_that_still_counts_after_what_came_before_its_turn_is_recorded_once(
    write_quiz: Callable[[str], Quiz], monkeypatch: pytest.MonkeyPatch
):
    # The other browser answered a question that the quiz no longer has.
    before_it_left = write_quiz(SOURCE.replace("{#single}", "{#gone}"))
    quiz = write_quiz(SOURCE)
    here, elsewhere = new_learner(), new_learner()
    record(before_it_left, elsewhere, sent(before_it_left, "gone", 1))
    in_between(monkeypatch, lambda: merge(elsewhere, here))
    Learner.objects.create(key=here)
    before, after = record(quiz, here, sent(quiz, "single", 1))
    assert (len(before.attempts), len(after.attempts)) == (0, 1)
    assert after == progress_of(quiz, here)
    assert sorted(Answer.objects.values_list("learner", "question")) == [(here, "gone"), (here, "single")]


@pytest.mark.django_db
def test_in_its_turn_an_answer_is_only_written(quiz: Quiz):
    learner = new_learner()
    record(quiz, learner, sent(quiz, "single", *positions(quiz, "single", right=True)))
    with CaptureQueriesContext(connection) as asked:
        record(quiz, learner, sent(quiz, "several", *positions(quiz, "several", right=True)))
    said = [query["sql"].split()[0] for query in asked.captured_queries]
    assert said == ["SELECT", "SELECT", "SAVEPOINT", "SELECT", "INSERT", "RELEASE"]
