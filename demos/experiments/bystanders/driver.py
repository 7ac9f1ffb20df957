"""The driver of Bystanders: starts the small site, and measures both phases."""

import http.client
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from demos.bench.bench import Bench, Failed
from demos.bench.knobs import Knobs
from demos.bench.load import Load, steady
from demos.bench.processes import START_SECONDS, NotUp
from demos.experiments.bystanders import model
from demos.experiments.bystanders.model import PATIENCE, PHASES, RATE, SLOW_AT, Phase, Plan

SMALL_SITE = "demos.experiments.bystanders.small_site:application"
BACKGROUND = "demos.experiments.bystanders.background"
TELL_EVERY = 0.3  # seconds


def run(bench: Bench, knobs: Knobs) -> Mapping[str, float]:
    """Measure what a stranger gets with the work in the view, and then with Celery.

    Raises:
        Failed: too many requests had no response.
        NotUp: a process did not come up.
    """
    plan = Plan(**knobs)
    reports = Reports()
    port = bench.web_server(SMALL_SITE, plan.processes)
    consumes = bench.worker(BACKGROUND, plan.threads, reports.hear)
    warm_up(port, plan)
    consumes()
    done: list[Phase] = []

    def tell(*phases: Phase) -> None:
        bench.tell(model.as_json(phases))

    for name in PHASES:
        done.append(measure(name, port, plan, reports, lambda so_far: tell(*done, so_far)))
        if not done[-1].is_sound:
            raise Failed(f"too many requests had no response in the phase {name}")
    tell(*done)
    return model.figures(done, plan)


class Reports:
    """When reports were done in the worker, by this program's clock."""

    def __init__(self) -> None:
        self.at: list[float] = []

    def hear(self, line: str) -> None:
        """A line of the worker."""
        if line == "done":
            self.at.append(monotonic())


def measure(name: str, port: int, plan: Plan, reports: Reports, tell: Callable[[Phase], None]) -> Phase:
    """One phase: the stranger asks at a steady rate, and in the middle of it the slow requests come."""
    patience = plan.failed_ms / 1000
    stranger = Load(steady(RATE, plan.phase_seconds(name)), lambda: ask(port, "/page", patience))
    slow = Load([SLOW_AT] * plan.requests, lambda: ask(port, f"/{name}?seconds={plan.seconds:g}", patience))
    began = monotonic()
    reports.at.clear()

    def so_far() -> Phase:
        samples = slow.samples()
        done = [round((at - began) * 1000, 1) for at in list(reports.at)]
        if name == "view":  # the response is the report
            done = [s.due_ms + s.latency_ms for s in samples if s.outcome == "answered"]
        return Phase(name, round((monotonic() - began) * 1000, 1), stranger.samples(), samples, done)

    loads = [threading.Thread(target=load.run, args=(began, PATIENCE), daemon=True) for load in (stranger, slow)]
    for load in loads:
        load.start()
    while any(load.is_alive() for load in loads):
        loads[0].join(TELL_EVERY)
        tell(so_far())
        if not loads[0].is_alive():
            loads[1].join(PATIENCE)
    return so_far()


def ask(port: int, path: str, patience: float) -> bool:
    """Ask the small site, on a connection of its own, as a stranger's browser would. Whether it answered in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return response.status < 300  # noqa: PLR2004 - HTTP's successes


def warm_up(port: int, plan: Plan) -> None:
    """Wait until the small site answers, and let all of its processes connect to the broker.

    On a busy machine a first connection may take longer than it may, so this is tried for some seconds.

    Raises:
        NotUp: it answers with errors, or not at all.
    """
    until = monotonic() + START_SECONDS
    while not all(asked_at_once(port, "/warm-up", times=4 * plan.processes)):
        if monotonic() > until:
            raise NotUp("the small web server did not come up, or could not publish")


def asked_at_once(port: int, path: str, times: int) -> list[bool]:
    """Ask so many times at the same moment, so that every process gets its share. Which were answered."""
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(lambda _: ask(port, path, START_SECONDS), range(times)))
