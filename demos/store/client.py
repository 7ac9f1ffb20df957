"""The connection to Valkey. Every operation is one round trip and ends within a second, whatever the store does."""

import hashlib
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.connection import AbstractConnection
from redis.exceptions import NoScriptError
from redis.retry import Retry

SECONDS = 0.5  # how long one operation may take; connecting may take as long again


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


_making = threading.Lock()


def client() -> redis.Redis:
    """This process's client: one, also when many threads ask for it first at the same moment.

    Of several, all but one would be dropped, and with each of them the connections that its thread is just using.
    """
    with _making:
        return _client()


@cache
def _client() -> redis.Redis:
    """A client with bounds.

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
def _script(name: str) -> tuple[str, str]:
    """The source of a script, and the digest by which a store that has seen it knows it."""
    source = "".join((Path(__file__).parent / f"{part}.lua").read_text() for part in ("common", name))
    return source, hashlib.sha1(source.encode()).hexdigest()  # noqa: S324 - the store's own choice of digest


def run_script(name: str, keys: Sequence[str], arguments: Sequence[str | float]) -> Any:
    """Run a Lua script of this folder, behind common.lua, which the store does in one piece.

    Raises:
        Unreachable: the store refused or did not answer in time. A script that was sent may still run.
    """
    source, digest = _script(name)
    try:
        try:
            return _ask("EVALSHA", digest, len(keys), *keys, *arguments)
        except NoScriptError:  # the store was started anew
            return _ask("EVAL", source, len(keys), *keys, *arguments)
    except redis.RedisError as error:  # no connection, no answer in time, or an error: memory full, read-only …
        raise Unreachable(str(error)) from error


# Connections that no thread uses now; there are never more than threads that ask at the same time.
_idle: deque[AbstractConnection] = deque()


def _ask(*command: str | float) -> Any:
    """One command and its answer, on a connection of its own.

    What redis-py does around this (its pool and Script object, callbacks, metrics) took some 75 of the 180 us of a
    poll's look (medians on one small machine), and none of it is needed here: without retries, an error is an error.
    """
    connection = _connection()
    try:
        connection.send_command(*command)  # type: ignore[no-untyped-call]  # its name has no types
        return connection.read_response()
    finally:
        _idle.append(connection)


def _connection() -> AbstractConnection:
    """A connection that is as new, or that has nothing to be read: what the store closed meanwhile is opened again."""
    try:
        connection = _idle.pop()
    except IndexError:
        pool = client().connection_pool
        return cast(AbstractConnection, pool.connection_class(**pool.connection_kwargs))
    try:
        is_stale = connection.can_read()
    except (redis.RedisError, OSError):
        is_stale = True
    if is_stale:
        connection.disconnect()  # type: ignore[no-untyped-call]
    return connection


def answers() -> bool:
    """Whether the store answers."""
    try:
        return bool(client().ping())
    except redis.RedisError:
        return False


def show_sign_of_life(queues: Iterable[str], seconds: int) -> None:
    """Let everybody know for so many seconds that a worker consumes the queues.

    Raises:
        Unreachable: the store refused or did not answer in time.
    """
    try:
        with client().pipeline(transaction=False) as signs:
            for queue in queues:
                signs.set(worker_key(queue), "consuming", ex=seconds)
            signs.execute()
    except redis.RedisError as error:
        raise Unreachable(str(error)) from error


def has_worker(queue: str) -> bool:
    """Whether a worker shows that it consumes the queue.

    Raises:
        Unreachable: the store refused or did not answer in time.
    """
    try:
        return bool(client().exists(worker_key(queue)))
    except redis.RedisError as error:
        raise Unreachable(str(error)) from error


def worker_key(queue: str) -> str:
    """The key that is there while a worker consumes the queue."""
    return f"offload:worker:{queue}"
