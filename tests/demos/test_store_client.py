import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from demos.store.client import _client, client, redis_py_url


@pytest.mark.parametrize(
    ("kombu", "redis_py"),
    [
        ("redis://localhost:6379/2", "redis://localhost:6379/2"),
        ("rediss://:secret@example.org/0", "rediss://:secret@example.org/0"),
        ("redis+socket:///run/valkey.sock", "unix:///run/valkey.sock?db=0"),
        ("redis+socket:///a%20b/valkey.sock?virtual_host=3", "unix:///a%20b/valkey.sock?db=3"),
    ],
)
def test_the_brokers_address_is_the_same_in_both_spellings(kombu, redis_py):
    assert redis_py_url(kombu) == redis_py


def test_threads_that_ask_first_at_the_same_moment_get_the_same_client(monkeypatch: pytest.MonkeyPatch):
    together = threading.Barrier(8, timeout=10)
    made: list[object] = []

    def slowly(*_: object, **__: object) -> object:
        made.append(object())
        time.sleep(0.05)  # as long as the others need to come
        return made[-1]

    def ask(_: int) -> object:
        together.wait()
        return client()

    monkeypatch.setattr("redis.Redis.from_url", slowly)
    _client.cache_clear()
    try:
        with ThreadPoolExecutor(8) as threads:
            assert len(set(threads.map(ask, range(8)))) == len(made) == 1
    finally:
        _client.cache_clear()
