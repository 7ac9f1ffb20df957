"""A browser that keeps no cookie: its page carries what it measured, shows all of it together, and nothing is kept."""

import uuid

import pytest
from django.test import Client

from learners.models import Learner
from stopwatch.measured import Measured
from stopwatch.models import Measurement
from stopwatch.receipts import sign
from stopwatch.unkept import HEADER, MOST, carried, measured_unkept
from stopwatch.views import rates
from tests.still_rates import stand_still
from tests.stopwatch.conftest import ANSWERED, receipt_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LESSON = "defining-tasks"
PAGE = f"{LESSON}/performance"
CELERY = Measured("celery", 3.0, {"click-to-response": 21.0, "click-to-report": 3040.0}, frozenset({"inp"}))


@pytest.fixture(autouse=True)
def fresh_rates(monkeypatch: pytest.MonkeyPatch):
    stand_still(monkeypatch, rates)


def post(client: Client, *unkept: str, owner: uuid.UUID | None = None, **fields: str):
    """A measurement as a browser posts it that sends no cookie back."""
    form = {"receipt": sign(receipt_of(owner)), "case": "blocking", "page": PAGE, **ANSWERED, "carried": list(unkept)}
    client.cookies.clear()
    return client.post("/stopwatch/measurements/", {**form, **fields}, headers=HTMX)


def test_what_is_carried_is_read_again_in_its_lesson_and_in_no_other():
    text = carried(CELERY, "one")
    assert measured_unkept([text], "one") == {"celery": CELERY}
    assert measured_unkept([text], "two") == {}


def test_an_experiment_is_carried_into_every_lesson():
    run = Measured("bystanders", 3.0, {"view-p95": 2771.9})
    assert measured_unkept([carried(run, "")], "two") == {"bystanders": run}


def test_what_is_none_of_ours_is_left_out_and_so_is_what_is_too_much():
    gone = carried(Measured("no-such-case", 1.0, {}), "one")
    assert measured_unkept(["", "x", carried(CELERY, "one")[:-1], gone], "one") == {}
    assert measured_unkept([*["x"] * MOST, carried(CELERY, "one")], "one") == {}


def test_the_second_lane_shows_what_came_of_both_and_says_that_nothing_is_kept(client: Client):
    first = post(client, owner=uuid.uuid4())
    assert first.status_code == 200
    answer = post(client, first[HEADER], carried(CELERY, LESSON))
    assert answer.status_code == 200
    text = " ".join(answer.text.split())
    assert "at the same time" in text
    assert "Your own run. Nothing of it is kept: your browser sends no cookie back." in text
    assert "Measured by your own clicks in this lesson" in text
    assert not Measurement.objects.exists()
    assert not Learner.objects.exists()
    assert not answer.cookies


def test_a_browser_that_says_so_itself_is_not_made_known(client: Client):
    answer = post(client, cookies="none")
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Learner.objects.exists()


def test_a_visitor_whose_cookie_comes_back_carries_nothing_on(client: Client):
    first = post(client)
    assert first.status_code == 201
    form = {"receipt": sign(receipt_of()), "case": "blocking", "page": PAGE, **ANSWERED, "carried": [first[HEADER]]}
    second = client.post("/stopwatch/measurements/", form, headers=HTMX)
    assert second.status_code == 201
    assert HEADER not in second.headers
    assert Measurement.objects.count() == 2


def test_places_that_are_drawn_later_show_what_the_page_carries(client: Client):
    client.cookies.clear()
    answer = client.get(f"/stopwatch/{PAGE}/", {"carried": carried(CELERY, LESSON)}, headers=HTMX)
    assert answer.status_code == 200
    assert "3,040" in answer.text
    assert client.get(f"/stopwatch/{PAGE}/", {"carried": "x"}, headers=HTMX).status_code == 204
    assert client.get("/stopwatch/nothing/there/", {"carried": "x"}).status_code == 404
