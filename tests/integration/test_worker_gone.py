"""No worker, a worker that is killed, and one that is told to stop: every run ends, or says why it waits."""

import subprocess
import sys
import time
from typing import Any

import pytest

from tests.running import RunningSite
from tests.running_process import wait_until

OVER = ("succeeded", "failed", "lost")


@pytest.fixture(autouse=True)
def no_traceback(own_site):
    yield
    assert "Traceback" not in own_site.web.log_path.read_text()
    assert "Traceback" not in own_site.worker.log_path.read_text()


def start_run(site: RunningSite, seconds: float) -> str:
    return site.post("/demos/celery/", {"seconds": seconds}).headers["Location"]


def look(site: RunningSite, path: str) -> Any:
    return site.get(path).json()


def test_without_a_worker_it_says_so_within_five_seconds_and_goes_on_when_one_is_back(own_site):
    own_site.worker.kill()
    path = start_run(own_site, 0.2)
    wait_until(lambda: "No worker is consuming" in (look(own_site, path).get("note") or ""), "the note", 5)
    assert look(own_site, path)["state"] == "queued"
    fragment = own_site.get(path, {"HX-Request": "true"})
    assert "No worker is consuming" in fragment.text
    assert "hx-trigger" in fragment.text
    own_site.worker.start()
    wait_until(lambda: own_site.state_of(path) == "succeeded", "the run is done")
    assert look(own_site, path)["note"] is None


def test_a_worker_that_is_killed_loses_its_running_runs_and_no_others(own_site):
    running = start_run(own_site, 10)
    wait_until(lambda: own_site.state_of(running) == "started", "the run has begun")
    own_site.worker.kill()
    killed = time.monotonic()
    queued = start_run(own_site, 0.2)
    own_site.worker.start()
    wait_until(lambda: own_site.state_of(queued) == "succeeded", "the queued run is done")
    wait_until(lambda: own_site.state_of(running) in OVER, "the running one ends", 15 - (time.monotonic() - killed))
    lost = look(own_site, running)
    assert lost["state"] == "lost"
    assert "no sign of it for 10 s" in lost["note"]


def test_a_message_that_a_dying_worker_took_along_ends_as_lost(own_site):
    own_site.worker.kill()
    path = start_run(own_site, 0.2)
    with own_site.valkey() as valkey:
        assert valkey.lpop("waiting")
    own_site.worker.start()
    wait_until(lambda: own_site.state_of(path) == "lost", "it is lost", 15)
    assert "ended before it began" in look(own_site, path)["note"]


def test_a_run_whose_record_is_gone_or_was_given_up_is_not_run(own_site):
    own_site.worker.kill()
    gone, given_up, last = start_run(own_site, 0), start_run(own_site, 0), start_run(own_site, 0)
    with own_site.valkey() as valkey:
        valkey.delete(f"offload:run:{gone.split('/')[-2]}")
        valkey.hdel(f"offload:run:{given_up.split('/')[-2]}", "published")
    time.sleep(2.1)  # what is not published after 2 s was answered with an error: the time itself is what counts
    own_site.worker.start()
    wait_until(lambda: own_site.state_of(last) == "succeeded", "the last one is done")
    assert own_site.get(gone).status == 404
    assert look(own_site, given_up)["state"] == "lost"


@pytest.mark.alone
def test_a_worker_that_is_told_to_stop_lets_go_of_its_runs_within_seconds(own_site):
    paths = [start_run(own_site, 9) for _ in range(5)]
    wait_until(lambda: all(own_site.state_of(path) == "started" for path in paths), "the runs have begun")
    began = time.monotonic()
    own_site.worker.stop()
    assert time.monotonic() - began < 4
    for path in paths:
        run = look(own_site, path)
        assert run["state"] == "lost"
        assert "stopped in the middle" in run["note"]


def is_healthy(site: RunningSite, queue: str) -> tuple[bool, str]:
    """What the health check of a container says (compose.yaml)."""
    command = [sys.executable, "-m", "config.run", "healthy", queue]
    done = subprocess.run(command, cwd=site.root, env=site.environ, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def test_the_experiments_may_have_a_worker_of_their_own(own_site):
    only_demos, only_experiments = (own_site.worker_of(queue) for queue in ("waiting", "experiments"))
    own_site.worker.kill()
    only_demos.start()
    report = start_run(own_site, 0.2)
    experiment = own_site.post("/demos/experiments/saturation/", {}).headers["Location"]
    wait_until(lambda: own_site.state_of(report) == "succeeded", "the report is done")
    assert is_healthy(own_site, "waiting") == (True, "")
    none = (False, "offload: no worker takes the queue “experiments”\n")
    wait_until(lambda: is_healthy(own_site, "experiments") == none, "the last sign of the killed worker is too old", 5)
    wait_until(lambda: "No worker is consuming" in (look(own_site, experiment).get("note") or ""), "the note", 5)
    assert look(own_site, experiment)["state"] == "queued"
    ready = own_site.get("/readyz")
    assert (ready.status, ready.json()["worker"]) == (200, "none takes experiments")

    only_demos.kill()
    only_experiments.start()
    waits = start_run(own_site, 0.2)
    wait_until(lambda: own_site.state_of(experiment) == "started", "the experiment goes on")
    wait_until(lambda: "No worker is consuming" in (look(own_site, waits).get("note") or ""), "the note", 5)
    assert own_site.get("/readyz").json()["worker"] == "none is consuming"
    assert look(own_site, experiment)["note"] is None
