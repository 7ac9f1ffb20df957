"""DATABASE_URL with a real PostgreSQL (tests/integration/conftest.py)."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config.databases import PATIENCE
from quiz.reading import read
from tests.bench.databases import running_postgresql
from tests.integration.conftest import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL


def test_the_site_keeps_its_data_in_postgresql(postgresql_site):
    site = postgresql_site
    assert site.get("/readyz").json() == {"database": "ok", "broker": "ok", "worker": "ok"}
    assert "[X]" in site.manage("showmigrations", "learners")
    assert "[ ]" not in site.manage("showmigrations")

    page = site.get("/quiz/defining-tasks/", {"Accept": "text/html"}).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    name, value = re.findall(r'<input type="(?:radio|checkbox)" name="(\w+)" value="(\w+)"', page)[0]
    answered = site.post("/quiz/defining-tasks/answer/", {**form, name: value}, {"Accept": "text/html"})
    assert answered.status == 303, answered.text
    cookie = answered.headers["Set-Cookie"].split(";")[0]
    again = site.get("/quiz/defining-tasks/", {"Accept": "text/html", "Cookie": cookie}).text
    assert again != page


def test_measurements_and_predictions_are_kept_there_too_and_a_receipt_counts_once(postgresql_site):
    site = postgresql_site
    asked = site.get("/quiz/defining-tasks/predictions/").json()["predictions"][1]
    choice = {f"choice-{asked['question']}": "1", f"version-{asked['question']}": asked["version"]}
    predicted = site.post("/quiz/defining-tasks/predictions/", choice)
    assert predicted.json()["predictions"][1]["predicted"] == "good", predicted.text
    cookie = {"Cookie": predicted.headers["Set-Cookie"].split(";")[0]}

    run = site.post("/demos/blocking/", {"seconds": "0.2"}, cookie).json()
    figures = {"case": "blocking", "click-to-response": "930", "click-to-report": "930", "receipt": run["receipt"]}
    figures |= {"inp": "24", "page": "defining-tasks/performance"}
    with ThreadPoolExecutor(10) as many:
        posts = [many.submit(site.post, "/stopwatch/measurements/", figures, cookie) for _ in range(10)]
    assert sorted(post.result().status for post in posts) == [201, *[409] * 9]

    drawn = site.get("/stopwatch/defining-tasks/performance/", cookie)
    assert (drawn.status, "930" in drawn.text) == (200, True)
    # The run decides this prediction, so it cannot be changed any more.
    changed = site.post("/quiz/defining-tasks/predictions/", {**choice, f"choice-{asked['question']}": "2"}, cookie)
    assert changed.status == 409
    assert site.get("/quiz/defining-tasks/predictions/", cookie).json()["predictions"][1]["predicted"] == "good"


def test_what_was_missed_is_reviewed_once_there_too_and_two_learners_reviews_become_one(postgresql_site):
    site = postgresql_site
    asked = site.get("/quiz/defining-tasks/").json()
    form = {name: asked["current"][name] for name in ("question", "version", "go", "attempt")}
    form |= {"visitor": asked["visitor"]}
    # One of its options is wrong, whichever of them are shown first.
    key = right_positions(site, asked["current"]["question"])
    wrong = next(place for place in asked["current"]["options"] if int(place) not in key)
    answered = site.post("/quiz/defining-tasks/answer/", {**form, "option": wrong})
    cookie = {"Cookie": answered.headers["Set-Cookie"].split(";")[0]}
    site.post("/quiz/defining-tasks/answer/", {**form, "option": wrong, "attempt": "2"}, cookie)
    assert site.get("/review/", cookie).json()["due"] == 0
    site.manage("shell", "-c", PAST)

    current = site.get("/review/", cookie).json()["current"]
    sent = {name: current[name] for name in ("lesson", "kind", "item", "number", "version")} | {"option": wrong}
    with ThreadPoolExecutor(10) as many:
        posts = [many.submit(site.post, "/review/", sent, cookie) for _ in range(10)]
    assert sorted(post.result().status for post in posts) == [200, *[409] * 9]

    begun = site.post("/review/defining-tasks/cards/", {})
    other = {"Cookie": begun.headers["Set-Cookie"].split(";")[0]}
    card = site.get("/review/", other).json()["current"]
    rated = {name: card[name] for name in ("lesson", "kind", "item", "number", "version")} | {"rating": "3"}
    assert site.post("/review/", rated, other).json()["recorded"]["rating"] == 3
    first, second = (found["Cookie"].partition("=")[2].partition(":")[0] for found in (cookie, other))
    site.manage("shell", "-c", MERGED.format(first=first, second=second))
    assert site.get("/review/", other).json()["due"] == 2  # of its three new cards


PAST = """
from datetime import timedelta
from django.db.models import F
from quiz.models import Answer
Answer.objects.update(created=F("created") - timedelta(days=2))
"""
MERGED = """
from uuid import UUID
from django.db import transaction
from learners.personal_data import personal_data
from review.models import Review
first, second = UUID("{first}"), UUID("{second}")
item = Review.objects.get(learner=second)
for number, learner in ((1, first), (2, first), (2, second)):
    Review.objects.create(
        learner_id=learner, lesson=item.lesson, kind=item.kind, item=item.item, number=number, rating=2, version="x"
    )
with transaction.atomic():
    for name in ("reviews", "decks"):
        personal_data[name].merge(first, second)
assert not Review.objects.filter(learner=first).exists()
numbers = Review.objects.filter(learner=second, item=item.item).order_by("created").values_list("number", flat=True)
assert list(numbers) == [1, 2, 3, 4], numbers
"""


def right_positions(site, question: str) -> list[int]:
    """The key of a question, as it stands in the content."""
    text = (Path(site.environ.get("CONTENT_DIR", "content")) / "defining-tasks/quiz.md").read_text()
    found = read(text, "defining-tasks")[0].find(question)
    assert found
    return [place for place, option in enumerate(found.options, 1) if option.is_right]


def test_a_database_that_goes_away_is_said_to_be_away_and_lessons_go_on(start_site):
    with running_postgresql() as url:
        site = start_site(DATABASE_URL=url, with_worker=False)
        cookie = {
            "Cookie": site.post("/progress/defining-tasks/performance/read/", {}).headers["Set-Cookie"].split(";")[0]
        }
        assert site.get("/quiz/defining-tasks/", cookie).status == 200
    away = site.get("/quiz/defining-tasks/", cookie)
    assert away.status == 503
    assert away.json()["title"] == "The database does not answer"
    assert away.seconds < 2 * PATIENCE
    assert site.get("/lessons/defining-tasks/performance/").status == 200
    assert site.get("/readyz").json()["database"] != "ok"
