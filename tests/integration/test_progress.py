"""Where a reader is, on the site as it runs, and the same on both databases."""

import re
from concurrent.futures import ThreadPoolExecutor

from tests.running import RunningSite

COURSE = "/progress/"
PAGE = "/progress/defining-tasks/performance/"


def test_a_reader_comes_back_to_where_they_were(either_site: RunningSite):
    site = either_site
    before = site.get(COURSE)
    assert before.json()["lessons"][0]["state"] == "not begun"
    assert "Set-Cookie" not in before.headers
    assert "Set-Cookie" not in site.post(f"{PAGE}read/", {"by": "end"}).headers

    page = site.get("/quiz/defining-tasks/", {"Accept": "text/html"}).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    name, value = re.findall(r'<input type="(?:radio|checkbox)" name="(\w+)" value="(\w+)"', page)[0]
    answered = site.post("/quiz/defining-tasks/answer/", {**form, name: value}, {"Accept": "text/html"})
    cookie = {"Cookie": answered.headers["Set-Cookie"].split(";")[0]}

    found = site.get(COURSE, cookie).json()
    assert found["lessons"][0]["state"] == "under way"
    assert found["continue"]["url"] == "/lessons/defining-tasks/performance/#quiz"
    with ThreadPoolExecutor(8) as many:
        ends = [many.submit(site.post, f"{PAGE}read/", {"by": "end"}, cookie) for _ in range(4)]
        presses = [many.submit(site.post, f"{PAGE}read/", {}, cookie) for _ in range(4)]
    assert {post.result().status for post in [*ends, *presses]} == {200}
    assert site.get(COURSE, cookie).json()["lessons"][0]["read"] == ["performance"]
    assert site.post(f"{PAGE}not-read/", {}, cookie).json()["is_read"] is False
    assert site.post(f"{PAGE}read/", {"by": "end"}, cookie).json()["is_read"] is False
    assert "Mark as read" in site.get(PAGE, {**cookie, "Accept": "text/html"}).text


def test_merging_and_deleting_what_was_read_is_the_same_on_both_databases(either_site: RunningSite):
    printed = either_site.manage("shell", "--no-imports", "-c", MERGES)
    assert printed.split() == [
        "one/learn",
        "True",
        "1",
        "3",
        "one/why",
        "False",
        "2",
        "4",
        "two/learn",
        "True",
        "1",
        "1",
    ]


MERGES = """
from datetime import UTC, datetime
from uuid import uuid4
from django.db import transaction
from learners.models import Learner
from progress.models import Reading
from progress.readings import merge

one, other = (Learner.objects.create(key=uuid4()) for _ in range(2))
day = lambda number: datetime(2026, 11, number, tzinfo=UTC)
for learner, lesson, mode, read, first, last in [
    (one, "one", "learn", True, 1, 2),
    (other, "one", "learn", True, 2, 3),
    (one, "one", "why", False, 3, 4),
    (other, "one", "why", True, 2, 3),
    (one, "two", "learn", True, 1, 1),
]:
    Reading.objects.create(learner=learner, lesson=lesson, mode=mode, read=read, first=day(first), last=day(last))
with transaction.atomic():
    merge(one.pk, other.pk)
assert not Reading.objects.filter(learner=one).exists()
for kept in Reading.objects.filter(learner=other).order_by("lesson", "mode"):
    print(f"{kept.lesson}/{kept.mode}", kept.read, kept.first.day, kept.last.day)
other.delete()
assert not Reading.objects.filter(learner=other.pk).exists()
"""
