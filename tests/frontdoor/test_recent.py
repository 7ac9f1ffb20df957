"""The last minutes are what was counted since the oldest note."""

import pytest

from frontdoor import metrics, recent

KEY = ("offload_refusals_total", (("bound", "a bound of this test"),))


@pytest.fixture(autouse=True)
def nothing_noted():
    recent._noted.clear()
    yield
    recent._noted.clear()


def test_what_was_counted_before_is_not_of_the_last_minutes():
    metrics.refused("a bound of this test")
    recent.note()
    before = recent.look()
    metrics.refused("a bound of this test")
    after = recent.look()
    assert (before.counted[KEY], after.counted[KEY]) == (0, 1)
    assert after.now[KEY] == before.now[KEY] + 1


def test_before_the_first_note_it_is_all_there_is():
    metrics.refused("a bound of this test")
    assert recent.look().counted[KEY] == recent.look().now[KEY]


def test_only_the_last_minutes_are_kept():
    for _ in range(recent.MINUTES + 3):
        recent.note()
    assert len(recent._noted) == recent.MINUTES
