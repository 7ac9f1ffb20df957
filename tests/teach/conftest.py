"""Instructors and others, each signed in at a client of their own, and a course of their own to change."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from learners.models import Account
from lessons import pages
from lessons.catalog import catalog
from teach import apart
from teach.editing_views import rates
from teach.instructors import make_instructor
from tests.still_rates import stand_still

BACKEND = "django.contrib.auth.backends.ModelBackend"

PAGE = """---
title: Shipped
summary: What it says.
framework: Django
minutes: 3
impact: low
affects: nothing
---

## First

Prose.

/// quiz
///
"""
QUIZ = """## Who runs the task? {#who-runs}

> Hint: hint-who

- [ ] The web server
  > feedback-web
- [x] A worker
  > feedback-worker

> **Why:** why-who
"""


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


@dataclass(frozen=True)
class Content:
    """A course with one lesson, as it was shipped, and the folder of what is written here."""

    shipped: Path
    own: Path

    def text(self, path: str) -> str:
        """What counts of a file, on the disk."""
        written = self.own / path
        return (written if written.exists() else self.shipped / path).read_text()


@pytest.fixture
def content(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Content]:
    """The course that this process shows while the test runs."""
    stand_still(monkeypatch, rates)
    # Where a text is read is no matter here, and the process apart knows no content but the site's. The tests of
    # tests/teach/test_apart.py, and those with a running site, have it.
    monkeypatch.setattr(apart, "run", lambda function, *args, **kwargs: function(*args, **kwargs))
    monkeypatch.setattr(apart, "prepare", lambda: None)
    made = Content(tmp_path / "shipped", tmp_path / "own")
    (made.shipped / "one").mkdir(parents=True)
    (made.shipped / "course.toml").write_text('title = "A course"  # kept\nlessons = ["one"]\n')
    (made.shipped / "one/learn.md").write_text(PAGE)
    (made.shipped / "one/quiz.md").write_text(QUIZ)
    settings.CONTENT_DIR, settings.OWN_CONTENT_DIR = made.shipped, made.own
    monkeypatch.setattr(pages, "_current", None)
    catalog.cache_clear()
    yield made
    catalog.cache_clear()
