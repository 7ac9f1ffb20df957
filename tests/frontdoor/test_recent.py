"""The last minutes are what was counted since the oldest note."""

import pytest

from frontdoor import metrics, recent

KEY = ("offload_refusals_total", (("bound", "a bound of this test"),))


@pytest.fixture(autouse=True)
def nothing_noted(monkeypatch):
    monkeypatch.setattr(recent, "_noted", ())


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


@pytest.fixture
def shared(monkeypatch, tmp_path):
    """A file that several processes would read and write."""
    monkeypatch.setattr(metrics, "shared_file", lambda name: tmp_path / f"{name}.json")
    return tmp_path / "recent.json"


def test_a_process_that_was_just_started_says_what_the_others_say(shared, monkeypatch):
    metrics.refused("a bound of this test")
    recent.note()
    metrics.refused("a bound of this test")
    monkeypatch.setattr(recent, "_noted", ())  # as in another process
    assert recent.look().counted[KEY] == 1


def test_of_several_processes_one_notes_each_minute(shared):
    recent.note()
    before = shared.read_text()
    recent.note()
    assert shared.read_text() == before


@pytest.mark.parametrize("left", ["", "[[1", "[[1, [[2, 3]]]]", "{}", "null"])
def test_notes_that_cannot_be_read_are_none(shared, left):
    shared.write_text(left)
    assert recent.look().counted == recent.look().now
    recent.note()
    assert recent.look().seconds < recent.NOTE_EVERY
