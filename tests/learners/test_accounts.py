"""Accounts: whose learner a browser is after sign-up and sign-in, and what comes together."""

from collections.abc import Callable

import pytest

from learners.identity import COOKIE
from learners.models import Account, Learner
from quiz.models import Answer
from tests.learners.conftest import Person, learner_of_account

pytestmark = pytest.mark.django_db


def test_an_account_takes_over_what_was_done_in_this_browser(ada: Person):
    ada.answers()
    before = ada.learner
    answer = ada.signs_up()
    assert (answer.status_code, answer["Location"]) == (303, "/learners/account/")
    assert ada.learner == learner_of_account() == Answer.objects.get().learner_id
    assert ada.signed_in_as == "ada"
    # Who has planted or copied the cookie from before has nobody's now.
    assert before
    assert ada.learner != before
    assert not Learner.objects.filter(key=before).exists()


def test_an_account_can_be_made_before_anything_is_done(ada: Person):
    ada.signs_up()
    assert ada.learner == learner_of_account()
    ada.answers()
    assert Answer.objects.get().learner_id == learner_of_account()


def test_a_learner_who_has_an_account_is_not_taken_over_by_another_one(ada: Person, person: Callable[[], Person]):
    ada.answers()
    ada.signs_up()
    other = person()
    other.client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    other.signs_up("grace")
    assert other.learner == learner_of_account("grace") != learner_of_account("ada")
    assert Answer.objects.get().learner_id == learner_of_account("ada")


def test_signing_in_merges_what_was_done_in_this_browser(ada: Person, person: Callable[[], Person]):
    ada.answers("single", right=False)
    ada.signs_up()
    there = person()
    there.answers("single", right=True)
    there.answers("several")
    anonymous = there.learner
    assert there.signs_in(join="on", offered="True")["Location"] == "/learners/account/?joined"
    assert there.learner == learner_of_account()
    assert anonymous
    assert not Learner.objects.filter(key=anonymous).exists()
    assert list(Answer.objects.filter(go=1, attempt=1).order_by("question").values_list("question", "correct")) == [
        ("several", True),
        ("single", False),
    ]
    assert Answer.objects.filter(learner=learner_of_account()).count() == 3


def test_what_somebody_else_did_in_this_browser_can_be_left_out(ada: Person, person: Callable[[], Person]):
    ada.signs_up()
    there = person()
    there.answers()
    anonymous = there.learner
    assert "Add what was done in this browser" in there.client.get("/learners/account/sign-in/").content.decode()
    there.signs_in(offered="True")
    assert there.learner == learner_of_account()
    assert Answer.objects.get().learner_id == anonymous


def test_what_was_done_after_the_form_was_opened_is_merged_too(ada: Person, person: Callable[[], Person]):
    ada.signs_up()
    there = person()
    assert "Add what was done" not in there.client.get("/learners/account/sign-in/").content.decode()
    there.answers()
    there.signs_in()
    assert Answer.objects.get().learner_id == learner_of_account()


def test_what_another_account_did_is_never_merged(ada: Person, person: Callable[[], Person]):
    ada.answers()
    ada.signs_up()
    grace = person()
    grace.signs_up("grace")
    grace.post("account/sign-out/")
    grace.client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    grace.signs_in("grace", join="on", offered="True")
    assert grace.learner == learner_of_account("grace")
    assert Answer.objects.get().learner_id == learner_of_account("ada")


def test_signing_up_with_ones_own_name_and_password_is_signing_in_and_loses_nothing(
    ada: Person, person: Callable[[], Person]
):
    ada.answers("single")
    ada.signs_up()
    there = person()
    there.answers("several")
    there.signs_up()
    assert there.signed_in_as == "ada"
    assert {answer.question for answer in Answer.objects.filter(learner_id=learner_of_account())} == {
        "single",
        "several",
    }
    assert Learner.objects.count() == 1


def test_two_clicks_on_sign_up_are_one_sign_up(ada: Person, person: Callable[[], Person]):
    ada.answers()
    twin = person()
    twin.client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    ada.signs_up()
    assert twin.signs_up().status_code == 303
    assert twin.signed_in_as == "ada"
    assert Account.objects.count() == 1


def test_a_browser_that_lost_the_cookie_of_its_account_gets_it_again(ada: Person):
    ada.signs_up()
    del ada.client.cookies[COOKIE]
    ada.answers()
    assert ada.learner != learner_of_account()
    ada.client.get("/learners/account/")
    assert ada.learner == learner_of_account() == Answer.objects.get().learner_id


@pytest.mark.parametrize("then", ["signs_in", "signs_up"])
def test_what_another_account_took_over_at_the_same_moment_stays_there(
    ada: Person, person: Callable[[], Person], monkeypatch: pytest.MonkeyPatch, then: str
):
    ada.signs_up()
    there, twin = person(), person()
    there.answers()
    twin.client.cookies[COOKIE] = there.client.cookies[COOKIE].value
    unseen = Learner.objects.get(key=there.learner or "")
    there.signs_up("grace")
    monkeypatch.setattr("learners.accounts.anonymous_learner", lambda _: unseen)
    name = "ada" if then == "signs_in" else "mary"
    assert getattr(twin, then)(name).status_code == 303
    assert twin.learner == learner_of_account(name)
    assert Answer.objects.get().learner_id == learner_of_account("grace")
