"""What is measured: each function takes a running site and returns figures. Latencies are in seconds."""

import logging
import os
import subprocess
import threading
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep

from tests.bench.client import BenchFailure, Connection, build
from tests.running import RunningSite
from tests.running_process import wait_until

LESSON = "/lessons/defining-tasks/performance/"
BROWSER = {"Accept-Encoding": "gzip, br", "Accept": "text/html"}
ROUNDS, EACH = 30, 20
# Seconds before whatever publishes, and what that is compared with: the worker is done with the last message by then,
# as it is when one reader clicks. Without it, what is measured is how the worker and the web server share two cores.
PAUSE = 0.02
FULL_ROUNDS, FULL_EACH = 3, 700


def medians(site: RunningSite, rounds: int = ROUNDS, pause: float = PAUSE) -> dict[str, float]:
    """The median latency of each kind of request in interleaved rounds, with `pause` seconds before what publishes."""
    with Connection(site.port) as connection:
        etag = _header(connection.ask(build("GET", LESSON, site.address, BROWSER), 200)[1], "etag")
        delay = _delay(site)
        found: dict[str, list[float]] = {}
        for round_number in range(rounds + 1):
            asked = _requests(site, connection, etag)
            measured = {name: _latencies(connection, pause if "POST" in name else 0, *asked[name]) for name in asked}
            measured["delay()"] = [_after_a_pause(pause, delay) for _ in range(EACH)]
            if round_number:  # the first round only warms up
                found = {name: found.get(name, []) + seconds for name, seconds in measured.items()}
    return {name: median(seconds) for name, seconds in found.items()}


def _latencies(connection: Connection, pause: float, request: bytes, status: int) -> list[float]:
    return [_after_a_pause(pause, lambda: connection.ask(request, status)[0]) for _ in range(EACH)]


def _after_a_pause(pause: float, measure: Callable[[], float]) -> float:
    if pause:
        sleep(pause)
    return measure()


def _requests(site: RunningSite, connection: Connection, etag: str) -> dict[str, tuple[bytes, int]]:
    """Each kind of request and the status that its answer must have. The polls look at a run that is under way."""
    host = site.address
    _, head, _ = connection.ask(build("POST", "/demos/celery/", host, body=b"seconds=10"), 202)
    place = site.path_of(_header(head, "location"))
    # A learner's browser sends its cookie with everything, so all of these do, what they are compared with included.
    known = {**BROWSER, "Cookie": _header(head, "set-cookie").split(";")[0]}
    return {
        "bare GET": (build("GET", "/bench/bare/", host, known), 200),
        "lesson": (build("GET", LESSON, host, known), 200),
        "lesson, If-None-Match": (build("GET", LESSON, host, {**known, "If-None-Match": etag}), 304),
        "status poll (JSON)": (build("GET", place, host, {**known, "Accept": "*/*"}), 200),
        "status poll (htmx)": (build("GET", place, host, {**known, "Accept": "*/*", "HX-Request": "true"}), 200),
        "bare POST": (build("POST", "/bench/bare/", host, known, b"seconds=0"), 200),
        "POST /demos/celery/": (build("POST", "/demos/celery/", host, {**known, "Accept": "*/*"}, b"seconds=0"), 202),
    }


def _header(head: bytes, name: str) -> str:
    rows = (row.decode().partition(":") for row in head.split(b"\r\n"))
    return next(value.strip() for found, _, value in rows if found.lower() == name)


def _delay(site: RunningSite) -> Callable[[], float]:
    """A bare `delay()`: the demo's own task, published from here for a run that does not exist, so it does nothing."""
    os.environ.update(site.environ)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    import config.celery  # noqa: F401 - makes the site's Celery app the current one

    logging.getLogger("demos.messages").setLevel(logging.WARNING)  # a line for each message would be all that one sees
    from demos.tasks import report

    def delay() -> float:
        began = perf_counter()
        report.delay("no-such-run")
        return perf_counter() - began

    return delay


def p99_idle_and_full(site: RunningSite, seats: int) -> tuple[float, float]:
    """The lesson's p99 while nobody waits, and while every place of the bulkhead is taken, in interleaved rounds."""
    request = build("GET", LESSON, site.address, BROWSER)
    idle: list[float] = []
    full: list[float] = []
    with Connection(site.port) as connection:
        for _ in range(FULL_ROUNDS):
            idle += [connection.ask(request, 200)[0] for _ in range(FULL_EACH)]
            waiting = _fill(site, seats)
            until = monotonic() + 5
            full += [connection.ask(request, 200)[0] for _ in range(FULL_EACH)]
            if monotonic() > until:
                raise BenchFailure("the bulkhead was not full for as long as was measured")
            for thread in waiting:
                thread.join()
    return quantiles(idle, n=100)[98], quantiles(full, n=100)[98]


def _fill(site: RunningSite, seats: int) -> list[threading.Thread]:
    """Take every place with requests of 6 s, and come back when one more is refused."""

    def wait_in_a_place() -> None:
        while site.get("/demos/blocking/?seconds=6").status == HTTPStatus.SERVICE_UNAVAILABLE:
            pass  # who asks below whether all are taken had the last one

    threads = [threading.Thread(target=wait_in_a_place) for _ in range(seats)]
    for thread in threads:
        thread.start()
    wait_until(lambda: site.get("/demos/blocking/?seconds=0").status == 503, "every place is taken", 5)
    return threads


def memory(site: RunningSite) -> dict[str, float]:
    """The resident memory of each of the site's processes with all that it started, in MB.

    What several of them share (Granian forks its processes) counts once, where the system says so (Linux).
    """
    rows = subprocess.run(["ps", "-axo", "pgid=,pid=,rss="], capture_output=True, text=True, check=True).stdout
    groups: dict[int, int] = {}
    for row in filter(None, rows.split("\n")):
        group, process, kilobytes = map(int, row.split())
        groups[group] = groups.get(group, 0) + (_own_share(process) or kilobytes)
    return {process.name: groups.get(process.pid, 0) / 1024 for process in site.processes}


def _own_share(process: int) -> int:
    """The memory of a process in KB, of which shared pages count in part; 0 where the system does not say."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().split("\n")
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
