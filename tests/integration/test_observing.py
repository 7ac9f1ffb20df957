"""What whoever runs the site sees of it: its logs, and what Prometheus is told."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from config.run.probes import site_says
from tests.running import QUICK, RunningSite, running_site
from tests.running_process import RunningProcess, free_port, wait_until

SETTINGS: dict[str, Any] = {"LOG_FORMAT": "json", "METRICS_PORT": free_port(), "SEATS": 4}


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site that tests look at from outside. They share it."""
    with running_site(tmp_path_factory.mktemp("site"), prepared, **QUICK, **SETTINGS) as running:
        yield running


@pytest.fixture(scope="module")
def other_port(observed: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of another web process of the same site."""
    port = free_port()
    environ = {**observed.environ, "PORT": str(port)}
    log = tmp_path_factory.mktemp("other") / "web.log"
    other = RunningProcess(
        "web", environ, log, lambda _: site_says("127.0.0.1", port, "/healthz", f"127.0.0.1:{port}")[0] == 200
    )
    other.start()
    yield port
    other.kill()


def scraped(site: RunningSite) -> dict[str, float]:
    """What Prometheus is told, by the name of a figure with its labels."""
    connection = HTTPConnection("127.0.0.1", int(site.environ["METRICS_PORT"]), timeout=10)
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    connection.close()
    rows = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in rows}


def requests(kind: str, status: int = 200, method: str = "GET") -> str:
    return f'offload_request_seconds_count{{kind="{kind}",method="{method}",status="{status}"}}'


def logged(process: RunningProcess, **said: str) -> list[dict[str, str]]:
    """The lines of a process's log that are JSON and say so."""
    lines = [json.loads(line) for line in process.log.splitlines() if line.startswith("{")]
    return [line for line in lines if said.items() <= line.items()]


def test_a_click_leaves_lines_with_its_ids_in_web_and_worker(observed):
    answer = observed.post("/demos/celery/", {"seconds": 0})
    ids = {"request_id": answer.headers["X-Request-ID"], "run_id": answer.json()["id"]}
    wait_until(partial(logged, observed.worker, **ids, event="over"), "the worker says that it is over")
    (published,) = logged(observed.web, **ids)
    began, over = logged(observed.worker, **ids)
    assert [line["event"] for line in (published, began, over)] == ["published", "began", "over"]
    assert [line["part"] for line in (published, began, over)] == ["web", "worker", "worker"]
    assert {line["task"] for line in (published, began, over)} == {"demos.report"}
    assert 0 <= float(began["queue_wait_ms"]) < 10_000


def test_the_next_run_has_ids_of_its_own(observed):
    first, second = (observed.post("/demos/celery/", {"seconds": 0}) for _ in range(2))
    wait_until(partial(logged, observed.worker, run_id=second.json()["id"], event="over"), "it is over")
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert logged(observed.worker, run_id=second.json()["id"], request_id=first.headers["X-Request-ID"]) == []


def test_two_web_processes_are_counted_as_one_site_whichever_is_asked(observed, other_port):
    before = scraped(observed).get(requests("demos:celery"), 0)
    for port in (observed.port, other_port):
        site_says("127.0.0.1", port, "/demos/celery/", f"127.0.0.1:{port}")
    for _ in range(8):  # the kernel gives each connection to one of them
        found = scraped(observed)
        assert found[requests("demos:celery")] == before + 2
        assert found["offload_web_processes"] == 2


def test_the_processor_time_of_an_address_is_told_and_waiting_is_none(observed):
    name = 'offload_request_processor_seconds_total{kind="demos:blocking",method="GET"}'
    before = scraped(observed).get(name, 0)
    assert observed.get("/demos/blocking/?seconds=1").status == 200
    assert 0 < scraped(observed)[name] - before < 0.5


def test_what_a_reader_makes_up_is_no_label(observed):
    observed.get("/made/up/")
    observed.request("BREW", "/healthz")
    found = scraped(observed)
    assert found[requests("no address", 404)] >= 1
    assert found[requests("healthz", 405, "other")] >= 1
    assert not any("made" in name or "BREW" in name for name in found)


def test_runs_and_places_and_refusals_are_told(observed):
    with ThreadPoolExecutor(4) as learners:
        blocked = [learners.submit(observed.hold_a_place, 1) for _ in range(4)]
        wait_until(observed.has_no_place, "every place is taken")
        found = scraped(observed)
        assert found['offload_places_taken{of="blocking"}'] == found['offload_places{of="blocking"}'] == 4
        assert found['offload_refusals_total{bound="places for work inside a request"}'] >= 1
        assert [request.result().status for request in blocked] == [200] * 4
    path = observed.post("/demos/celery/", {"seconds": 0.2}).headers["Location"]
    wait_until(lambda: observed.state_of(path) == "succeeded", "the run is done")
    found = scraped(observed)
    assert found['offload_places_taken{of="blocking"}'] == 0
    assert found['offload_runs_total{kind="report",outcome="succeeded"}'] >= 1
    assert found['offload_queue_wait_seconds_bucket{kind="report",le="+Inf"}'] >= 1
    assert found['offload_run_seconds_sum{kind="report"}'] >= 0.2


def test_what_waits_is_told_also_without_a_worker(observed):
    observed.worker.stop()
    wait_until(lambda: scraped(observed)['offload_worker_up{queue="waiting"}'] == 0, "the worker is gone")
    path = observed.post("/demos/celery/", {"seconds": 0}).headers["Location"]
    age = 'offload_oldest_message_age_seconds{queue="waiting"}'
    found = wait_until(lambda: now if (now := scraped(observed))[age] > 0.5 else None, "the message gets old")
    assert found['offload_queue_messages{queue="waiting"}'] == 1
    observed.worker.start()
    wait_until(lambda: observed.state_of(path) == "succeeded", "the run is done")
    found = scraped(observed)
    assert found[age] == 0
    assert found['offload_worker_up{queue="waiting"}'] == found['offload_worker_up{queue="experiments"}'] == 1


def test_without_a_broker_the_rest_is_told(observed):
    observed.broker.pause()
    found = scraped(observed)
    observed.broker.resume()
    assert found["offload_broker_up"] == 0
    assert found[requests("healthz")] >= 1
    assert not any(name.startswith("offload_queue") for name in found)
