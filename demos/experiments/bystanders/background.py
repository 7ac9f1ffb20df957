"""The small site's Celery: an app of its own, on the site's broker, under the prefix of the run."""

import os
import sys
from typing import Any

from celery import Celery, signals

from demos.bench import brokers
from demos.bench.processes import READY
from demos.waiting import build_report

# Not the current app, and its task not shared: the site's own app in the same process never meets it.
app = Celery("bystanders", set_as_current=False)
app.conf.update(brokers.settings(os.environ.get("BROKER_URL", "memory://"), os.environ.get("KEY_PREFIX", "")))
app.conf.task_default_queue = QUEUE = "slow"


@app.task(name="bystanders.report", shared=False)
def report(seconds: float) -> None:
    """The slow work, in the worker."""
    build_report(seconds)


def _say(word: str) -> None:
    sys.__stdout__.write(f"{word}\n")  # type: ignore[union-attr]  # Celery puts a logger in the place of sys.stdout
    sys.__stdout__.flush()  # type: ignore[union-attr]


@signals.worker_ready.connect
def say_ready(**_: Any) -> None:
    """The driver waits for this line."""
    _say(READY)


@signals.task_postrun.connect(sender=report)
def say_done(args: list[float] | tuple[float, ...] = (), **_: Any) -> None:
    """The driver notes by its own clock when this line comes: the report is done."""
    if any(args):
        _say("done")
