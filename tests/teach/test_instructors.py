"""Who may come in."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

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
def test_the_command_knows_no_stranger():
    with pytest.raises(CommandError, match="no account"):
        call_command("make_instructor", "nobody")
