"""A run that is going on while its learner gets another key is kept for them, and for nobody once they are deleted."""

from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from learners.former_keys import known_as
from learners.identity import new_learner
from learners.models import FormerKey, Learner
from quiz.form_tokens import visitor_of, visitor_token
from stopwatch.measured import Measured
from stopwatch.measurements import keep_experiment
from stopwatch.models import Measurement
from tests.learners.conftest import PASSWORD, Person, learner_of_account

pytestmark = pytest.mark.django_db


def run_ends(learner: UUID | None) -> None:
    """A run of an experiment ends, which this learner began."""
    assert learner
    keep_experiment(learner, "run", Measured("bystanders", 3.0, {"view-p95": 3000.0}), timezone.now())


def test_a_run_goes_along_when_its_learner_signs_in(ada: Person, person: Callable[[], Person]):
    ada.signs_up()
    there = person()
    there.answers()
    began = there.learner
    there.signs_in()
    run_ends(began)
    assert Measurement.objects.get().learner_id == learner_of_account()
    assert Learner.objects.count() == 1


def test_a_run_goes_along_over_every_key_that_its_learner_gets(ada: Person):
    ada.answers()
    began = ada.learner
    ada.signs_up()
    ada.post("account/password/", current=PASSWORD, password="quite another password", again="quite another password")
    run_ends(began)
    assert Measurement.objects.get().learner_id == learner_of_account() != began


@pytest.mark.parametrize("has_account", [False, True])
def test_once_everything_is_deleted_a_run_that_ends_brings_nobody_back(ada: Person, has_account: bool):
    ada.answers()
    keys = {ada.learner}
    if has_account:
        ada.signs_up()
        keys.add(ada.learner)
    ada.post("my-data/delete/")
    for key in keys:
        run_ends(key)
    assert not Measurement.objects.exists()
    assert not Learner.objects.exists()


def test_the_first_run_of_somebody_new_makes_them_known(ada: Person):
    began = new_learner()
    run_ends(began)
    assert Measurement.objects.get().learner_id == began


def test_a_former_key_is_forgotten_after_an_hour(ada: Person, person: Callable[[], Person]):
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        ada.answers()
        began = ada.learner
        assert began
        ada.signs_up()
        assert known_as(began) == learner_of_account()
        clock.shift(3601)
        assert known_as(began) == began
        other = person()
        other.answers()
        other.signs_up("grace")
        assert FormerKey.objects.count() == 1  # noted anew for the other one, and gone for this one


def sent_by(form_token: str) -> UUID:
    return visitor_of(RequestFactory().post("/", {"visitor": form_token}))


def test_a_form_that_was_shown_before_somebody_signed_up_answers_for_somebody_new(ada: Person):
    ada.answers()
    assert ada.learner
    form = visitor_token(ada.learner)
    assert sent_by(form) == ada.learner
    ada.signs_up()
    ada.post("account/sign-out/")
    assert sent_by(form) not in {ada.learner, learner_of_account(), known_as(learner_of_account())}
    assert not Learner.objects.exclude(key=learner_of_account()).exists()
