"""The small site's Celery."""

from celery import signals

from demos.bench.background import app_of, say
from demos.waiting import build_report

app = app_of("bystanders")


@app.task(name="bystanders.report", shared=False)
def report(seconds: float) -> None:
    """The slow work, in the worker."""
    build_report(seconds)


@signals.task_postrun.connect(sender=report)
def say_done(args: list[float] | tuple[float, ...] = (), **_: object) -> None:
    """The driver notes by its own clock when this line comes: the report is done."""
    if any(args):
        say("done")
