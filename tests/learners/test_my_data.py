"""Everything that is kept, to look at, to download, and to delete."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from learners import accounts, my_data
from learners.identity import COOKIE
from learners.models import Account, Learner, Session
from learners.my_data import erase
from learners.personal_data import personal_data
from learners.requester import Requester
from quiz.models import Answer, Go, Prediction
from stopwatch.models import Measurement
from tests.learners.conftest import PASSWORD, Person
from tests.quiz.conftest import measured_by

pytestmark = pytest.mark.django_db

JSON = {"accept": "*/*"}


def does_everything(person: Person) -> None:
    person.answers()
    learner = person.learner
    assert learner
    Go.objects.create(learner_id=learner, lesson="one", number=2, questions=["single"])
    Prediction.objects.create(
        learner_id=learner, lesson="one", question="ready", version="v", chosen="sooner", changed=timezone.now()
    )
    measured_by(learner, "blocking")


def test_nothing_is_kept_about_somebody_who_did_nothing(ada: Person):
    page = ada.client.get("/learners/my-data/")
    assert "Nothing is kept about you." in page.content.decode()
    assert "offload_learner" in page.content.decode()
    assert not page.cookies
    assert ada.client.get("/learners/my-data.json").json()["learner"] is None


def test_the_page_has_every_kind_with_what_it_is_for(ada: Person):
    does_everything(ada)
    html = ada.client.get("/learners/my-data/").content.decode()
    for data in personal_data.values():
        assert data.title in html
        assert data.says.split("'")[0] in html
    assert "blocking" in html
    assert "click-to-report 3,010" in html
    assert "single" in html


def test_the_page_shows_the_newest_rows_and_says_how_many_there_are(ada: Person, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(my_data, "SHOWN", 2)
    for question in ("single", "several", "last"):
        ada.answers(question)
    html = ada.client.get("/learners/my-data/").content.decode()
    assert "The newest 2 of 3" in html
    assert "<td>last</td>" in html
    assert "<td>single</td>" not in html


def test_the_download_has_everything_but_the_password(ada: Person):
    does_everything(ada)
    ada.signs_up(email="ada@example.org")
    answer = ada.client.get("/learners/my-data.json")
    assert answer["Content-Disposition"] == 'attachment; filename="offload-my-data.json"'
    assert answer["Cache-Control"] == "no-store"
    found = answer.json()
    assert found["account"]["name"] == "ada"
    assert found["account"]["email"] == "ada@example.org"
    assert len(found["account"]["sessions_end"]) == 1
    assert [len(found[name]) for name in ("answers", "goes", "predictions", "measurements")] == [1, 1, 1, 1]
    assert set(personal_data) <= set(found)
    assert Account.objects.get().password not in json.dumps(found)
    assert "csrf" not in json.dumps(found)


def test_the_download_has_every_column_of_the_learner(ada: Person):
    ada.answers()
    Learner.objects.update(time_zone="Asia/Kolkata")
    ada.signs_up()
    found = ada.client.get("/learners/my-data.json").json()
    learner = Learner.objects.get()
    assert learner.seed
    kept_of_them = {"learner": learner.key, "since": learner.since.isoformat(), "time_zone": "Asia/Kolkata"}
    assert found | {name: str(value) for name, value in (kept_of_them | {"seed": learner.seed}).items()} == found
    assert {field.name for field in Learner._meta.concrete_fields} == {"key", "since", "time_zone", "seed"}


def test_the_page_is_the_same_as_json(ada: Person):
    does_everything(ada)
    page = ada.client.get("/learners/my-data/", headers=JSON).json()
    assert page == ada.client.get("/learners/my-data.json").json()


def test_deleting_asks_first_and_then_leaves_nothing(ada: Person, person: Callable[[], Person]):
    does_everything(ada)
    ada.signs_up()
    there = person()
    there.signs_in()
    bystander = person()
    bystander.answers()
    asked = ada.client.get("/learners/my-data/delete/").content.decode()
    assert "Answers to questions: 1" in asked
    assert Answer.objects.count() == 2
    done = ada.post("my-data/delete/")
    assert done.status_code == 303
    assert ada.learner is None
    said = ada.client.get(done["Location"]).content.decode()
    assert "Answers to questions: 1" in said
    assert "Measurements: 1" in said
    assert "Your account" in said
    assert Learner.objects.get().key == bystander.learner
    assert Answer.objects.get().learner_id == bystander.learner
    for model in (Go, Prediction, Measurement, Account, Session):
        assert not model.objects.exists()
    assert there.signed_in_as is None
    assert there.signs_in().status_code == 422
    assert "Nothing is kept about you" in there.client.get("/learners/my-data/").content.decode()


def test_an_account_that_gets_another_key_in_the_same_moment_is_deleted_all_the_same(ada: Person):
    ada.answers()
    ada.signs_up()
    account = Account.objects.get()
    asked = Requester(account.learner, account, is_locked=False)
    accounts.change_password(Account.objects.get(), "quite another password")
    assert erase(asked)["accounts"] == 1
    assert not Account.objects.exists()
    assert not Learner.objects.exists()


def test_deleting_twice_or_with_nothing_kept_is_no_error(ada: Person):
    for _ in range(2):
        done = ada.post("my-data/delete/")
        assert "nothing to delete" in ada.client.get(done["Location"]).content.decode()
    assert "nothing to delete" in ada.client.get("/learners/my-data/delete/").content.decode()


def test_what_was_deleted_is_not_said_on_anybodys_word(ada: Person):
    for word in ("", "nonsense", "e30:forged:forged"):
        assert ada.client.get("/learners/my-data/deleted/", {"what": word})["Location"] == "/learners/my-data/"


def test_a_program_can_delete_too(client: Client, ada: Person):
    ada.answers()
    client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    assert client.get("/learners/my-data/delete/").json()["would_delete"]["answers"] == 1
    assert client.post("/learners/my-data/delete/").json()["deleted"]["answers"] == 1
    assert not Learner.objects.exists()


def test_a_copied_cookie_neither_shows_nor_deletes_the_account(ada: Person, person: Callable[[], Person]):
    ada.answers()
    ada.signs_up(email="ada@example.org")
    thief = person()
    thief.client.cookies[COOKIE] = ada.client.cookies[COOKIE].value
    assert thief.learner is None
    assert not any(thief.client.get("/learners/my-data.json").json()[name] for name in ("account", "learner"))


def test_copies_of_both_cookies_neither_show_nor_delete_the_account_after_a_sign_out(
    ada: Person, person: Callable[[], Person]
):
    ada.answers()
    ada.signs_up(email="ada@example.org")
    thief = person()
    for name in (COOKIE, "offload_session"):
        thief.client.cookies[name] = ada.client.cookies[name].value
    learner = {COOKIE: ada.client.cookies[COOKIE].value, "offload_session": ada.client.cookies["offload_session"].value}
    ada.post("account/sign-out/")

    def asks(path: str, method: str = "get"):
        thief.client.cookies.load(learner)
        return getattr(thief.client, method)(path)

    assert asks("/learners/my-data.json").json()["account"] is None
    assert "ada@example.org" not in asks("/learners/my-data/").content.decode()
    assert asks("/learners/my-data/delete/").status_code == 403
    refused = asks("/learners/my-data/delete/", "post")
    assert refused.status_code == 403
    assert "/learners/account/sign-in/?next=%2Flearners%2Fmy-data%2Fdelete%2F" in refused.content.decode()
    assert Answer.objects.exists()
    assert Account.objects.get().check_password(PASSWORD)
