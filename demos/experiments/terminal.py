"""A run that is started at a terminal: it stands in the line of the site like any other, and is watched to its end."""

import json
import time
import uuid
from collections.abc import Callable

from celery.app.utils import find_app
from django.core.management.base import CommandError

from demos.bench.experiment import Experiment
from demos.bench.knobs import Knobs
from demos.experiments.presenters import WORDS
from demos.publishing import publish
from demos.runs import Run, State
from demos.store import records
from demos.store.client import Unreachable
from demos.store.records import LineFull

LOOK_EVERY = 0.3  # seconds
NO_SITE = (
    "The broker does not answer. An experiment runs on a site that is running: `make run` starts one."
    " It is looked for by the settings of this shell: give DATA_DIR or REDIS_URL if the site was started with one."
)


def run_at_terminal(experiment: Experiment, knobs: Knobs, watch: Callable[[Run], None]) -> Run:
    """Run an experiment on the site whose settings these are, and give what came of it. Ctrl-C cancels it.

    Args:
        watch: is given the run again and again, as it is then.

    Raises:
        CommandError: there is no site that runs, or nothing came of the run; its text says which.
    """
    find_app("config")  # through which tasks are published, as `celery -A config` finds it
    from demos.tasks import experiment as task

    try:
        # It is nobody's, so its figures are kept for nobody.
        run_id, _ = records.join(experiment.name, json.dumps(knobs), uuid.uuid4().hex)
    except LineFull as full:
        raise CommandError(f"{full} One run goes on at a time. Nothing was started.") from full
    except Unreachable as error:
        raise CommandError(NO_SITE) from error
    try:
        publish(task, run_id)
        found = _watched(run_id, watch)
    except Unreachable as error:
        raise CommandError("The broker does not answer any more.") from error
    except BaseException:
        records.cancel(run_id)
        raise
    if found.state is not State.SUCCEEDED:
        raise CommandError(f"{WORDS[found.state]} {found.note}".strip())
    return found


def _watched(run_id: str, watch: Callable[[Run], None]) -> Run:
    while True:
        found = records.look(run_id)
        if found is None:
            raise CommandError("The run is not there any more.")
        watch(found)
        if found.is_over:
            return found
        time.sleep(LOOK_EVERY)
