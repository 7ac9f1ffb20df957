"""Links that make an instructor, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.run.preparation import first_invitation
from learners import attempts
from learners.models import Account
from teach.instructors import is_instructor, take_out
from teach.invitations import invite
from teach.models import Invitation
from tests.still_rates import stand_still
from tests.teach.conftest import Person

pytestmark = pytest.mark.django_db

NEW = {"name": "grace", "email": "", "password": "correct horse battery", "again": "correct horse battery"}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still(monkeypatch, attempts.sign_ups)


def at(secret: str) -> str:
    return f"/teach/invitations/{secret}/"


def test_the_first_link_makes_the_first_instructor_once():
    path = first_invitation()
    client = Client(headers={"accept": "text/html"})
    assert client.get(path).status_code == 200
    assert client.post(path, NEW)["Location"] == "/teach/?welcome"
    assert client.get("/teach/").status_code == 200
    assert Client().get(path).status_code == 404
    assert Client().post(path, {**NEW, "name": "eve"}).status_code == 404
    assert not Account.objects.filter(username="eve").exists()


def test_there_is_no_first_link_once_there_is_an_instructor(instructor: Person):
    assert first_invitation() == ""


def test_a_first_link_dies_when_somebody_became_an_instructor_otherwise(sign_in: Callable[..., Person]):
    path = first_invitation()
    sign_in()
    assert Client().get(path).status_code == 404


def test_a_second_start_gives_another_first_link_and_the_one_before_dies():
    before, now = first_invitation(), first_invitation()
    assert Client().get(before).status_code == 404
    assert Client().get(now).status_code == 200


def test_somebody_who_is_signed_in_becomes_one_by_a_button(instructor: Person, sign_in: Callable[..., Person]):
    somebody, path = sign_in(instructor=False), at(invite(instructor.account))
    somebody.client.get(path)
    assert not is_instructor(somebody.account)
    somebody.client.post(path)
    assert is_instructor(somebody.account)


def test_a_link_that_is_too_old_lets_nobody_in(instructor: Person):
    path = at(invite(instructor.account))
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 404


def test_who_was_taken_out_lets_nobody_in_by_a_link_from_before(instructor: Person, sign_in: Callable[..., Person]):
    other = sign_in("grace")
    path = at(invite(other.account))
    take_out(instructor.account, other.account.username)
    assert other.client.post(path).status_code == 404
    assert not is_instructor(other.account)
    assert "not used yet" not in instructor.client.get("/teach/instructors/").content.decode()


def test_a_name_that_is_taken_uses_no_link_up(instructor: Person):
    path = at(invite(instructor.account))
    refused = Client(headers={"accept": "text/html"}).post(path, {**NEW, "name": instructor.account.username})
    assert refused.status_code == 422
    assert Client().get(path).status_code == 200


def test_no_secret_is_kept(instructor: Person):
    secret = invite(instructor.account)
    assert secret not in str(list(Invitation.objects.values()))


def test_an_instructor_makes_a_link_and_takes_another_instructor_out(
    instructor: Person, sign_in: Callable[..., Person]
):
    html = instructor.client.post("/teach/instructors/").content.decode()
    assert "/teach/invitations/" in html
    other = sign_in("grace")
    assert "grace" in instructor.client.get("/teach/instructors/").content.decode()
    instructor.client.post("/teach/instructors/", {"remove": "grace"})
    assert other.client.get("/teach/").status_code == 404


def test_nobody_takes_themselves_out(instructor: Person):
    answer = instructor.client.post("/teach/instructors/", {"remove": instructor.account.username})
    assert answer.status_code == 422
    assert is_instructor(instructor.account)


def test_the_account_page_shows_instructors_the_way(instructor: Person, sign_in: Callable[..., Person]):
    assert "/teach/" in instructor.client.get("/learners/account/").content.decode()
    assert "/teach/" not in sign_in(instructor=False).client.get("/learners/account/").content.decode()
    assert "/teach/" not in Client(headers={"accept": "text/html"}).get("/learners/account/").content.decode()


def test_an_instructor_who_opens_a_link_uses_it_not_up(instructor: Person, sign_in: Callable[..., Person]):
    path = at(invite(instructor.account))
    assert instructor.client.post(path)["Location"] == "/teach/"
    assert sign_in(instructor=False).client.get(path).status_code == 200


def test_open_links_can_be_withdrawn(instructor: Person):
    path = at(invite(instructor.account))
    assert "1 link not used yet" in instructor.client.get("/teach/instructors/").content.decode()
    instructor.client.post("/teach/instructors/", {"withdraw": ""})
    assert Client().get(path).status_code == 404
