"""Many at once: a class behind one address, and what the bulkhead keeps for everybody else."""

import statistics
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from tests.running import Answer, RunningSite
from tests.running_process import wait_until

CLASS = 30
SECONDS = 2


def at_once(count: int, ask: Callable[[], Answer]) -> list[Answer]:
    """What `ask` answers to so many who ask at the same moment."""
    line = Barrier(count)

    def asks(_: int) -> Answer:
        line.wait()
        return ask()

    with ThreadPoolExecutor(count) as learners:
        return list(learners.map(asks, range(count)))


@pytest.mark.alone
def test_a_class_of_thirty_that_clicks_at_once_has_its_reports_in_time(site):
    answers = at_once(CLASS, lambda: site.post("/demos/celery/", {"seconds": SECONDS}))
    assert [answer.status for answer in answers] == [202] * CLASS
    runs = []
    for answer in answers:
        path = answer.headers["Location"]
        runs.append(wait_until(partial(over, site, path), f"{path} is over", SECONDS + 5))
    assert {run["state"] for run in runs} == {"succeeded"}
    assert max(run["timeline"][-1]["at_ms"] for run in runs) <= (SECONDS + 1) * 1000
    assert len({answer.headers["Set-Cookie"].split(";")[0] for answer in answers}) == CLASS


def over(site: RunningSite, path: str) -> Any:
    run = site.get(path).json()
    return run if run.get("state", "queued") not in ("queued", "started") else None


@pytest.mark.alone
def test_a_class_of_thirty_can_block_at_once_and_the_rest_of_the_site_stays_quick(site):
    with ThreadPoolExecutor(1) as others:
        blocked = others.submit(at_once, CLASS, lambda: site.get(f"/demos/blocking/?seconds={SECONDS}"))
        meanwhile = []
        while not blocked.done():
            meanwhile.append(site.get("/healthz").seconds)
        answers = blocked.result()
    assert [answer.status for answer in answers] == [200] * CLASS
    assert all(SECONDS <= answer.seconds < SECONDS + 2 for answer in answers)
    assert statistics.median(meanwhile) < 0.25


@pytest.mark.alone
def test_past_the_bulkhead_it_refuses_at_once_and_serves_pages_all_the_same(start_site):
    site = start_site(SEATS=2)
    with ThreadPoolExecutor(8) as learners:
        blocked = [learners.submit(site.hold_a_place, 3) for _ in range(2)]
        refused = wait_until(site.has_no_place, "the bulkhead is full", every=0.2)
        assert refused.seconds < 1
        assert int(refused.headers["Retry-After"]) >= 1
        assert "Every place" in refused.json()["detail"]
        page = site.get("/demos/blocking/", {"Accept": "text/html"})
        assert (page.status, page.seconds < 1) == (200, True)
        assert site.get("/healthz").seconds < 1
        assert site.post("/demos/celery/", {"seconds": 0}).status == 202
        assert [request.result().status for request in blocked] == [200, 200]
    assert site.get("/demos/blocking/?seconds=0").status == 200  # the places are free again


def test_past_the_cap_on_queued_runs_it_refuses_and_takes_more_when_there_is_room(start_site):
    site = start_site(SEATS=1)
    site.worker.stop()
    answers = [site.post("/demos/celery/", {"seconds": 0}) for _ in range(3)]
    assert [answer.status for answer in answers] == [202, 202, 503]  # two for each seat
    assert int(answers[2].headers["Retry-After"]) >= 1
    assert "2 runs wait already" in answers[2].json()["detail"]
    site.worker.start()
    for answer in answers[:2]:
        wait_until(partial(over, site, answer.headers["Location"]), "a queued run is done")
    assert site.post("/demos/celery/", {"seconds": 0}).status == 202


def test_a_full_worker_keeps_a_run_waiting_and_never_loses_it(start_site):
    site = start_site(SEATS=1)
    # The first one has to leave the queue before it has room for two more.
    paths = [site.post("/demos/celery/", {"seconds": 3}).headers["Location"]]
    wait_until(lambda: site.state_of(paths[0]) == "started", "the first one has begun")
    paths += [site.post("/demos/celery/", {"seconds": 3}).headers["Location"] for _ in range(2)]
    runs = [wait_until(partial(over, site, path), f"{path} is over") for path in paths]
    assert [run["state"] for run in runs] == ["succeeded"] * 3
    assert runs[2]["queue_wait_ms"] > 3500
