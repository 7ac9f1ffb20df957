"""Bystanders for real: what it measures, who may do what, and that nothing is left of a run however it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.running import Answer, RunningSite
from tests.running_process import is_alive, wait_until, wait_until_ended

PAGE = "/demos/experiments/bystanders/"
ORIGIN = "defining-tasks/performance"
OVER = ("succeeded", "failed", "lost", "cancelled")


@pytest.fixture(autouse=True)
def no_traceback(request):
    site = request.getfixturevalue("own_site" if "own_site" in request.fixturenames else "site")
    yield
    assert "Traceback" not in site.worker.log_path.read_text()


def start(site: RunningSite, cookie: str = "") -> tuple[str, str]:
    """Start a run; gives its path and the learner's cookie."""
    answer = site.post(PAGE, {}, {"Cookie": cookie} if cookie else {})
    assert answer.status == 202, answer.text
    return answer.headers["Location"], cookie or answer.headers["Set-Cookie"].split(";")[0]


def cancel(site: RunningSite, path: str, cookie: str = "") -> Answer:
    return site.post(f"{path}cancel/", {}, {"Cookie": cookie} if cookie else {})


def look(site: RunningSite, path: str) -> Any:
    return site.get(path).json()


def processes_of(site: RunningSite) -> list[int]:
    """The driver that this site's worker has started, and every process of its group."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,pgid="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in table.splitlines()]
    groups = {pid for pid, parent, _ in rows if parent == site.worker.pid}
    return [pid for pid, _, group in rows if group in groups]


def run_begins(site: RunningSite, path: str) -> list[int]:
    """Wait until a run measures; gives its processes: the driver, gunicorn and its two, and the worker."""
    run = wait_until(lambda: (now := look(site, path)).get("state") in OVER or now.get("measured"), "it measures", 20)
    assert run is not True, (look(site, path), site.worker.log[-2000:])
    pids = processes_of(site)
    assert len(pids) >= 5
    return pids


def driver_of(pids: list[int]) -> int:
    """The one of a run's processes that leads the others."""
    return os.getpgid(pids[0])


def check_gone(site: RunningSite, pids: list[int], run: str = "*") -> None:
    """Wait until nothing is left of a run. `run` is its id where another one may be going on already."""
    wait_until_ended(pids, "its processes are gone", 8)
    with site.valkey() as valkey:
        wait_until(lambda: not list(valkey.scan_iter(f"offload:experiment-broker:{run}:*")), "its queue is gone", 3)


@pytest.mark.alone
def test_a_stranger_waits_ten_times_longer_while_the_work_is_in_the_view(site: RunningSite):
    path, cookie = start(site)
    again, _ = start(site, cookie)
    assert again == path  # a learner has one run at a time
    pids = run_begins(site, path)
    second, second_cookie = start(site)
    waiting = look(site, second)
    assert (waiting["state"], waiting["before"]) == ("queued", 1)
    assert 1 <= waiting["wait_s"] <= 12
    assert "1 before you, about" in site.get(second, {"HX-Request": "true"}).text
    assert cancel(site, path, second_cookie).status == 403
    assert cancel(site, path).status == 403
    assert cancel(site, second, second_cookie).json()["state"] == "cancelled"  # also while it waits
    wait_until(lambda: site.state_of(path) in OVER, "it is over", 20)
    check_gone(site, pids)

    run = look(site, path)
    assert run["state"] == "succeeded", run
    figures = run["figures"]
    assert figures["view-p95"] >= 10 * figures["celery-p95"]
    assert figures["view-p95"] >= 1500
    assert figures["view-slow-response"] >= 3000 > 10 * figures["celery-slow-response"]
    view, celery = run["measured"]
    assert len(view["stranger"]) == len(celery["stranger"]) == 90
    assert max(celery["reports_ms"]) - 750 >= 3000  # Celery makes nothing faster
    last = site.get(path, {"HX-Request": "true", "Cookie": cookie})
    assert last.headers["HX-Trigger"] == "measured"
    assert "hx-trigger" not in last.text
    unkept = json.loads(site.get(path, {"HX-Request": "true"}).headers["HX-Trigger"])["measured"]
    drawn = site.get(f"/stopwatch/defining-tasks/performance/?{urlencode({'carried': unkept['unkept']})}")
    assert "Measured in the run that you started" in drawn.text  # where no cookie says whose it is
    assert site.get(path, {"Accept": "text/html"}).headers["Refresh"] is None
    find = f"from stopwatch.models import Measurement as M; print(M.objects.get(receipt='{run['id']}').figures)"
    kept = site.manage("shell", "-c", find)
    assert f"'view-p95': {figures['view-p95']}" in kept


def test_a_run_that_is_cancelled_ends_all_its_processes_and_lets_the_next_one_begin(own_site: RunningSite):
    path, cookie = start(own_site)
    pids = run_begins(own_site, path)
    second, _ = start(own_site)
    assert cancel(own_site, path, cookie).json()["state"] == "cancelled"
    check_gone(own_site, pids, path.split("/")[-2])
    wait_until(lambda: own_site.state_of(second) == "started", "the next one has begun", 5)
    pids = run_begins(own_site, second)
    own_site.worker.stop()  # told to stop, it lets go of its run
    check_gone(own_site, pids)
    lost = look(own_site, second)
    assert (lost["state"], "was stopped" in lost["note"]) == ("lost", True)


def test_the_next_run_begins_only_when_nothing_of_a_cancelled_one_goes_on(own_site: RunningSite):
    path, cookie = start(own_site)
    pids = run_begins(own_site, path)
    second, _ = start(own_site)
    os.kill(driver_of(pids), signal.SIGSTOP)  # it cannot clean up by itself, so that ending it takes the longest
    assert cancel(own_site, path, cookie).json()["state"] == "cancelled"
    again, _ = start(own_site, cookie)
    assert again != path  # whoever cancelled may stand in the line again
    alive_at_begin = wait_until(
        lambda: own_site.state_of(second) == "started" and [any(is_alive(pid) for pid in pids)], "it begins", 10
    )
    assert alive_at_begin == [False]
    assert run_begins(own_site, second)


def test_a_driver_that_crashes_fails_the_run_and_leaves_nothing(site: RunningSite):
    path, _ = start(site)
    pids = run_begins(site, path)
    os.kill(driver_of(pids), signal.SIGKILL)
    wait_until(lambda: site.state_of(path) == "failed", "it has failed", 5)
    check_gone(site, pids, path.split("/")[-2])


def test_a_worker_that_is_killed_takes_its_run_along_and_frees_the_line(own_site: RunningSite):
    path, _ = start(own_site)
    pids = run_begins(own_site, path)
    own_site.worker.kill()
    killed = time.monotonic()
    check_gone(own_site, pids)
    second, _ = start(own_site)
    wait_until(lambda: "No worker is consuming" in own_site.get(second, {"HX-Request": "true"}).text, "it says so", 5)
    own_site.worker.start()
    wait_until(lambda: own_site.state_of(path) == "lost", "it is lost", 15 - (time.monotonic() - killed))
    wait_until(lambda: own_site.state_of(second) == "started", "the line is free", 5)


def test_a_broker_that_goes_away_ends_the_run_and_the_next_one_clears_up(own_site: RunningSite):
    path, _ = start(own_site)
    pids = run_begins(own_site, path)
    own_site.broker.pause()
    wait_until_ended(pids, "its processes are gone", 25)
    own_site.broker.resume()
    wait_until(lambda: own_site.state_of(path) in OVER, "it is over", 15)
    check_gone(own_site, pids)


def test_past_the_length_of_the_line_it_says_so(start_site):
    site = start_site(SEATS=4)
    for _ in range(2):
        start(site)
    full = site.post(PAGE, {})
    assert (full.status, full.headers["Retry-After"]) == (503, "11")
    assert "stand in the line" in full.json()["detail"]


def test_with_one_thread_for_the_demos_their_work_begins_while_experiments_wait_and_go_on(start_site):
    site = start_site(SEATS=1)
    pids = run_begins(site, start(site)[0])
    second, _ = start(site)
    run = site.post("/demos/celery/", {"seconds": 0.1}).headers["Location"]
    wait_until(lambda: site.state_of(run) == "succeeded", "the report is done", 5)
    assert any(is_alive(pid) for pid in pids)
    assert site.state_of(second) == "queued"


def test_a_run_of_an_experiment_that_was_since_removed_says_so_in_every_form(site: RunningSite):
    before, others_cookie = start(site)
    wait_until(lambda: site.state_of(before) == "started", "it begins", 40)  # others may be before
    path, cookie = start(site)  # which waits in the line
    run = path.split("/")[-2]
    with site.valkey() as valkey:
        valkey.hset(f"offload:run:{run}", "experiment", "removed")

    def check() -> None:
        for headers in ({}, {"Accept": "text/html"}, {"HX-Request": "true"}):
            answer = site.get(path, headers)
            assert (answer.status, "does not have any more" in answer.text) == (410, True)
            assert "hx-trigger" not in answer.text

    check()
    assert cancel(site, before, others_cookie).json()["state"] == "cancelled"
    site.worker.wait_until_logged(f"run {run} is of “removed”, which this site does not have any more")
    check()
    assert cancel(site, path, cookie).status == 410


def test_where_no_cookie_comes_back_a_run_is_not_cancelled_and_goes_on_to_be_shown(site: RunningSite):
    path, cookie = start(site)
    known = {"HX-Request": "true", "Cookie": cookie}
    words = "the cookie that came with its start says who started it, and none came back"
    for answer in (site.get(path, {"HX-Request": "true"}), site.post(f"{path}cancel/", {}, {"HX-Request": "true"})):
        assert (words in answer.text, "Cancel this run" in answer.text) == (True, False)
        assert "hx-trigger" in answer.text
    assert (answer.status, site.post(f"{path}cancel/", {}).json()["title"]) == (403, "Whose run is it?")
    assert words not in site.get(path, known).text
    cancelled = site.post(f"{path}cancel/", {}, known)
    assert (cancelled.status, "Cancelled." in cancelled.text) == (200, True)


@pytest.mark.alone
def test_a_run_is_of_what_was_chosen_and_leads_back_to_where_it_was_started(site: RunningSite):
    chosen = {"processes": 3, "requests": 1, "seconds": 1, "threads": 1}
    started = site.post(PAGE, {**chosen, "page": f"{ORIGIN}#experiment-1-part", "place": "experiment-1"})
    assert (started.status, started.json()["knobs"]) == (202, chosen)
    path, cookie = started.headers["Location"], {"Cookie": started.headers["Set-Cookie"].split(";")[0]}
    other = site.post("/demos/experiments/saturation/", {}, cookie)
    assert (other.status, other.json()["title"]) == (409, "You have a run already")
    again = site.post(PAGE, {"processes": 1}, cookie)  # a learner has one run at a time
    assert (again.status, again.json()["id"], again.json()["is_new"]) == (202, started.json()["id"], False)
    wait_until(lambda: site.state_of(path) in OVER, "it is over", 40)  # others may be before
    run = look(site, path)
    assert (run["state"], run["knobs"]) == ("succeeded", chosen)
    assert {phase["name"]: len(phase["slow"]) for phase in run["measured"]} == {"view": 1, "celery": 1}
    page = site.get(path, {"Accept": "text/html"}).text
    assert f'href="/lessons/{ORIGIN}/#experiment-1-part">Back to the lesson' in page
    assert "Web processes: 3, Slow requests at once: 1, Work of each: 1 s, Threads of the worker: 1" in page
    assert 'name="processes" value="3"' in page  # "Run again" runs the same
    find = f"from stopwatch.models import Measurement as M; print(M.objects.get(receipt='{run['id']}').knobs)"
    assert "'processes': 3" in site.manage("shell", "-c", find)
    # What stands in a lesson is a run of which nothing was chosen.
    drawn = site.get(f"/stopwatch/{ORIGIN}/", cookie)
    assert drawn.status == 204


def test_at_a_terminal_a_run_that_is_interrupted_is_cancelled(own_site: RunningSite):
    command = subprocess.Popen(
        [sys.executable, "manage.py", "experiment", "saturation"],
        cwd=own_site.root,
        env=own_site.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What a shell starts in the background ignores Ctrl-C, with all that it starts: these tests, say.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - which threads do not touch
    )
    assert command.stderr
    with command, command.stderr as said:
        wait_until(lambda: b"It is running." in said.readline(), "it is running")
        pids = wait_until(lambda: processes_of(own_site), "its processes are there")
        command.send_signal(signal.SIGINT)
        assert command.wait(20) == 130
        assert said.read().endswith(b"\nCancelled.\n")
    check_gone(own_site, pids)


def test_a_driver_ends_with_whoever_holds_its_input(site: RunningSite):
    broker = f"redis+socket://{site.valkey_socket}"
    driver = subprocess.Popen(
        [sys.executable, "-m", "demos.experiments", "bystanders"],
        env=os.environ | {"BROKER_URL": broker, "KEY_PREFIX": "offload:experiment-broker:test:"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert driver.stdin
    assert driver.stdout
    with driver.stdin, driver.stdout:
        assert b"measured" in driver.stdout.readline()
        driver.stdin.close()
        driver.wait(5)
    with site.valkey() as valkey:
        assert not list(valkey.scan_iter("offload:experiment-broker:test:*"))
