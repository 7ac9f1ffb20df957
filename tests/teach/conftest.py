"""Instructors and others, each signed in at a client of their own."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from learners.models import Account
from teach.instructors import make_instructor

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Person:
    """Somebody who is signed in, at a client that asks for pages. Forms need no token here."""

    client: Client
    account: Account


@pytest.fixture
def sign_in(db: None) -> Callable[..., Person]:
    """Makes people with accounts: `sign_in("ada")`, or `sign_in("ada", instructor=False)`."""

    def make(name: str = "", *, instructor: bool = True) -> Person:
        account = Account.objects.create(username=name or f"ada-{uuid.uuid4().hex[:8]}")
        if instructor:
            make_instructor(account)
        client = Client(headers={"accept": "text/html"})
        client.force_login(account, BACKEND)
        return Person(client, account)

    return make


@pytest.fixture
def instructor(sign_in: Callable[..., Person]) -> Person:
    """An instructor."""
    return sign_in()
