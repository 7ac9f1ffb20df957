"""What the worker of a run needs: an app of its own, on the site's broker, under the prefix of the run."""

import os
import sys
from typing import Any

from celery import Celery, signals

from demos.bench import brokers
from demos.bench.processes import READY


def app_of(experiment: str) -> Celery:
    """A Celery app. It is not the current one, and its tasks are to be made with `shared=False`: the site's own app, in
    the same process when a page shows the code, never meets them.
    """
    app = Celery(experiment, set_as_current=False)
    app.conf.update(brokers.settings(os.environ.get("BROKER_URL", "memory://"), os.environ.get("KEY_PREFIX", "")))
    signals.worker_ready.connect(_say_ready)
    return app


def say(line: str) -> None:
    """Let the driver hear something. It notes by its own clock when that comes."""
    sys.__stdout__.write(f"{line}\n")  # type: ignore[union-attr]  # Celery puts a logger in the place of sys.stdout
    sys.__stdout__.flush()  # type: ignore[union-attr]


def _say_ready(**_: Any) -> None:
    say(READY)
