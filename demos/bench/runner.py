"""What a worker does for an experiment: waits for its turn, starts the driver, and passes on what it measures.

The driver is a process of its own, so that the worker's threads do not disturb what it measures. However a run ends,
every process of it has ended afterwards, and the broker keeps nothing of it.
"""

import json
import logging
import os
import selectors
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

import redis
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from demos.bench import brokers
from demos.bench.experiment import DEADLINE
from demos.experiments.catalog import experiments
from demos.run_updates import Unwanted, give_up, hand_over, tell
from demos.runs import Reason, Run
from demos.store import records
from demos.store.client import Unreachable, client
from demos.store.records import Turn
from demos.worker import stopping
from processes import group
from stopwatch.measured import Measured
from stopwatch.measurements import keep_experiment

logger = logging.getLogger(__name__)

ASK_EVERY = 0.2  # seconds between two questions whether the turn has come
LOOK_EVERY = 0.2  # seconds between two looks whether the run is still wanted
GONE_SECONDS = 1.0  # how long what was killed may take to end, at most
STOP_SECONDS = 3.0  # what a driver that is told to stop needs to end its own processes, at most
LONGEST_LINE = 256 * 1024  # bytes of one line of a driver


class Ended(Exception):
    """The run came to nothing. `reason` says why, in a word of the record."""

    def __init__(self, reason: Reason, words: str) -> None:
        super().__init__(words)
        self.reason = reason


def start(run_id: str) -> None:
    """Run an experiment from its place in the line to its end, in a thread of its own.

    So one that waits or goes on holds none of the worker's threads, which are for the demos' work. There are never more
    of these than may stand in the line. A worker that stops waits for them: they let go when it is told to.
    """
    # In a copy of this thread's context, so that what is logged has the ids of the run and of its request.
    of_the_run = copy_context()
    threading.Thread(target=of_the_run.run, args=(_run, run_id), name=f"experiment {run_id}").start()


def _run(run_id: str) -> None:
    try:
        if wait_for_turn(run_id):
            try:
                carry_out(run_id)
            finally:
                leave(run_id)
    except Unreachable as error:
        logger.warning("experiment %s had its turn, but its record cannot be read: %s", run_id, error)
    except Exception:
        logger.exception("experiment %s failed", run_id)
        give_up(run_id, Reason.WENT_WRONG)
    finally:
        connections.close_all()


def wait_for_turn(run_id: str) -> bool:
    """Wait in the line. False: there is nothing to do, for the run has ended meanwhile, or the worker is stopping."""
    while True:
        try:
            turn, _ = records.begin(run_id)
        except Unreachable as error:
            logger.debug("experiment %s cannot ask for its turn: %s", run_id, error)
            turn = Turn.WAIT  # when the store stays away, the lease ends
        if turn is not Turn.WAIT:
            return turn is Turn.GO
        if stopping.wait(ASK_EVERY):
            give_up(run_id, Reason.WORKER_STOPPED)
            return False


def carry_out(run_id: str) -> None:
    """Run an experiment whose turn has come, and keep what came of it."""
    found = records.look(run_id)
    assert found is not None, "a run whose turn has come has a record"
    experiment = experiments().get(found.experiment)
    if experiment is None:  # it was removed while the run waited, by an upgrade of the site
        logger.warning("run %s is of “%s”, which this site does not have any more", run_id, found.experiment)
        give_up(run_id, Reason.WENT_WRONG)
        return
    began = timezone.now()
    try:
        figures, measured = drive(found, [f"--{name}={value}" for name, value in found.knobs.items()])
        tell(run_id)  # it may have been cancelled while its processes ended
    except Unwanted:
        return
    except Ended as ended:
        logger.warning("experiment %s (%s) came to nothing: %s", run_id, experiment.name, ended)
        give_up(run_id, ended.reason)
        return
    # Kept before it is said to be done: the page that hears so asks for the figures at once.
    knobs = {**experiment.defaults, **found.knobs}
    work = experiment.work_seconds(knobs)
    keep(found, Measured(experiment.name, work, figures, detail=measured, knobs=knobs), began)
    hand_over(run_id, json.dumps(dict(figures)))


def drive(found: Run, arguments: Sequence[str]) -> tuple[dict[str, float], Any]:
    """Run the driver of an experiment, whose turn has come, and give its figures and what it measured last.

    Raises:
        Unwanted, Ended: see there.
    """
    clear_broker(brokers.PREFIX)  # what a driver that was killed together with its worker has left
    try:
        with driver(found.id, ["demos.experiments", found.experiment, *arguments]) as process:
            return follow(found.id, process)
    finally:
        clear_broker(brokers.prefix_of(found.id))


@contextmanager
def driver(run_id: str, command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """The driver and its process group, all of which has ended afterwards."""
    environ = {name: value for name, value in os.environ.items() if name not in NOT_FOR_DRIVERS}
    environ |= {"BROKER_URL": settings.REDIS_URL, "KEY_PREFIX": brokers.prefix_of(run_id)}
    process = group.start(
        [sys.executable, "-m", *command],
        cwd=settings.BASE_DIR,
        env=environ,
        stdin=subprocess.PIPE,  # it ends when this closes, as it does when this process is killed
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process
    finally:
        if not group.ask_to_end(process, STOP_SECONDS):
            logger.warning("the driver of experiment %s did not stop by itself", run_id)
        group.end_group(process, GONE_SECONDS)
        process.stdin.close()
        process.stdout.close()


# The processes of a run have settings of their own.
NOT_FOR_DRIVERS = frozenset({"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL", "PYTHONWARNINGS"})


def follow(run_id: str, process: subprocess.Popen[bytes]) -> tuple[dict[str, float], Any]:
    """Pass on what the driver tells until it tells the figures, and give these and what it told last.

    Raises:
        Unwanted, Ended: see there.
    """
    until = monotonic() + DEADLINE
    measured: Any = None
    for line in lines(process):
        if stopping.is_set():
            raise Ended(Reason.WORKER_STOPPED, "the worker is stopping")
        if monotonic() > until:
            raise Ended(Reason.TOO_LONG, f"not done after {DEADLINE:g} s")
        said: Mapping[str, Any] = json.loads(line) if line else {}
        if "failed" in said:
            raise Ended(Reason.WENT_WRONG, str(said["failed"]))
        if "figures" in said:
            return {name: float(value) for name, value in said["figures"].items()}, measured
        measured = said.get("measured", measured)
        tell(run_id, measured=json.dumps(measured, separators=(",", ":")) if "measured" in said else "")
    raise Ended(Reason.WENT_WRONG, f"the driver ended with {process.wait(STOP_SECONDS)} and told no figures")


def lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What the driver prints, line by line, and an empty line whenever it printed none for a moment."""
    assert process.stdout is not None
    unfinished = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(LOOK_EVERY):
                yield b""
                continue
            data = os.read(process.stdout.fileno(), 64 * 1024)
            if not data:
                return
            *whole, unfinished = (unfinished + data).split(b"\n")
            if len(unfinished) > LONGEST_LINE:
                raise Ended(Reason.WENT_WRONG, "the driver's line has no end")
            yield from whole


def keep(found: Run, measured: Measured, began: datetime) -> None:
    """Keep the figures for the learner who started the run, so that their pages show them."""
    try:
        keep_experiment(UUID(found.owner), found.id, measured, began)
    except DatabaseError:
        logger.exception("the figures of experiment %s could not be kept for its learner", found.id)


def leave(run_id: str) -> None:
    """Let the next one in the line begin; when the store does not answer, the run's lease does so in the end."""
    try:
        records.leave(run_id)
    except Unreachable as error:
        logger.debug("experiment %s could not leave the line: %s", run_id, error)


def clear_broker(prefix: str) -> None:
    """Remove what the workers of one run, or of all, have left on the broker."""
    try:
        brokers.clear(client(), prefix)
    except redis.RedisError as error:
        logger.warning("the queues of experiments could not be removed, the next run does it: %s", error)
