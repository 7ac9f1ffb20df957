"""The views as far as they need no broker. In this process there is none, which is a case of its own."""

from time import monotonic
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.celery import app
from demos import views
from demos.bulkhead import Bulkhead
from demos.store import records
from tests.still_rates import still_rates

assert app.conf.task_routes  # tasks are published through this application, to a socket on which nobody listens

HTML = {"accept": "text/html"}
HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def fresh_fences(monkeypatch):
    monkeypatch.setattr(views, "rates", still_rates("start {rate} runs", learner=60, address=600))
    monkeypatch.setattr(views, "bulkhead", Bulkhead(5))


@pytest.fixture
def nothing_runs(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("work was started")

    monkeypatch.setattr(views, "build_report", refuse)
    monkeypatch.setattr(records, "accept", refuse)


def test_the_blocking_demo_answers_when_the_work_is_done_in_every_form(client):
    for headers, kind in (({}, "application/json"), (HTML, "text/html"), (HTMX, "text/html")):
        answer = client.get("/demos/blocking/?seconds=0.01", headers=headers)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)
        assert answer["Server-Timing"].startswith("work;dur=")
        assert float(answer["Server-Timing"].partition("dur=")[2]) >= 10
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies
    assert client.post("/demos/blocking/", {"seconds": "0"}).json()["result"]


def test_a_fragment_is_no_page(client):
    assert b"<html" not in client.get("/demos/blocking/?seconds=0", headers=HTMX).content
    assert b"<html" in client.get("/demos/blocking/?seconds=0", headers=HTML).content


@pytest.mark.parametrize("path", ["/demos/blocking/", "/demos/celery/"])
def test_a_look_shows_the_code_and_runs_nothing(client, path):
    began = monotonic()
    page = client.get(path, headers=HTML)
    assert monotonic() - began < 2  # by default, the work takes 3 s
    assert page.status_code == 200
    assert "The code that runs" in page.text
    assert 'class="nf">build_report' in page.text
    assert "def build_report" in "".join(client.get(path).json()["code"])
    assert client.head(path).status_code == 200
    assert client.get(path, headers=HTMX).status_code == 200


@pytest.mark.usefixtures("nothing_runs")
def test_a_head_request_runs_nothing(client):
    assert client.head("/demos/blocking/?seconds=9").status_code == 200


@pytest.mark.parametrize("seconds", ["abc", "-1", "11", "nan", "1e9", "", "٣", "3.0.0"])
@pytest.mark.usefixtures("nothing_runs")
def test_hostile_seconds_are_refused_and_say_what_is_allowed(client, seconds):
    for answer in (
        client.get("/demos/blocking/", {"seconds": seconds}),
        client.post("/demos/blocking/", {"seconds": seconds}),
        client.post("/demos/celery/", {"seconds": seconds}),
        client.post(f"/demos/celery/?seconds={seconds}"),
    ):
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
        assert "from 0 to 10" in answer.json()["detail"]


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("path", ["/demos/blocking/", "/demos/celery/"])
def test_seconds_that_are_no_text_or_come_as_a_file_are_refused(client, path):
    assert "NUL" in client.post(path, {"seconds": "\0"}).json()["detail"]
    answer = client.post(path, {"seconds": SimpleUploadedFile("a.txt", b"3")})
    assert (answer.status_code, answer.json()["title"]) == (422, "No files here")
    assert "seconds" in answer.json()["detail"]


@pytest.mark.usefixtures("nothing_runs")
def test_repeated_seconds_are_refused_wherever_they_stand(client):
    assert client.get("/demos/blocking/?seconds=3&seconds=3").status_code == 422
    assert client.post("/demos/celery/", {"seconds": ["1", "2"]}).status_code == 422
    assert client.post("/demos/celery/?seconds=1", {"seconds": "1"}).status_code == 422


@pytest.mark.usefixtures("nothing_runs")
def test_a_body_that_is_no_form_is_refused_rather_than_overlooked(client):
    answer = client.post("/demos/celery/", {"seconds": 1}, content_type="application/json")
    assert answer.status_code == 415
    assert "form" in answer.json()["detail"]


@pytest.mark.parametrize(
    "header", [{"sec-purpose": "prefetch"}, {"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}]
)
@pytest.mark.usefixtures("nothing_runs")
def test_a_prefetch_is_refused(client, header):
    assert client.get("/demos/blocking/?seconds=3", headers=header).status_code == 403


@pytest.mark.parametrize(
    "header",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
@pytest.mark.usefixtures("nothing_runs")
def test_a_request_of_another_site_starts_nothing(client, header):
    assert client.get("/demos/blocking/?seconds=3", headers=header).status_code == 403
    assert client.post("/demos/blocking/", {"seconds": "3"}, headers=header).status_code == 403
    assert client.post("/demos/celery/", {"seconds": "3"}, headers=header).status_code == 403
    assert client.get("/demos/blocking/", headers=header).status_code == 200  # a link to the explanation is welcome


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.usefixtures("nothing_runs")
def test_other_methods_are_told_which_ones_there_are(client, method):
    answer = getattr(client, method)("/demos/celery/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
    assert client.post("/demos/runs/x/").status_code == 405


def test_past_the_bulkhead_it_says_why_and_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr(views, "bulkhead", Bulkhead(0))
    answer = client.get("/demos/blocking/?seconds=3")
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert "Every place" in answer.json()["detail"]
    fragment = client.get("/demos/blocking/?seconds=3", headers=HTMX)
    assert 'data-retry-after="3"' in fragment.text


def test_past_the_rate_it_says_so(client, monkeypatch):
    monkeypatch.setattr(views, "rates", still_rates("start {rate} runs", learner=60, address=1))
    client.get("/demos/blocking/?seconds=0")
    answer = client.get("/demos/blocking/?seconds=0")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_without_a_broker_nothing_is_started_or_kept_and_it_says_so_in_every_form(client):
    for headers in ({}, HTML, HTMX):
        answer = client.post("/demos/celery/", {"seconds": "1"}, headers=headers)
        assert (answer.status_code, answer["Retry-After"]) == (503, "3")
        assert "broker does not answer" in answer.text
        assert not answer.cookies
    poll = client.get("/demos/runs/whatever/", headers=HTMX)
    assert poll.status_code == 503
    assert 'hx-trigger="load delay:2000ms, again"' in poll.text
    page = client.get("/demos/runs/whatever/", headers=HTML)
    assert (page.status_code, page["Refresh"]) == (503, "3")


@pytest.mark.parametrize("path", ["/demos/blocking/", "/demos/celery/", "/demos/blocking/?seconds=0"])
def test_a_page_leads_back_to_where_its_reader_came_from_and_nowhere_else(client, path):
    def shown(page: str) -> str:
        address = path + ("&" if "?" in path else "?") + urlencode({"page": page})
        text: str = client.get(address, headers=HTML).text
        return text

    assert 'href="/lessons/defining-tasks/performance/">Back to the lesson' in shown("defining-tasks/performance")
    assert 'name="page" value="defining-tasks/performance"' in shown("defining-tasks/performance")
    assert 'performance/#timeline-1">Back' in shown("defining-tasks/performance#timeline-1")
    assert 'performance/">Back' in shown("defining-tasks/performance#nothing")
    for made_up in ("", "no-lesson/performance", "defining-tasks/nothing", "//elsewhere.example", "defining-tasks"):
        assert "Back to the lesson" not in shown(made_up)
        assert 'name="page"' not in shown(made_up)
    assert "Back to the lesson" not in client.get(path, headers=HTML).text


def test_pages_of_the_demos_need_no_script_and_no_style_of_their_own():
    client = Client()
    for path in ("/demos/blocking/", "/demos/celery/", "/demos/blocking/?seconds=0"):
        text = client.get(path, headers=HTML).text
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick" not in text
