"""The connection to Valkey. Every operation is one round trip and ends within a second, whatever the store does."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS = 0.5  # how long one operation may take; connecting may take as long again

Script = Callable[..., Any]


class Unreachable(Exception):
    """The store refuses, does not answer in time, or answers that it cannot do it."""


def redis_py_url(url: str) -> str:
    """The same address in redis-py's spelling.

    A Unix socket is `redis+socket:///path?virtual_host=1` to kombu and `unix:///path?db=1` to redis-py; all others are
    the same to both.
    """
    parts = urlsplit(url)
    if parts.scheme != "redis+socket":
        return url
    database = parse_qs(parts.query).get("virtual_host", ["0"])[0]
    return f"unix://{parts.path}?db={database}"


@cache
def client() -> redis.Redis:
    """This process's client.

    With redis-py's own defaults it would retry for 3.3 s when the store refuses, and for 9.3 s when it is silent
    (measured with redis-py 8.1).
    """
    return redis.Redis.from_url(
        redis_py_url(settings.REDIS_URL),
        decode_responses=True,
        socket_timeout=SECONDS,
        socket_connect_timeout=SECONDS,
        retry=Retry(NoBackoff(), 0),
        protocol=2,  # the third brings a greeting to wait for, and push messages that nothing here reads
        max_connections=settings.WEB_THREADS + 8,  # one for each thread, so that none is ever refused
    )


@cache
def _script(name: str) -> Script:
    source = (Path(__file__).parent / f"{name}.lua").read_text()
    return cast(Script, client().register_script(source))


def run_script(name: str, keys: Sequence[str], arguments: Sequence[str | float]) -> Any:
    """Run a Lua script of this folder, which the store does in one piece.

    Raises:
        Unreachable: the store refused or did not answer in time. A script that was sent may still run.
    """
    try:
        return _script(name)(keys=keys, args=arguments)
    except redis.RedisError as error:  # no connection, no answer in time, or an error: memory full, read-only …
        raise Unreachable(str(error)) from error


def answers() -> bool:
    """Whether the store answers."""
    try:
        return bool(client().ping())
    except redis.RedisError:
        return False


def show_sign_of_life(queue: str, seconds: int) -> None:
    """Let everybody know for so many seconds that a worker consumes the queue.

    Raises:
        Unreachable: the store refused or did not answer in time.
    """
    try:
        client().set(worker_key(queue), "consuming", ex=seconds)
    except redis.RedisError as error:
        raise Unreachable(str(error)) from error


def worker_key(queue: str) -> str:
    """The key that is there while a worker consumes the queue."""
    return f"offload:worker:{queue}"
