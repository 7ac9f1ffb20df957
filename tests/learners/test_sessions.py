"""Sessions: a new key at sign-in, whose they are, and how they end."""

from collections.abc import Callable

import pytest
import time_machine
from django.db import OperationalError

from learners.identity import COOKIE
from learners.models import Account, Session
from progress.models import Reading
from quiz.models import Answer
from tests.learners.conftest import Person, learner_of_account

pytestmark = pytest.mark.django_db

SESSION = "offload_session"


def test_the_session_gets_a_new_key_at_sign_in(ada: Person):
    ada.signs_up()
    first = ada.client.cookies[SESSION].value
    ada.post("account/sign-out/")
    session = ada.client.session
    session["planted"] = True
    session.save()
    planted = ada.client.cookies[SESSION].value
    ada.signs_in()
    assert ada.client.cookies[SESSION].value not in ("", first, planted)
    assert not Session.objects.filter(session_key__in=(first, planted)).exists()


def test_a_session_names_its_account_and_its_cookie_is_like_the_learners(ada: Person):
    answer = ada.signs_up()
    assert Session.objects.get().account == Account.objects.get()
    session, learner = answer.cookies[SESSION], answer.cookies[COOKIE]
    for attribute in ("max-age", "httponly", "samesite", "secure", "path"):
        assert session[attribute] == learner[attribute]


@pytest.mark.parametrize("way", ["account/sign-out/", "fresh/"])
def test_leaving_ends_the_session_and_forgets_the_learner(ada: Person, way: str):
    ada.answers()
    ada.signs_up()
    assert ada.post(way).status_code == 303
    assert ada.learner is None
    assert ada.signed_in_as is None
    assert not Session.objects.exists()
    assert Answer.objects.get().learner_id == learner_of_account()


def test_a_sign_in_that_cannot_be_kept_is_told_in_words(ada: Person, monkeypatch: pytest.MonkeyPatch):
    ada.signs_up()
    ada.post("account/sign-out/")

    def away(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("learners.sessions.SessionStore.save", away)
    answer = ada.signs_in()
    assert answer.status_code == 503
    assert "Retry-After" in answer


def test_the_cookie_of_a_signed_in_learner_counts_beside_its_session_alone(
    ada: Person, person: Callable[[], Person], django_assert_num_queries
):
    ada.signs_up()
    known = ada.learner
    assert known == learner_of_account()
    with django_assert_num_queries(0):
        assert ada.learner == known
    copy = person()
    copy.client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    assert copy.learner is None
    copy.client.cookies[SESSION] = "a" * 32
    assert copy.learner is None


@pytest.mark.parametrize("way", ["account/sign-out/", "fresh/"])
def test_a_sign_out_ends_what_was_copied_within_a_minute_and_no_other_browser(
    ada: Person, person: Callable[[], Person], way: str
):
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        ada.signs_up()
        other, copy = person(), person()
        other.signs_in()
        for name in (COOKIE, SESSION):
            copy.client.cookies[name] = ada.client.cookies[name].value
        ada.post(way)
        clock.shift(61)
        # Whatever the copy does from now on, it does as a visitor.
        copy.client.post("/progress/defining-tasks/performance/read/")
        assert not Reading.objects.filter(learner=learner_of_account()).exists()
        other.client.post("/progress/defining-tasks/performance/read/")
        assert Reading.objects.filter(learner=learner_of_account()).exists()
        assert other.signed_in_as == "ada"


def test_a_session_that_stands_is_looked_up_once_a_minute(ada: Person):
    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        ada.signs_up()
        first = ada.client.cookies[COOKIE].value
        ada.client.get("/progress/")
        assert ada.client.cookies[COOKIE].value == first
        clock.shift(61)
        ada.client.get("/progress/")
        assert ada.client.cookies[COOKIE].value != first
        assert ada.learner == learner_of_account()
        ada.client.cookies[COOKIE] = first
        ada.client.post("/learners/account/sign-out/")
        assert ada.client.cookies[COOKIE].value == ""  # and the cookie of before does not come again


def test_a_learner_is_still_known_while_the_database_is_away(ada: Person, monkeypatch: pytest.MonkeyPatch):
    def away(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    with time_machine.travel("2026-01-05T12:00Z", tick=False) as clock:
        ada.signs_up()
        clock.shift(61)
        monkeypatch.setattr("learners.sessions.SessionStore.load", away)
        assert ada.client.post("/demos/blocking/", {"seconds": "0"}).status_code == 200
