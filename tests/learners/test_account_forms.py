"""The forms of sign-up and sign-in: what does not do, where they lead, and what a program gets."""

from collections.abc import Callable

import pytest
from django.test import Client

from learners.models import Account, Learner
from tests.learners.conftest import PASSWORD, Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Ada", "ＡＤＡ", " ada "])
def test_a_name_is_one_however_it_is_written(ada: Person, person: Callable[[], Person], name: str):
    ada.signs_up()
    there = person()
    assert "That name is taken" in there.signs_up(name, "another good password").content.decode()
    assert there.signs_in(name).status_code == 303


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


@pytest.mark.parametrize("path", ["", "sign-in/", "sign-up/", "reset/"])
def test_pages_for_one_reader_are_kept_by_no_cache_and_by_no_other_method(client: Client, path: str):
    answer = client.get(f"/learners/account/{path}", headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert client.delete(f"/learners/account/{path}").status_code == 405
