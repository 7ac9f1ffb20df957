"""What a message carries besides its task: the request that it comes from, and when it was published.

Celery calls these for every task that the site publishes and runs (config/celery.py): no task and no view names them.
"""

import logging
from collections.abc import Mapping, Sequence
from time import monotonic, time
from typing import Any

from celery import Task

from frontdoor import log_lines

logger = logging.getLogger(__name__)

RUNS = "demos."  # a task of this name is one of a run, whose id is its first argument


def stamp(headers: dict[str, Any], **_: Any) -> None:
    """Receiver of Celery's before_task_publish. `published_at` is in seconds since 1970, by this machine's clock."""
    headers["request_id"] = log_lines.request_id.get()
    headers["published_at"] = time()


def note_published(sender: str, headers: Mapping[str, Any], body: Sequence[Any], **_: Any) -> None:
    """Receiver of after_task_publish: from here on the lines of the request name the run, too."""
    _belongs_to(sender, body[0])
    logger.info("%s is published", sender, extra={"event": "published", "task": sender})


def take_up(task: Task[..., Any], args: Sequence[Any], **_: Any) -> None:
    """Receiver of task_prerun, in the thread that runs the task."""
    request: Any = task.request
    log_lines.request_id.set(request.get("request_id") or "")
    _belongs_to(task.name, args)
    request.began = monotonic()
    waited_ms = round((time() - (request.get("published_at") or time())) * 1000)
    logger.info("%s begins", task.name, extra={"event": "began", "task": task.name, "queue_wait_ms": waited_ms})


def put_down(task: Task[..., Any], **_: Any) -> None:
    """Receiver of task_postrun, in the same thread, which takes up others next."""
    request: Any = task.request
    ran_ms = round((monotonic() - request.began) * 1000)
    logger.info("%s is over", task.name, extra={"event": "over", "task": task.name, "run_ms": ran_ms})
    log_lines.request_id.set("")
    log_lines.run_id.set("")


def _belongs_to(name: str, arguments: Sequence[Any]) -> None:
    if name.startswith(RUNS) and arguments:
        log_lines.run_id.set(str(arguments[0]))
