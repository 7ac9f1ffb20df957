"""What counts as a prediction, and until when; reasons; and what statistics may count."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from learners.identity import new_learner
from learners.models import Learner
from quiz.form_tokens import version_token
from quiz.models import Prediction, predictions_of
from quiz.predictions.reading import Predictions
from quiz.predictions.recording import NotRecorded, Refusal, SubmittedChoice, give_reason, keep, settle, states
from tests.quiz.conftest import PREDICTED, measured_by, predictions_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Predictions:
    return predictions_from(PREDICTED)


def said(asked: Predictions, question: str, position: int) -> SubmittedChoice:
    found = asked.find(question)
    assert found
    return SubmittedChoice(question, version_token(found.question), position)


def reason(asked: Predictions, question: str, *, right: bool = True) -> SubmittedChoice:
    found = asked.find(question)
    assert found
    options = found.reason.options
    position = next(place for place, option in enumerate(options, 1) if option.is_right is right)
    return SubmittedChoice(question, version_token(found.reason), position)


def kept(question: str = "ready") -> str:
    return Prediction.objects.get(question=question).chosen


def test_a_prediction_is_kept_by_its_outcome_and_may_be_changed_before_the_run(asked: Predictions):
    learner = new_learner()
    assert keep(asked, learner, [said(asked, "ready", 1)]) == {}
    assert kept() == "sooner"
    assert keep(asked, learner, [said(asked, "ready", 3)]) == {}
    assert kept() == "later"
    assert Prediction.objects.count() == 1


def test_the_same_again_changes_nothing(asked: Predictions):
    learner = new_learner()
    for _ in range(2):
        keep(asked, learner, [said(asked, "ready", 1)])
    row = Prediction.objects.get()
    keep(asked, learner, [said(asked, "ready", 1)])
    assert Prediction.objects.get().changed == row.changed


def test_after_the_runs_that_decide_it_nothing_can_be_predicted_or_changed(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "ready", 1)])
    measured_by(learner, "blocking", "celery")
    assert keep(asked, learner, [said(asked, "ready", 2)]) == {"ready": Refusal.RUN}
    assert kept() == "sooner"
    assert keep(asked, learner, [said(asked, "ready", 1)]) == {}  # a form sent twice says nothing new


def test_a_run_closes_only_what_it_decides_and_for_its_learner(asked: Predictions):
    learner = new_learner()
    measured_by(learner, "blocking")
    measured_by(new_learner(), "celery")
    both = [said(asked, "ready", 1), said(asked, "inp", 1)]
    assert keep(asked, learner, both) == {"inp": Refusal.RUN}
    assert kept("ready") == "sooner"


@pytest.mark.parametrize("case", ["blocking", "celery"])
def test_a_comparison_stays_open_until_all_that_it_compares_was_run(asked: Predictions, case: str):
    learner = new_learner()
    measured_by(learner, case)
    assert settle(asked, learner)[0].row is None
    assert keep(asked, learner, [said(asked, "ready", 1)]) == {}
    measured_by(learner, *({"blocking", "celery"} - {case}))
    (ready, _) = settle(asked, learner)
    assert ready.closed is Refusal.RUN
    assert (kept(), ready.row and ready.row.late) == ("sooner", False)


def test_a_run_in_another_lesson_closes_nothing(asked: Predictions):
    learner = new_learner()
    measured_by(learner, "blocking", "celery", lesson="two")
    measured_by(learner, "blocking", "celery", lesson="")
    assert [state.closed for state in settle(asked, learner)] == [None, None]
    assert keep(asked, learner, [said(asked, "ready", 1)]) == {}


def test_what_was_said_after_the_run_began_is_late_and_no_statistic_counts_it(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "ready", 1), said(asked, "inp", 1)])
    measured_by(learner, "blocking", "celery", began=timezone.now() - timedelta(seconds=3))
    settle(asked, learner)
    assert set(Prediction.objects.values_list("late", flat=True)) == {True}
    assert not predictions_of("one").exists()


def test_what_was_said_before_the_run_counts(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "ready", 1)])
    measured_by(learner, "blocking", "celery")
    settle(asked, learner)
    assert predictions_of("one").get(question="ready").chosen == "sooner"


def test_who_runs_without_predicting_has_made_no_prediction_and_skipped_none(asked: Predictions):
    learner = new_learner()
    measured_by(learner, "blocking")
    assert [state.row is not None for state in settle(asked, learner)] == [False, True]
    assert not any(state.is_skipped for state in settle(asked, learner))
    assert Prediction.objects.get().chosen == ""
    assert not Prediction.objects.get().late


def test_skipping_skips_what_was_not_said_and_keeps_the_rest(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "inp", 2)], skip_the_rest=True)
    assert (kept("inp"), kept("ready")) == ("between", "")
    keep(asked, learner, [], skip_the_rest=True)
    assert (kept("inp"), kept("ready")) == ("between", "")
    keep(asked, learner, [said(asked, "ready", 1)])  # skipped is not for ever
    assert kept("ready") == "sooner"


@pytest.mark.parametrize("word", ["skip", "run", "reason"])
def test_only_a_skip_counts_as_one(asked: Predictions, word: str):
    learner = new_learner()
    if word == "skip":
        keep(asked, learner, [], skip_the_rest=True)
    if word == "reason":
        give_reason(asked, learner, reason(asked, "ready"))
    measured_by(learner, "blocking", "celery")
    ready = settle(asked, learner)[0]
    assert ready.row is not None
    assert ready.is_skipped is (word == "skip")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"form_token": "0" * 16}, Refusal.CHANGED),
        ({"form_token": ""}, Refusal.CHANGED),
        ({"position": 0}, Refusal.NO_SUCH_OPTION),
        ({"position": 4}, Refusal.NO_SUCH_OPTION),
        ({"question": "nonsense"}, Refusal.GONE),
    ],
)
def test_what_is_no_prediction_is_not_kept_and_costs_no_other(
    asked: Predictions, changed: dict[str, object], why: Refusal
):
    bad = SubmittedChoice(**{**vars(said(asked, "ready", 1)), **changed})
    assert keep(asked, new_learner(), [bad]) == {bad.question: why}
    assert not Learner.objects.exists()
    keep(asked, new_learner(), [bad, said(asked, "inp", 1)])
    assert list(Prediction.objects.values_list("question", flat=True)) == ["inp"]


def test_a_reason_is_given_once(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "ready", 1)])
    give_reason(asked, learner, reason(asked, "ready", right=False))
    with pytest.raises(NotRecorded) as refused:
        give_reason(asked, learner, reason(asked, "ready"))
    assert refused.value.why is Refusal.ALREADY
    (state, _) = states(asked, learner)
    assert state.reason
    assert not state.reason.is_right
    assert state.closed is Refusal.REASONED
    assert keep(asked, learner, [said(asked, "ready", 2)]) == {"ready": Refusal.REASONED}


def test_a_reason_without_a_prediction_is_a_skipped_prediction(asked: Predictions):
    learner = new_learner()
    give_reason(asked, learner, reason(asked, "ready"))
    row = Prediction.objects.get()
    assert (row.chosen, row.reason_version) == ("", asked.asked[0].reason.version)


@pytest.mark.parametrize("changed", [{"form_token": "no"}, {"position": 0}, {"position": 9}, {"question": "nonsense"}])
def test_what_is_no_reason_is_not_kept(asked: Predictions, changed: dict[str, object]):
    with pytest.raises(NotRecorded):
        give_reason(asked, new_learner(), SubmittedChoice(**{**vars(reason(asked, "ready")), **changed}))
    assert not Learner.objects.exists()


def test_an_edit_leaves_what_was_said_and_says_that_the_question_changed(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "ready", 1)])
    edited = predictions_from(PREDICTED.replace("When is it ready?", "When was it ready?"))
    (state, _) = states(edited, learner)
    assert state.chosen
    assert (state.chosen.key, state.has_changed) == ("sooner", True)


def test_a_removed_question_is_left_out_and_loses_nothing(asked: Predictions):
    learner = new_learner()
    keep(asked, learner, [said(asked, "ready", 1), said(asked, "inp", 1)])
    shorter = predictions_from(PREDICTED[PREDICTED.index("## How is its INP") :])
    assert [state.prediction.id for state in states(shorter, learner)] == ["inp"]
    assert Prediction.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_there_is_one_prediction_and_one_reason(asked: Predictions):
    learner = new_learner()
    refused: list[Refusal] = []

    def send(position: int) -> None:
        keep(asked, learner, [said(asked, "ready", position)])
        try:
            give_reason(asked, learner, reason(asked, "ready", right=position == 1))
        except NotRecorded as refusal:
            refused.append(refusal.why)
        connection.close()

    threads = [threading.Thread(target=send, args=(position,)) for position in (1, 2, 3, 1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Prediction.objects.count() == 1
    assert refused == [Refusal.ALREADY] * 5
