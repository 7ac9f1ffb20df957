"""A measurement on its way from a browser to what the page then shows."""

import uuid
from collections.abc import Mapping

import pytest
from django.test import Client

from learners.identity import COOKIE, SALT
from stopwatch.models import Measurement
from stopwatch.receipts import sign
from stopwatch.views import rates
from tests.still_rates import stand_still
from tests.stopwatch.conftest import ANSWERED, receipt_of

pytestmark = pytest.mark.django_db
PAGE = "defining-tasks/performance"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def fresh_rates(monkeypatch: pytest.MonkeyPatch):
    stand_still(monkeypatch, rates)


def known(client: Client) -> uuid.UUID:
    """Let the client be a learner of whom something is kept."""
    from django.core import signing

    learner = uuid.uuid4()
    client.cookies[COOKIE] = signing.Signer(salt=SALT).sign(learner.hex)
    return learner


def post(client: Client, learner: uuid.UUID | None = None, headers: Mapping[str, str] | None = None, **fields: str):
    form = {"receipt": sign(receipt_of(learner)), "case": "blocking", "page": PAGE, **ANSWERED, **fields}
    return client.post("/stopwatch/measurements/", form, headers=headers or {})


def test_a_measurement_is_kept_for_the_learner_whose_run_it_was(client: Client):
    learner = known(client)
    answer = post(client, learner, inp="24")
    assert answer.status_code == 201
    assert answer.json()["figures"]["inp"] == 24.0
    assert answer.json()["kept"] is True
    kept = Measurement.objects.get()
    assert (kept.learner_id, kept.lesson) == (learner, "defining-tasks")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_visitors_first_measurement_makes_them_known(client: Client):
    assert post(client).status_code == 201
    assert COOKIE in client.cookies
    assert client.get(f"/stopwatch/{PAGE}/", headers=HTMX).status_code == 200


def test_a_visitors_two_lanes_that_began_at_once_are_one_learners(client: Client):
    background = known(client)  # the answer of the other lane came first, and brought the cookie
    assert post(client).status_code == 201
    assert Measurement.objects.get().learner_id == background


def test_a_visitors_two_tabs_that_began_at_once_are_one_learners(client: Client):
    kept = known(client)  # the cookie of the other tab, which came after that of the tab whose run this is
    receipt = sign(receipt_of(uuid.uuid4(), by_visitor=True))
    assert post(client, receipt=receipt).status_code == 201
    assert Measurement.objects.get().learner_id == kept
    assert post(client, receipt=receipt).status_code == 409


@pytest.mark.parametrize("by_visitor", [True, False])
def test_a_browser_that_sends_no_cookie_gets_its_figures_drawn_and_nothing_is_kept(client: Client, by_visitor: bool):
    answer = post(client, headers=HTMX, receipt=sign(receipt_of(uuid.uuid4(), by_visitor=by_visitor)))
    assert answer.status_code == 200
    assert "3,011" in answer.text
    assert not Measurement.objects.exists()
    assert not answer.cookies


def test_the_page_is_drawn_anew_with_the_figures(client: Client):
    answer = post(client, known(client), HTMX)
    assert answer.status_code == 201
    assert 'hx-swap-oob="true"' in answer.text
    assert 'id="comparison-1"' in answer.text
    assert "3,011" in answer.text
    again = client.get(f"/stopwatch/{PAGE}/", headers=HTMX)
    assert again.text == answer.text


def test_whoever_has_measured_nothing_gets_nothing(client: Client):
    assert client.get(f"/stopwatch/{PAGE}/", headers=HTMX).status_code == 204
    known(client)
    assert client.get(f"/stopwatch/{PAGE}/", headers=HTMX).status_code == 204


def test_another_learners_run_is_refused(client: Client):
    known(client)
    assert post(client, uuid.uuid4()).status_code == 403
    assert not Measurement.objects.exists()


def test_a_used_receipt_is_refused(client: Client):
    learner = known(client)
    receipt = sign(receipt_of(learner))
    assert post(client, learner, receipt=receipt).status_code == 201
    answer = post(client, learner, receipt=receipt)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("receipt", ["", "x", "a:b:c"])
def test_without_a_receipt_nothing_is_taken(client: Client, receipt: str):
    assert post(client, known(client), receipt=receipt).status_code == 403
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("wrong", ["-1", "nan", "1000000000", "soon", ""])
def test_absurd_figures_are_refused_in_words(client: Client, wrong: str):
    answer = post(client, known(client), inp=wrong)
    assert answer.status_code == 422
    assert "inp" in answer.json()["detail"]
    assert not Measurement.objects.exists()


def test_what_is_no_form_is_refused(client: Client):
    answer = client.post("/stopwatch/measurements/", {"inp": 1}, content_type="application/json")
    assert answer.status_code == 415


def test_another_site_can_post_nothing(client: Client):
    assert post(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_measuring_has_a_rate(client: Client, monkeypatch):
    monkeypatch.setattr(rates, "learner", 1)
    learner = known(client)
    assert post(client, learner).status_code == 201
    answer = post(client, learner)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert Measurement.objects.count() == 1


def test_a_page_that_is_not_there_has_no_measurements(client: Client):
    assert client.get("/stopwatch/defining-tasks/why/").status_code == 404
    assert client.get("/stopwatch/nothing/performance/").status_code == 404
    assert post(client, headers=HTMX, page="nothing/there").status_code == 201


@pytest.mark.parametrize("page", ["", "/", "nothing/there", "defining-tasks", "defining-tasks/why"])
def test_what_was_measured_on_no_page_of_the_course_belongs_to_no_lesson(client: Client, page: str):
    assert post(client, known(client), page=page).status_code == 201
    assert Measurement.objects.get().lesson == ""
    assert client.get(f"/stopwatch/{PAGE}/", headers=HTMX).status_code == 204
