"""Sessions: a new key at sign-in, whose they are, and how they end."""

import pytest
from django.db import OperationalError

from learners.identity import COOKIE
from learners.models import Account, Session
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
