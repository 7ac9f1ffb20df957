import pytest

from demos.store.client import redis_py_url


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
