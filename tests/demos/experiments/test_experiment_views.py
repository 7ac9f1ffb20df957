"""The experiments' pages as far as they need no broker. In this process there is none, which is a case of its own."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from config.celery import app
from demos.experiments import views
from demos.runs import State, read
from lessons.registry import RenderedBlock, directives
from stopwatch.measured import Measured
from stopwatch.measurements import keep_experiment
from tests.still_rates import still_rates
from tests.stopwatch.test_views import known

assert app.conf.task_routes  # tasks are published through this application, to a socket on which nobody listens

HTML = {"accept": "text/html"}
HTMX = {"hx-request": "true"}
PAGE = "/demos/experiments/bystanders/"


@pytest.fixture(autouse=True)
def fresh_rates(monkeypatch):
    monkeypatch.setattr(views, "rates", still_rates("start {rate} experiments", learner=10, address=100))


def test_the_pages_show_what_will_run_and_run_nothing(client):
    assert "Bystanders" in client.get("/demos/experiments/", headers=HTML).text
    page = client.get(PAGE, headers=HTML)
    assert "slow_by_celery" in page.text
    assert page.text.count('role="img"') == 2, "the picture of the recorded run, wide and narrow"
    assert '<form method="post" action="/demos/experiments/bystanders/"' in page.text
    assert " style=" not in page.text
    assert not page.cookies
    assert client.get(PAGE).json()["how"] == {"method": "POST"}
    assert client.get("/demos/experiments/nothing/", headers=HTML).status_code == 404


def test_without_a_broker_nothing_is_started_or_kept_and_it_says_so_in_every_form(client):
    for headers in ({}, HTML, HTMX):
        answer = client.post(PAGE, headers=headers)
        assert (answer.status_code, answer["Retry-After"]) == (503, "3")
        assert "broker does not answer" in answer.text
        assert not answer.cookies
    poll = client.get("/demos/experiments/runs/whatever/", headers=HTMX)
    assert poll.status_code == 503
    assert 'hx-trigger="load delay:2000ms, again"' in poll.text
    assert client.get("/demos/experiments/runs/whatever/", headers=HTML)["Refresh"] == "3"

    cancel = "/demos/experiments/runs/whatever/cancel/"
    assert 'hx-get="/demos/experiments/runs/whatever/"' in client.post(cancel, headers=HTMX).text  # asks about the run
    page = client.post(cancel, headers=HTML)
    assert (page.status_code, page.has_header("Refresh")) == (503, False)  # a refresh would GET what takes POST only
    assert 'href="/demos/experiments/runs/whatever/"' in page.text


def test_another_site_starts_and_cancels_nothing(client):
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert client.post(PAGE, headers=elsewhere).status_code == 403
    assert client.post("/demos/experiments/runs/x/cancel/", headers=elsewhere).status_code == 403
    assert client.get("/demos/experiments/runs/x/cancel/").status_code == 405


def test_past_the_rate_it_says_so(client, monkeypatch):
    monkeypatch.setattr(views, "rates", still_rates("start {rate} experiments", learner=10, address=0))
    assert client.post(PAGE).status_code == 429


@pytest.mark.parametrize(
    ("before", "running_s", "wait_s"), [(0, None, 0), (1, 4.0, 7), (2, 4.0, 18), (2, None, 22), (1, 60.0, 1)]
)
def test_the_wait_is_estimated_from_those_before(before, running_s, wait_s):
    fields = {"state": State.QUEUED, "experiment": "bystanders", "asked": "{}"}
    running_us = -1 if running_s is None else running_s * 1_000_000
    run = read("x", fields, 0, worker_alive=True, before=before, running_us=running_us)
    assert run.wait_s(11.0) == wait_s


def test_an_author_puts_an_experiment_into_a_lesson_by_its_name():
    directive = directives["experiment"]
    assert "bystanders" in directive.options["name"].wrong("nothing")
    options = {"name": "bystanders"}
    block = RenderedBlock("experiment", "a-lesson", "Who pays", "Who pays", options, options, "<p>Why.</p>")
    html = render_to_string(directive.template, {"block": block, **directive.context(block, {})})
    assert ">Who pays</h3>" in html
    assert "Not recorded yet." in html
    assert 'hx-post="/demos/experiments/bystanders/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("detail", [None, [], {"a": 1}, [{"name": "view"}], [1]])
def test_what_an_older_driver_told_leaves_the_recorded_picture_and_the_readers_own_figures(client, detail):
    learner = known(client)
    figures = {"view-p95": 2345.0, "celery-p95": 6.0}
    keep_experiment(learner, "one", Measured("bystanders", 3.0, figures, detail=detail), timezone.now())
    drawn = client.get("/stopwatch/defining-tasks/performance/")
    assert drawn.status_code == 200
    assert "2,345" in drawn.text
