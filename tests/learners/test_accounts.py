"""Sign-up, sign-in and sign-out: whose learner a browser is, and what comes together."""

import contextlib
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from frontdoor.rates import TooMany
from learners import attempts
from learners.identity import COOKIE
from learners.models import Account, Learner, Session
from quiz.models import Answer
from tests.learners.conftest import PASSWORD, Person, learner_of_account

pytestmark = pytest.mark.django_db

SESSION = "offload_session"


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


@pytest.mark.parametrize("name", ["Ada", "ＡＤＡ", " ada "])
def test_a_name_is_one_however_it_is_written(ada: Person, person: Callable[[], Person], name: str):
    ada.signs_up()
    there = person()
    assert "That name is taken" in there.signs_up(name, "another good password").content.decode()
    assert there.signs_in(name).status_code == 303


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


def test_nobody_can_keep_the_owner_at_another_address_out(ada: Person):
    ada.signs_up()
    ada.post("account/sign-out/")
    for _ in range(11):
        with contextlib.suppress(TooMany):
            attempts.count_password("ada", "192.0.2.7")
    assert ada.signs_in().status_code == 303


def test_two_clicks_on_sign_up_are_one_sign_up(ada: Person, person: Callable[[], Person]):
    ada.answers()
    twin = person()
    twin.client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    ada.signs_up()
    assert twin.signs_up().status_code == 303
    assert twin.signed_in_as == "ada"
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "Type the name of the account."),
        ({"name": "ada lovelace"}, "Only letters, digits"),
        ({"name": "a" * 61}, "at most 60 characters"),
        ({"name": "ﷺ"}, "Only letters, digits"),
        ({"name": "a\x00da"}, "Null characters are not allowed"),
        ({"email": "nonsense"}, "That is no e-mail address"),
        ({"password": ""}, "Type the password."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "1234567890123", "again": "1234567890123"}, "numeric"),
        ({"password": "password123", "again": "password123"}, "too common"),
        ({"password": "ada-lovelace-1", "again": "ada-lovelace-1", "name": "ada-lovelace"}, "too similar"),
        ({"again": "something else"}, "The two are not the same."),
        ({"password": "x" * 257}, "at most 256 characters"),
    ],
)
def test_a_sign_up_that_does_not_do_says_why_and_keeps_what_was_typed(ada: Person, form: dict[str, str], said: str):
    good = {"name": "ada", "email": "ada@example.org", "password": PASSWORD, "again": PASSWORD}
    answer = ada.post("account/sign-up/", **(good | form))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert 'role="alert"' in html
    assert PASSWORD not in html
    if "email" not in form:
        assert 'value="ada@example.org"' in html
    assert not Account.objects.exists()
    assert not Learner.objects.exists()


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong password"), ("nobody", PASSWORD), ("ada", PASSWORD + " ")]
)
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    ada: Person, person: Callable[[], Person], name: str, password: str
):
    ada.signs_up()
    there = person()
    there.answers()
    before = there.learner
    answer = there.signs_in(name, password)
    assert answer.status_code == 422
    assert "There is no account with this name and this password." in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode()
    assert (there.learner, there.signed_in_as) == (before, None)


def test_after_signing_in_one_goes_on_but_never_off_the_site(ada: Person):
    ada.signs_up()
    for target, leads_to in (
        ("/quiz/one/", "/quiz/one/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nb", "/"),
        ("/" + "a" * 500, "/learners/account/"),
    ):
        ada.post("account/sign-out/")
        assert ada.signs_in(next=target)["Location"] == leads_to
    page = ada.client.get("/learners/account/sign-in/")
    assert page["Location"] == "/learners/account/"


def test_passwords_can_be_tried_ten_times_a_minute_for_a_name_whether_or_not_it_exists(ada: Person):
    for name in ("ada", "nobody"):
        if name == "ada":
            ada.signs_up()
            ada.post("account/sign-out/")
            attempts.passwords._counts.clear()
        for _ in range(10):
            assert ada.signs_in(name, "wrong").status_code == 422
        answer = ada.signs_in(name.upper(), "wrong")
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "For one account, you can try a password 10 times a minute" in answer.content.decode()


def test_one_address_cannot_try_many_names(settings):
    for number in range(2 * settings.SEATS):
        attempts.passwords.count(f"name-{number}", "192.0.2.7")
    with pytest.raises(TooMany, match="behind one address"):
        attempts.passwords.count("another", "192.0.2.7")


def test_sign_ups_are_counted_by_address(ada: Person, settings):
    for _ in range(2 * settings.SEATS):
        attempts.sign_ups.count(None, "127.0.0.1")
    assert ada.signs_up().status_code == 429
    assert not Account.objects.exists()


def test_a_form_of_an_account_needs_its_token():
    client = Client(enforce_csrf_checks=True, headers={"accept": "text/html"})
    for path in ("sign-up", "sign-in", "sign-out", "password", "reset"):
        answer = client.post(f"/learners/account/{path}/")
        assert answer.status_code == 403
        assert "That form is out of date" in answer.content.decode()
    assert client.post("/learners/my-data/delete/").status_code == 403
    token = client.get("/learners/account/sign-in/").cookies["offload_form"].value
    form = {"csrfmiddlewaretoken": token, "name": "ada", "password": "wrong"}
    assert client.post("/learners/account/sign-in/", form).status_code == 422
    form["csrfmiddlewaretoken"] = "x" * 32
    assert client.post("/learners/account/sign-in/", form).status_code == 403


def test_a_program_gets_json(client: Client):
    assert client.get("/learners/account/").json() == {"signed_in_as": None}
    form = {"name": "ada", "password": PASSWORD, "again": PASSWORD}
    assert client.post("/learners/account/sign-up/", form | {"again": ""}).json()["status"] == 422
    assert client.post("/learners/account/sign-up/", form).json()["signed_in_as"] == "ada"
    assert client.post("/learners/account/sign-out/").json() == {"signed_in_as": None}
    assert client.post("/learners/account/sign-in/", form).json() == {"signed_in_as": "ada", "joined": False}


def test_a_program_sends_the_token_that_it_is_given():
    client = Client(enforce_csrf_checks=True)
    form = {"name": "ada", "password": PASSWORD, "again": PASSWORD}
    assert client.post("/learners/account/sign-up/", form).status_code == 403
    given = client.get("/learners/account/sign-up/").json()
    assert given["fields"] == ["name", "email", "password", "again"]
    token = {"csrfmiddlewaretoken": given["csrfmiddlewaretoken"]}
    assert client.post("/learners/account/sign-up/", form | token).status_code == 200
    token = {"csrfmiddlewaretoken": client.get("/learners/my-data/delete/").json()["csrfmiddlewaretoken"]}
    assert client.post("/learners/my-data/delete/", token).json()["deleted"]["accounts"] == 1


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


def test_a_sign_in_that_cannot_be_kept_is_told_in_words(ada: Person, monkeypatch: pytest.MonkeyPatch):
    ada.signs_up()
    ada.post("account/sign-out/")

    def away(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("learners.sessions.SessionStore.save", away)
    answer = ada.signs_in()
    assert answer.status_code == 503
    assert "Retry-After" in answer


@pytest.mark.parametrize("path", ["", "sign-in/", "sign-up/", "reset/"])
def test_pages_for_one_reader_are_kept_by_no_cache_and_by_no_other_method(client: Client, path: str):
    answer = client.get(f"/learners/account/{path}", headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert client.delete(f"/learners/account/{path}").status_code == 405
