"""What the workers of a run keep on the site's broker: under a prefix of the run's own, so that all goes."""

from typing import Any

import redis

PREFIX = "offload:experiment-broker:"
QUEUE = "work"  # behind the prefix; one that a message names by mistake would keep it unseen

# One operation on the broker may take this long, in seconds; by default kombu waits for ever for a silent one.
BROKER_SECONDS = 0.5
RETRIES = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def prefix_of(run_id: str) -> str:
    """What every key of the run's own workers begins with."""
    return f"{PREFIX}{run_id}:"


def settings(broker_url: str, prefix: str) -> dict[str, Any]:
    """Celery's settings for an app of a run: the site's broker, keys of its own, and every wait bounded."""
    return {
        "broker_url": broker_url,
        "broker_transport_options": {
            "global_keyprefix": prefix,
            "socket_timeout": BROKER_SECONDS,
            "socket_connect_timeout": BROKER_SECONDS,
            **RETRIES,
        },
        "task_publish_retry_policy": RETRIES,
        "broker_connection_retry_on_startup": True,
        "task_default_queue": QUEUE,
        "result_backend": None,
        "task_ignore_result": True,
        "accept_content": ["json"],
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
    }


def clear(client: redis.Redis, prefix: str = PREFIX) -> int:
    """Remove the queues, and whatever else the workers of one run kept, or of all; gives how many keys that were.

    Raises:
        redis.RedisError: the broker does not answer.
    """
    keys = list(client.scan_iter(match=f"{prefix}*", count=1000))
    if keys:
        client.delete(*keys)
    return len(keys)
