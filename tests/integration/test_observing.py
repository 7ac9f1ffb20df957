"""What whoever runs the site sees of it: its logs."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.running import QUICK, RunningSite, running_site
from tests.running_process import RunningProcess, wait_until


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site that tests look at from outside. They share it."""
    with running_site(tmp_path_factory.mktemp("site"), prepared, **QUICK, LOG_FORMAT="json") as running:
        yield running


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
