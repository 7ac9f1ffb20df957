"""The broker refuses, or says nothing, and is back: the demos say so in time, and nothing needs a restart."""

import statistics
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.running import Answer, RunningSite
from tests.running_process import wait_until

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_traceback_on_the_web(own_site):
    yield
    assert "Traceback" not in own_site.web.log_path.read_text()


def asks_all(site: RunningSite, path: str) -> list[Answer]:
    """Everything that needs the broker."""
    return [
        site.post("/demos/celery/", {"seconds": 0.1}),
        site.post("/demos/celery/", {"seconds": 0.1}, HTMX),
        site.get(path),
        site.get(path, HTMX),
        site.get(path, {"Accept": "text/html"}),
    ]


@pytest.mark.alone
def test_a_broker_that_refuses_is_told_within_half_a_second_and_may_come_back(own_site):
    path = own_site.post("/demos/celery/", {"seconds": 0}).headers["Location"]
    wait_until(lambda: own_site.state_of(path) == "succeeded", "a first run")
    own_site.broker.kill()
    first, second = asks_all(own_site, path), asks_all(own_site, path)
    answers = first + second
    assert {answer.status for answer in answers} == {503}
    assert all("The broker does not answer" in answer.text for answer in answers)
    # A machine may be busy elsewhere for a moment; what is slow by itself is slow twice.
    assert max(min(pair) for pair in zip(seconds_of(first), seconds_of(second), strict=True)) < 0.5
    assert own_site.get("/demos/blocking/?seconds=0").status == 200
    assert own_site.get("/healthz").status == 200
    assert own_site.get("/readyz").json()["broker"] == "does not answer"

    own_site.broker.start()
    accepted = wait_until(lambda: accepted_by(own_site), "runs are accepted again", 5)
    wait_until(lambda: own_site.state_of(accepted.headers["Location"]) == "succeeded", "the worker is back by itself")
    assert own_site.get("/readyz").status == 200


def seconds_of(answers: list[Answer]) -> list[float]:
    return [answer.seconds for answer in answers]


def accepted_by(site: RunningSite) -> Answer | None:
    answer = site.post("/demos/celery/", {"seconds": 0.1})
    return answer if answer.status == 202 else None


@pytest.mark.alone
def test_a_silent_broker_is_told_within_two_seconds_and_starts_nothing_late(own_site):
    path = own_site.post("/demos/celery/", {"seconds": 0}).headers["Location"]
    wait_until(lambda: own_site.state_of(path) == "succeeded", "a first run")
    own_site.broker.pause()
    answers = asks_all(own_site, path)
    assert {answer.status for answer in answers} == {503}
    assert max(answer.seconds for answer in answers) < 2
    assert 'hx-trigger="load delay' in answers[3].text  # the poll goes on by itself
    assert own_site.get("/healthz").seconds < 0.5

    own_site.broker.resume()
    accepted = wait_until(lambda: accepted_by(own_site), "runs are accepted again", 5)
    wait_until(lambda: own_site.state_of(accepted.headers["Location"]) == "succeeded", "the worker is back by itself")
    with own_site.valkey() as valkey:
        started = [key for key in valkey.keys("offload:run:*") if valkey.hexists(key, "started")]
        assert len(started) == 2  # the first and the last: none of those that were answered with 503


@pytest.mark.alone
def test_many_polls_of_a_silent_broker_do_not_slow_the_lessons(own_site):
    path = own_site.post("/demos/celery/", {"seconds": 0}).headers["Location"]
    own_site.broker.pause()
    with ThreadPoolExecutor(30) as learners:
        polls = [learners.submit(own_site.get, path, HTMX) for _ in range(60)]
        meanwhile = [own_site.get("/healthz").seconds for _ in range(20)]
        assert {poll.result().status for poll in polls} == {503}
    assert statistics.median(meanwhile) < 0.25
    own_site.broker.resume()


def test_a_run_survives_a_broker_that_is_silent_for_a_moment(own_site):
    path = own_site.post("/demos/celery/", {"seconds": 4}).headers["Location"]
    wait_until(lambda: own_site.get(path).json().get("progress"), "the run has begun")
    own_site.broker.pause()
    assert own_site.get(path).status == 503
    own_site.broker.resume()
    wait_until(lambda: own_site.state_of(path) == "succeeded", "the run is done all the same")


def test_runs_end_with_a_broker_that_is_started_anew_and_are_told_so(own_site):
    """It keeps everything in memory: no run is told to go on of which nobody knows any more."""
    path = own_site.post("/demos/celery/", {"seconds": 10}).headers["Location"]
    wait_until(lambda: own_site.get(path).json().get("progress"), "the run has begun")
    own_site.broker.kill()
    own_site.broker.start()
    gone = own_site.get(path)
    assert (gone.status, gone.json()["title"]) == (404, "No such run")
    assert "may have been started anew" in gone.json()["detail"]
    assert "hx-trigger" not in own_site.get(path, HTMX).text
    accepted = wait_until(lambda: accepted_by(own_site), "runs are accepted again", 5)
    wait_until(lambda: own_site.state_of(accepted.headers["Location"]) == "succeeded", "the worker is back by itself")
    assert own_site.get(path).status == 404


def test_a_broker_that_answers_with_an_error_ends_no_worker(own_site):
    """As one does whose disk is full, or that has become a replica."""
    with own_site.valkey() as valkey:
        valkey.config_set("min-replicas-to-write", 1)
        own_site.worker.wait_until_logged("NOREPLICAS")
        answer = own_site.post("/demos/celery/", {"seconds": 0})
        assert (answer.status, answer.json()["title"]) == (503, "The broker answers with an error")
        wait_until(lambda: own_site.get("/readyz").json()["worker"] == "none is consuming", "the lack is told of")
        valkey.config_set("min-replicas-to-write", 0)
    accepted = wait_until(lambda: accepted_by(own_site), "runs are accepted again", 5)
    wait_until(lambda: own_site.state_of(accepted.headers["Location"]) == "succeeded", "the worker is back by itself")
    assert own_site.worker.is_running
    assert "Traceback" not in own_site.worker.log


def test_a_broker_whose_memory_is_full_is_told_in_words_and_is_not_ready(own_site):
    with own_site.valkey() as valkey:
        valkey.config_set("maxmemory", 1)
        answer = own_site.post("/demos/celery/", {"seconds": 0})
        assert (answer.status, answer.json()["title"]) == (503, "The broker answers with an error")
        assert own_site.get("/readyz").json()["broker"].startswith("takes no message")
        valkey.config_set("maxmemory", 0)
    wait_until(lambda: accepted_by(own_site), "runs are accepted again", 5)
    assert own_site.get("/readyz").status == 200
