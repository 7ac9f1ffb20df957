"""Celery's application. Every setting says why it is there; figures were measured with Celery 5.7.0 and redis-py 8.1.0.

The worker is `celery -A config worker --concurrency <SEATS>`, with threads: its work only waits, and 40 waiting threads
take 59 MB where 40 processes take 1,935 MB.
"""

import os
from typing import Any

from celery import Celery, signals
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# A worker serves no pages. Django's checks would load every page of the site into it, and let a fault in one stop it.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

from django.conf import settings

from config.databases import found
from demos import messages
from demos.worker import SignOfLife, stop_running_work
from frontdoor import log_lines

# One operation on the broker may take this long, in seconds. By default, kombu waits for ever for a broker that accepts
# and never answers: a view that publishes was still blocked after 180 s.
BROKER_SECONDS = 0.5

# Trying again costs the reader time, and a connection that went stale is replaced without it.
RETRIES = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}

app = Celery("offload")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_transport_options={"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS, **RETRIES},
    task_publish_retry_policy=RETRIES,
    # A connection for each thread of the web server: the pool's default of 10 would make the others wait without bound.
    broker_pool_limit=settings.WEB_THREADS,
    # The worker may start before its broker, and waits for it.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # A broker that answers with an error (its disk is full, it has become a replica) is one to come back to as well. By
    # default the worker would end, with all that it does.
    broker_channel_error_retry=True,
    worker_consumer="demos.worker:PatientConsumer",
    # Runs are kept in records of our own (demos/store). A result backend that nobody reads costs 0.7 ms a publish, and
    # 19 s when the broker refuses.
    result_backend=None,
    task_ignore_result=True,
    # JSON is all that is sent, and all that is taken.
    task_serializer="json",
    accept_content=["json"],
    # Acknowledged when the work begins: a demo that a worker took to its grave is reported as lost and not run again
    # after an hour (the visibility timeout), when nobody looks any more.
    task_acks_late=False,
    # False is the default; unset, Celery warns at every lost connection that this will change.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # Messages stay on the queue until a thread is free: a worker that is killed takes only its running ones along.
    # Celery's own threads would then begin the next message only when the loop's next timer is due.
    worker_disable_prefetch=True,
    worker_pool="demos.pool:Threads",
    # A queue for each kind of work, and no others: a task that names an unknown one must fail and not wait unseen.
    # A worker takes both, unless it is started with the name of one (config/run/programs.py).
    task_queues=[Queue(settings.WAITING_QUEUE), Queue(settings.EXPERIMENTS_QUEUE)],
    task_routes={
        "demos.report": {"queue": settings.WAITING_QUEUE},
        "demos.experiment": {"queue": settings.EXPERIMENTS_QUEUE},
    },
    task_default_queue=settings.WAITING_QUEUE,
    task_create_missing_queues=False,
    # Nobody listens to events or remote control here.
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    timezone=settings.TIME_ZONE,
    enable_utc=True,
)
app.autodiscover_tasks()
app.steps["consumer"].add(SignOfLife)
signals.worker_shutting_down.connect(stop_running_work)
signals.before_task_publish.connect(messages.stamp)
signals.after_task_publish.connect(messages.note_published)
signals.task_prerun.connect(messages.take_up)
signals.task_postrun.connect(messages.put_down)


@signals.worker_init.connect
def take_the_database_as_it_is(**_: Any) -> None:
    """A worker makes no database, as the web server makes none (config/wsgi.py)."""
    settings.DATABASES["default"].update(found(settings.DATABASES["default"]))


@signals.setup_logging.connect
def leave_logging_to_django(**_: Any) -> None:
    """While this receives the signal, Celery sets up no logging of its own, and settings.LOGGING holds."""
    log_lines.named("worker")  # nothing else of Celery's sets up logging
