"""Another password, and a new one by mail."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from kombu.exceptions import OperationalError

from learners.mailing import send_reset_mail
from learners.models import Account, Learner, Session, seed_of
from quiz.models import Answer, Go
from tests.learners.conftest import PASSWORD, Person, learner_of_account

pytestmark = pytest.mark.django_db

NEW = "quite another password"


def change(person: Person, **form: str):
    return person.post("account/password/", **({"current": PASSWORD, "password": NEW, "again": NEW} | form))


def test_another_password_ends_every_other_session_and_every_copied_cookie(ada: Person, person: Callable[[], Person]):
    ada.answers()
    Go.objects.create(learner=Learner.objects.get(), lesson="one", number=2, questions=["single"])
    ada.signs_up()
    there = person()
    there.signs_in()
    before, since = learner_of_account(), Learner.objects.get().since
    assert change(ada)["Location"] == "/learners/account/?changed"
    assert (ada.signed_in_as, there.signed_in_as) == ("ada", None)
    assert Session.objects.count() == 1  # what is over is not kept either
    assert ada.learner == learner_of_account() != before
    assert Answer.objects.get().learner_id == Go.objects.get().learner_id == learner_of_account()
    assert Learner.objects.get().since == since
    # What the other browser still has is nobody's cookie.
    assert "Nothing is kept about you" in there.client.get("/learners/my-data/").content.decode()
    assert there.signs_in().status_code == 422
    assert there.signs_in(password=NEW).status_code == 303
    assert there.learner == ada.learner


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"current": "wrong"}, "That is not the password of this account."),
        ({"again": "wrong"}, "The two are not the same."),
        ({"password": "short", "again": "short"}, "too short"),
    ],
)
def test_a_change_that_does_not_do_changes_nothing(ada: Person, form: dict[str, str], said: str):
    ada.signs_up()
    before = ada.learner
    answer = change(ada, **form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert ada.learner == before == learner_of_account()
    assert Account.objects.get().check_password(PASSWORD)


def test_only_who_is_signed_in_changes_a_password(ada: Person):
    assert ada.client.get("/learners/account/password/").status_code == 403
    assert change(ada).status_code == 403


def test_an_address_is_given_and_taken_back_by_who_knows_the_password(ada: Person):
    assert ada.client.get("/learners/account/email/").status_code == 403
    ada.signs_up()
    assert ada.post("account/email/", current="wrong", email="ada@example.org").status_code == 422
    assert ada.post("account/email/", current=PASSWORD, email="ada").status_code == 422
    assert Account.objects.get().email == ""
    for address, said in (("ada@example.org", "is now ada@example.org"), ("", "No e-mail address is kept any more")):
        done = ada.post("account/email/", current=PASSWORD, email=address)
        assert said in ada.client.get(done["Location"]).content.decode()
        assert Account.objects.get().email == address
    assert ada.signed_in_as == "ada"


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was handed to the worker."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr("learners.password_views.reset_mail.delay", lambda *given: found.append(given))
    return found


def test_asking_for_a_mail_is_the_same_for_every_address(ada: Person, published):
    ada.signs_up(email="ada@example.org")
    ada.post("account/sign-out/")
    answers = [ada.post("account/reset/", email=email) for email in ("ada@example.org", "nobody@example.org")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (303, "/learners/account/reset/sent/")
    ] * 2
    ids = {"X-Request-ID": "each has one of its own"}
    assert {**answers[0].headers, **ids} == {**answers[1].headers, **ids}
    assert published == [("ada@example.org", "http://testserver"), ("nobody@example.org", "http://testserver")]


def test_a_link_leads_to_the_public_address(ada: Person, published, settings):
    settings.PUBLIC_URL = "https://learn.example.org"
    ada.post("account/reset/", email="ada@example.org")
    assert published == [("ada@example.org", "https://learn.example.org")]


def test_mails_can_be_asked_for_three_times_a_minute(ada: Person, published):
    for _ in range(3):
        assert ada.post("account/reset/", email="ada@example.org").status_code == 303
    assert ada.post("account/reset/", email="ADA@example.org").status_code == 429
    assert len(published) == 3


def test_without_a_broker_it_says_that_nothing_was_sent(ada: Person, monkeypatch: pytest.MonkeyPatch):
    def away(*given: str) -> None:
        raise OperationalError("refused")

    monkeypatch.setattr("learners.password_views.reset_mail.delay", away)
    answer = ada.post("account/reset/", email="ada@example.org")
    assert answer.status_code == 503
    assert "Nothing was sent" in answer.content.decode()


def test_no_address_is_no_mail(ada: Person, published):
    assert ada.post("account/reset/", email="ada").status_code == 422
    assert published == []


def test_a_mail_goes_to_who_has_an_account_and_to_nobody_else(ada: Person, person: Callable[[], Person]):
    ada.signs_up(email="ada@example.org")
    person().signs_up("lovelace", email="ada@example.org")
    person().signs_up("grace", email="")
    send_reset_mail("nobody@example.org", "http://x")
    send_reset_mail("", "http://x")
    assert mail.outbox == []
    send_reset_mail("ADA@example.org", "http://x")
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert "Account ada:" in sent.body
    assert "Account lovelace:" in sent.body


def test_who_signs_up_with_somebody_elses_address_pushes_nobody_out_of_the_mail(
    ada: Person, person: Callable[[], Person]
):
    ada.signs_up(email="ada@example.org")
    for number in range(6):
        person().signs_up(f"evil{number}", email="ada@example.org")
    send_reset_mail("ada@example.org", "http://x")
    assert "Account ada:" in mail.outbox[0].body


def test_another_password_leaves_what_is_drawn_for_a_learner(ada: Person):
    ada.answers()
    ada.signs_up()
    before = seed_of(learner_of_account())
    change(ada)
    assert seed_of(learner_of_account()) == before
    change(ada, current=NEW, password=PASSWORD, again=PASSWORD)
    assert seed_of(learner_of_account()) == before != learner_of_account()


def test_mails_to_one_address_are_few_an_hour(ada: Person, published):
    for _ in range(3):
        assert ada.post("account/reset/", email="ada@example.org").status_code == 303
    refused = ada.post("account/reset/", email="ADA@example.org")
    assert refused.status_code == 429
    assert "3 mails an hour" in refused.content.decode()
    assert len(published) == 3


def path_in_mail(email: str = "ada@example.org") -> str:
    send_reset_mail(email, "http://testserver")
    found = re.search(r"http://testserver/learners/(account/reset/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_the_link_of_the_mail_gives_a_new_password_once(ada: Person, person: Callable[[], Person]):
    ada.answers()
    ada.signs_up(email="ada@example.org")
    before = ada.learner
    path = path_in_mail()
    there = person()
    assert "For the account" in there.client.get(f"/learners/{path}").content.decode()
    assert there.post(path, password=NEW, again="").status_code == 422
    assert there.post(path, password=NEW, again=NEW)["Location"] == "/learners/account/sign-in/?changed"
    assert there.post(path, password=PASSWORD, again=PASSWORD).status_code == 410
    assert ada.signed_in_as is None
    assert there.signs_in(password=NEW).status_code == 303
    assert there.learner == learner_of_account() != before
    assert Answer.objects.get().learner_id == learner_of_account()


def test_the_link_is_good_for_an_hour(ada: Person):
    ada.signs_up(email="ada@example.org")
    path = path_in_mail()
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert ada.client.get(f"/learners/{path}").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert ada.client.get(f"/learners/{path}").status_code == 410


@pytest.mark.parametrize("path", ["x/y", "MQ/abc-def", "99999999999999999999/a-b", "é/a", "LTE/a-b"])
def test_a_made_up_link_is_no_longer_good(ada: Person, path: str):
    assert ada.client.get(f"/learners/account/reset/{path}/").status_code == 410


def test_sessions_that_are_over_can_be_cleared(ada: Person):
    from django.core.management import call_command

    ada.signs_up()
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        call_command("clearsessions")
    assert not Session.objects.exists()
