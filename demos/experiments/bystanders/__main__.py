"""The driver of Bystanders: starts the small site, measures both phases, and says so in lines of JSON.

`python -m demos.experiments.bystanders`, with BROKER_URL and KEY_PREFIX in the environment. Its standard input is held
by whoever started it.
"""

import http.client
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from demos.bench import brokers
from demos.bench.load import Load, steady
from demos.bench.processes import (
    START_SECONDS,
    NotUp,
    celery_worker,
    tell,
    tell_last,
    web_server,
)
from demos.experiments.bystanders import phases, plan
from demos.experiments.bystanders.phases import Phase
from demos.store.client import redis_py_url
from processes.bound_to_input import bound_to_input

SMALL_SITE = "demos.experiments.bystanders.small_site:application"
BACKGROUND = "demos.experiments.bystanders.background"
TELL_EVERY = 0.3  # seconds


def main() -> int:
    """Run the experiment. Returns an exit code; what went wrong is said in a line of its own."""
    url, prefix = os.environ["BROKER_URL"], os.environ["KEY_PREFIX"]
    with bound_to_input(), ExitStack() as stack:
        stack.callback(clear, url, prefix)
        reports = Reports()
        port = stack.enter_context(web_server(SMALL_SITE, plan.PROCESSES, os.environ))
        consumes = stack.enter_context(celery_worker(BACKGROUND, "slow", plan.WORKER_THREADS, os.environ, reports.hear))
        try:
            warm_up(port)
            consumes()
        except NotUp as error:
            tell_last({"failed": str(error)})
            return 1
        done: list[Phase] = []
        for name in plan.PHASES:
            done.append(measure(name, port, reports, lambda so_far: tell_so_far([*done, so_far])))
            if not done[-1].is_sound:
                tell_last({"failed": f"too many requests had no answer in the phase {name}"})
                return 1
        tell_so_far(done)
        tell_last({"figures": phases.figures(done)})
    return 0


class Reports:
    """When reports were done in the worker, by this program's clock."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def hear(self, line: str) -> None:
        """A line of the worker."""
        if line == "done":
            self.at.append(monotonic())


def measure(name: str, port: int, reports: Reports, tell_phase: Callable[[Phase], None]) -> Phase:
    """One phase: the stranger asks at a steady rate, and in the middle of it the slow requests come."""
    stranger = Load(steady(plan.RATE, plan.PHASE_SECONDS), lambda: ask(port, "/page"))
    slow = Load([plan.SLOW_AT] * plan.SLOW_REQUESTS, lambda: ask(port, f"/{name}"))
    began = monotonic()
    reports.at.clear()

    def so_far() -> Phase:
        answers = slow.samples()
        done = [round((at - began) * 1000, 1) for at in list(reports.at)]
        if name == "view":  # the answer is the report
            done = [s.due_ms + s.latency_ms for s in answers if s.outcome == "answered"]
        return Phase(name, round((monotonic() - began) * 1000, 1), stranger.samples(), answers, done)

    loads = [threading.Thread(target=load.run, args=(began, plan.PATIENCE), daemon=True) for load in (stranger, slow)]
    for load in loads:
        load.start()
    while any(load.is_alive() for load in loads):
        loads[0].join(TELL_EVERY)
        tell_phase(so_far())
        if not loads[0].is_alive():
            loads[1].join(plan.PATIENCE)
    return so_far()


def ask(port: int, path: str) -> bool:
    """Ask the small site, on a connection of its own, as a stranger's browser would. Whether it answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=plan.FAILED_MS / 1000)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return answer.status < 300  # noqa: PLR2004 - HTTP's successes


def warm_up(port: int) -> None:
    """Wait until the small site answers, and let both of its processes connect to the broker.

    On a busy machine a first connection may take longer than it may, so this is tried for some seconds.

    Raises:
        NotUp: it answers with errors, or not at all.
    """
    until = monotonic() + START_SECONDS
    while not all(asked_at_once(port, "/warm-up", times=4 * plan.PROCESSES)):
        if monotonic() > until:
            raise NotUp("the small web server did not come up, or could not publish")


def asked_at_once(port: int, path: str, times: int) -> list[bool]:
    """Ask so many times at the same moment, so that every process gets its share. Which were answered."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _: ask(port, path), range(times)))


def tell_so_far(measured: list[Phase]) -> None:
    """Send everything that has been measured so far."""
    tell({"measured": phases.as_json(measured)})


def clear(url: str, prefix: str) -> None:
    """Remove what the run's worker kept on the broker. When it does not answer, the next run does that."""
    with redis.Redis.from_url(
        redis_py_url(url), socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    ) as client:
        try:
            brokers.clear(client, prefix)
        except redis.RedisError as error:
            sys.stderr.write(f"bystanders: the queue of the run could not be removed: {error}\n")


if __name__ == "__main__":
    sys.exit(main())
