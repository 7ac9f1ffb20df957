"""Who may come in."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from learners.models import Account
from teach.instructors import NoInstructor, instructors_now, take_out
from tests.at_once import at_once
from tests.teach.conftest import Person


@pytest.mark.django_db
def test_an_instructor_sees_the_studio(instructor: Person):
    assert instructor.client.get("/teach/").status_code == 200


@pytest.mark.django_db
def test_to_everybody_else_there_is_nothing(sign_in: Callable[..., Person]):
    assert Client().get("/teach/").status_code == 404
    assert sign_in(instructor=False).client.get("/teach/").status_code == 404


@pytest.mark.django_db
def test_the_command_lets_an_account_in(sign_in: Callable[..., Person]):
    somebody = sign_in("ada", instructor=False)
    call_command("make_instructor", somebody.account.username)
    assert somebody.client.get("/teach/").status_code == 200


@pytest.mark.django_db
def test_the_command_knows_no_account_that_is_not_there():
    with pytest.raises(CommandError, match="no account"):
        call_command("make_instructor", "nobody")


@pytest.mark.django_db
def test_an_instructor_takes_another_one_out_and_nobody_else(instructor: Person, sign_in: Callable[..., Person]):
    other, learner = sign_in("grace"), sign_in("joan", instructor=False)
    for name in (instructor.account.username, learner.account.username, "nobody"):
        refused = instructor.client.post("/teach/instructors/", {"remove": name})
        assert refused.status_code == 422
        assert "there is always one left" in refused.content.decode()
    assert instructor.client.post("/teach/instructors/", {"remove": "grace"}).status_code == 303
    assert other.client.get("/teach/").status_code == 404
    assert list(instructors_now()) == [instructor.account]


@pytest.mark.django_db
def test_who_was_taken_out_in_this_very_moment_takes_nobody_out(
    instructor: Person, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
):
    other = sign_in("grace")

    def first(by: Account, name: str) -> bool:
        take_out(other.account, by.username)  # by somebody else, after the request was let in
        return take_out(by, name)

    monkeypatch.setattr("teach.instructor_views.take_out", first)
    assert instructor.client.post("/teach/instructors/", {"remove": "grace"}).status_code == 404
    assert list(instructors_now()) == [other.account]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_each_other_out_at_once_one_is_left(sign_in: Callable[..., Person]):
    for pair in (("ada", "grace"), ("joan", "mary"), ("anne", "jean")):
        one, other = (sign_in(name).account for name in pair)
        came = at_once(partial(take_out, one, other.username), partial(take_out, other, one.username))
        assert sorted(map(str, came)) == ["", "True"], came
        assert isinstance(next(each for each in came if each is not True), NoInstructor)
        assert instructors_now().filter(pk__in=[one.pk, other.pk]).count() == 1
