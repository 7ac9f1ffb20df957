from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client

from learners import views
from learners.identity import COOKIE, new_learner, remember
from learners.models import Learner
from learners.zones import zone_of
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db
AT = "/learners/time-zone/"


@pytest.fixture
def known(client: Client):
    """A learner, at this client."""
    learner, response = new_learner(), HttpResponse()
    Learner.objects.create(key=learner)
    remember(response, learner)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return learner


def test_the_zone_of_a_learner_is_kept(client: Client, known):
    assert zone_of(known) == ZoneInfo("UTC")
    for name in ("Asia/Kolkata", "America/New_York"):
        answer = client.post(AT, {"time_zone": name})
        assert (answer.status_code, answer["Cache-Control"]) == (204, "no-store")
        assert zone_of(known) == ZoneInfo(name)


def test_of_a_visitor_nothing_is_kept(client: Client):
    answer = client.post(AT, {"time_zone": "Asia/Kolkata"})
    assert answer.status_code == 204
    assert not answer.cookies
    assert not Learner.objects.exists()


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Asia", "asia/kolkata\x00", "A" * 5000, "é"]
)
def test_what_is_no_zone_is_refused_and_changes_nothing(client: Client, known, name: str):
    client.post(AT, {"time_zone": "Asia/Kolkata"})
    assert client.post(AT, {"time_zone": name}).status_code == 422
    assert zone_of(known) == ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize("kept", ["Mars/Olympus", "Asia", "../../etc/passwd", "A" * 64])
def test_a_zone_that_this_machine_does_not_know_is_utc(known, kept: str):
    Learner.objects.update(time_zone=kept)
    assert zone_of(known) == ZoneInfo("UTC")


def test_it_is_told_now_and_then(client: Client, known, monkeypatch: pytest.MonkeyPatch):
    stand_still(monkeypatch, views.zone_rates, learner=1, address=9)
    assert client.post(AT, {"time_zone": "Asia/Kolkata"}).status_code == 204
    assert client.post(AT, {"time_zone": "UTC"}).status_code == 429
    assert client.get(AT).status_code == 405
    assert client.post(AT, headers={"sec-fetch-site": "cross-site"}).status_code == 403
