"""The experiments' pages as far as they need no broker. In this process there is none, which is a case of its own."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from config.celery import app
from demos.experiments import views
from lessons.registry import RenderedBlock, directives
from stopwatch.measured import Measured
from stopwatch.measurements import keep_experiment
from stopwatch.site_recordings import recorded_of
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
    assert 'method="post" action="/demos/experiments/bystanders/"' in page.text
    assert " style=" not in page.text
    assert not page.cookies
    how = client.get(PAGE).json()["how"]
    assert (how["method"], how["fields"]["processes"]) == ("POST", "one of 1, 2, 3, 4")
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


def test_what_cannot_be_chosen_is_refused_beside_its_field_and_what_was_chosen_stays(client):
    chosen = {"processes": "3", "seconds": "9", "place": "experiment-2"}
    page = client.post(PAGE, chosen, headers=HTML)
    fragment = client.post(PAGE, chosen, headers=HTMX)
    for answer in (page, fragment):
        assert answer.status_code == 422
        assert 'name="processes" value="3" checked' in answer.text
        assert not re.search(r'name="seconds" value="\d" checked', answer.text)
        assert re.search(
            r'aria-describedby="([\w-]+)">\s*<legend>Work of each.*id="\1">Work of each takes', answer.text, re.DOTALL
        )
    assert (fragment["HX-Retarget"], fragment["HX-Reswap"]) == ("#experiment-2-knobs", "outerHTML")
    assert 'id="experiment-2-status" hx-swap-oob="innerHTML">Work of each takes one of 1, 2, 3, 4 s.' in fragment.text
    refusal = client.post(PAGE, chosen)
    assert (refusal.status_code, refusal["Content-Type"]) == (422, "application/problem+json")
    assert refusal.json()["detail"] == "Work of each takes one of 1, 2, 3, 4 s."


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"processs": "3"}, "There is no “processs” to choose here; there is processes, requests, seconds, threads."),
        ({"processes": ["1", "2"]}, "Web processes takes one value, and 2 were given."),
        ({"processes": "1", "requests": "4", "seconds": "4"}, "takes about 29 s, and it may take 14 s."),
    ],
    ids=["unknown", "twice", "too long"],
)
def test_a_choice_that_makes_no_sense_is_refused_in_words(client, form, words):
    assert words in client.post(PAGE, form).json()["detail"]
    assert words in client.post(PAGE, form, headers=HTML).text
    assert words in client.post(PAGE, form, headers=HTMX).text


def test_a_body_that_is_no_form_is_refused_rather_than_overlooked(client):
    assert client.post(PAGE, {"processes": 1}, content_type="application/json").status_code == 415


def test_another_site_starts_and_cancels_nothing(client):
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert client.post(PAGE, headers=elsewhere).status_code == 403
    assert client.post("/demos/experiments/runs/x/cancel/", headers=elsewhere).status_code == 403
    assert client.get("/demos/experiments/runs/x/cancel/").status_code == 405


def test_past_the_rate_it_says_so(client, monkeypatch):
    monkeypatch.setattr(views, "rates", still_rates("start {rate} experiments", learner=10, address=0))
    assert client.post(PAGE).status_code == 429


def test_an_author_puts_an_experiment_into_a_lesson_by_its_name():
    directive = directives["experiment"]
    assert "bystanders" in directive.options["name"].wrong("nothing")
    options = {"name": "bystanders"}
    block = RenderedBlock(
        "experiment", "a-lesson", "Who pays", "Who pays", options, options, "<p>Why.</p>", (), "why", "experiment-1"
    )
    html = render_to_string(directive.template, {"block": block, **directive.context(block, {})})
    assert ">Who pays</h3>" in html
    assert 'hx-post="/demos/experiments/bystanders/"' in html
    assert 'name="page" value="a-lesson/why#experiment-1-part"' in html
    assert 'id="experiment-1-part"' in html
    assert "page=a-lesson%2Fwhy%23experiment-1-part" in html
    assert 'type="radio"' not in html, "a lesson runs it with nothing chosen"


def words_on_own_page(client) -> str:
    """What an experiment's own page says of the run whose picture it shows."""
    found = re.search(r'class="experiment-words">(.*?)</p>', client.get(PAGE, headers=HTML).text)
    assert found
    return found[1]


@pytest.mark.django_db
def test_its_own_page_says_not_run_yet_to_nobody_who_has_run_it(client):
    recorded = recorded_of("bystanders")
    assert recorded
    assert words_on_own_page(client) == "Not run yet. What you see is a recorded run."
    learner = known(client)
    assert words_on_own_page(client) == "Not run yet. What you see is a recorded run."
    chosen = Measured("bystanders", 3.0, recorded.figures, detail=recorded.detail, knobs={"processes": 4})
    keep_experiment(learner, "one", chosen, timezone.now())
    assert words_on_own_page(client) == "Not run yet with nothing chosen. What you see is a recorded run."
    keep_experiment(learner, "two", replace(chosen, knobs={}), timezone.now())
    assert words_on_own_page(client).startswith("<strong>Done.</strong> 95 of 100 requests")
    drawn = client.get("/stopwatch/defining-tasks/performance/").text
    for text in (client.get(PAGE, headers=HTML).text, drawn):
        assert '<a href="/demos/experiments/runs/two/" target="_blank">This run by itself' in text


@pytest.mark.django_db
@pytest.mark.parametrize("detail", [None, [], {"a": 1}, [{"name": "view"}], [1]])
def test_what_an_older_driver_told_leaves_the_recorded_picture_and_the_readers_own_figures(client, detail):
    learner = known(client)
    figures = {"view-p95": 2345.0, "celery-p95": 6.0}
    keep_experiment(learner, "one", Measured("bystanders", 3.0, figures, detail=detail), timezone.now())
    drawn = client.get("/stopwatch/defining-tasks/performance/")
    assert drawn.status_code == 200
    assert "2,345" in drawn.text
