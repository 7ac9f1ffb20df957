"""How the site is doing, as an instructor sees it."""

from collections import Counter
from collections.abc import Callable
from math import inf

import pytest
from django.test import Client

from demos.store.traffic import Times, Traffic
from frontdoor import metrics, recent
from frontdoor.metrics import PROCESSOR, REQUESTS
from teach import site_state
from tests.teach.conftest import Person

PATH = "/teach/site/"
BOTH = {"waiting": True, "experiments": True}
EXPERIMENTS_ALONE = BOTH | {"waiting": False}


@pytest.mark.django_db
def test_for_everybody_else_there_is_nothing(sign_in: Callable[..., Person]):
    assert Client().get(PATH).status_code == 404
    assert sign_in(instructor=False).client.get(PATH).status_code == 404


@pytest.mark.django_db
def test_without_a_broker_it_says_so_and_shows_what_was_refused_and_why(instructor: Person):
    recent._noted = ()
    recent.note()
    metrics.refused("places of this test")
    instructor.client.get("/healthz")
    answer = instructor.client.get(PATH)
    said = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "The broker does not answer." in said
    assert '<th scope="row" dir="auto">places of this test</th><td class="number">1</td>' in said
    assert '<th scope="row" dir="auto">/healthz</th>' in said
    assert "Oldest message" not in said
    assert "these are its own counts" in said  # a test shares them with nobody


def test_a_queue_that_stands_still_says_what_that_means():
    waits = site_state.now(Traffic(queued=3, oldest=61.5, workers=EXPERIMENTS_ALONE, in_line=0), None, 2)
    rows = {row[0].text: row[1].text for row in waits.rows}
    assert (rows["Web processes"], rows["Oldest message"]) == ("2", "61.5 s")
    assert rows["Worker of the demo's runs and of mail"] == "none consumes the queue"
    assert rows["Worker of experiments"] == "consumes the queue"
    assert waits.note == "No run of the demo begins before a worker is back: start one."
    assert "is full" in site_state.now(Traffic(3, 61.5, workers=BOTH, in_line=0), None, 1).note
    assert site_state.now(Traffic(0, 0, workers=BOTH, in_line=0), None, 1).note == ""
    assert "No experiment" in site_state.now(Traffic(0, 0, BOTH | {"experiments": False}, 0), None, 1).note


def test_requests_are_told_by_kind_with_the_slowest_first():
    recent._noted = ()
    recent.note()
    for seconds, kind in ((0.002, "test:quick"), (0.3, "test:slow"), (0.002, "test:slow"), (11, "test:too-slow")):
        REQUESTS.labels(kind, "GET", 200).observe(seconds)
    REQUESTS.labels("test:slow", "POST", 422).observe(0.002)
    PROCESSOR.labels("test:slow", "GET").inc(0.010)
    PROCESSOR.labels("test:slow", "POST").inc(0.002)
    figure = site_state.requests(recent.look())
    assert [[cell.text for cell in row] for row in figure.table.rows] == [
        ["test:too-slow", "1", "more than 10,000 ms", "more than 10,000 ms", "0.0 ms"],
        ["test:slow", "3", "5.0 ms", "500 ms", "4.0 ms"],
        ["test:quick", "1", "5.0 ms", "5.0 ms", "0.0 ms"],
    ]
    assert figure.picture is not None
    assert "test:slow: 95 % took 500 ms or less." in figure.picture.says


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("healthz", "/healthz"),
        ("quiz:answer", "/quiz/<lesson>/answer/"),
        ("lessons:home", "/"),
        ("teach:edit", "/teach/edit/<path>"),
        ("static files", "static files"),
        ("no:such", "no:such"),
    ],
)
def test_requests_are_named_by_the_address_that_was_asked_for(kind: str, address: str):
    assert site_state.address_of(kind) == address


def test_addresses_that_begin_alike_are_told_apart_in_the_picture():
    recent._noted = ()
    recent.note()
    for kind in ("teach:bring-back", "teach:put-picture"):
        REQUESTS.labels(kind, "POST", 200).observe(0.002)
    figure = site_state.requests(recent.look())
    assert figure.picture is not None
    assert "…sons/<lesson>/bring-back/: " in figure.picture.says
    assert "…lessons/<lesson>/picture/: " in figure.picture.says


def test_the_picture_says_that_it_shows_the_slowest_alone():
    recent._noted = ()
    recent.note()
    for number in range(site_state.MOST + 1):
        REQUESTS.labels(f"test:number {number}", "GET", 200).observe(0.002)
    figure = site_state.requests(recent.look())
    assert figure.picture is not None
    assert figure.picture.title == "95 % of requests within: the 12 slowest of 13 addresses"


def test_runs_are_told_by_how_they_ended_and_how_long_they_waited():
    going = Traffic(0, 0, workers=BOTH, in_line=0)
    assert site_state.runs(going) == []
    going.outcomes = {("report", "succeeded"): 3, ("report", "lost, lease lapsed"): 1}
    going.waits = {"report": Times(Counter({0.1: 3, inf: 1}))}
    ended, waits = site_state.runs(going)
    assert [[cell.text for cell in row] for row in ended.rows] == [
        ["report", "lost, lease lapsed", "1"],
        ["report", "succeeded", "3"],
    ]
    assert [[cell.text for cell in row] for row in waits.rows] == [["report", "4", "100 ms", "more than 600,000 ms"]]
