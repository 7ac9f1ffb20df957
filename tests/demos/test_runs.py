import re
from pathlib import Path

import pytest

from demos.responses import as_json, milliseconds, poll_ms
from demos.runs import NO_SIGN, NO_WORKER, WHY, Reason, Run, State
from demos.store import client

DONE = {
    "state": "succeeded",
    "asked": "3",
    "published": "1200",
    "started": "5700",
    "told": "305.7:0.1 605.7:0.2",
    "finished": "3006000",
    "result": "The report is ready.",
}


def test_the_timeline_is_in_order_and_in_milliseconds_since_it_was_accepted():
    run = Run("x", DONE, 4_000_000, worker_alive=True)
    assert [(event["event"], event["at_ms"]) for event in run.timeline] == [
        ("accepted", 0),
        ("published", 1.2),
        ("started", 5.7),
        ("progress", 305.7),
        ("progress", 605.7),
        ("finished", 3006),
    ]
    assert (run.queue_wait_ms, run.run_ms, run.is_over) == (4.5, 3000.3, True)


def test_what_is_not_known_yet_is_left_out():
    run = Run("x", {"state": "queued", "asked": "3"}, 100, worker_alive=True)
    assert [event["event"] for event in run.timeline] == ["accepted"]
    assert (run.queue_wait_ms, run.run_ms, run.progress, run.is_over, run.note) == (None, None, 0, False, "")


@pytest.mark.parametrize(
    ("state", "note"), [("queued", NO_WORKER), ("started", NO_SIGN), ("succeeded", ""), ("failed", "")]
)
def test_without_a_worker_it_says_so_while_that_matters(state, note):
    assert Run("x", DONE | {"state": state}, 100, worker_alive=False).note == note


def test_a_run_of_the_line_that_a_worker_has_taken_is_not_said_to_keep_its_place_without_it():
    waits = {"state": "queued", "asked": "{}", "experiment": "saturation", "lease": "9000000"}
    assert Run("x", waits, 100, worker_alive=False).note == NO_SIGN


def test_how_long_a_lost_run_ran_is_not_known():
    run = Run("x", DONE | {"state": "lost", "reason": "lease lapsed"}, 100, worker_alive=True)
    assert run.run_ms is None
    assert run.queue_wait_ms == 4.5


def test_a_note_of_its_own_comes_before_one_about_the_worker():
    run = Run("x", DONE | {"state": "started", "reason": "taken"}, 100, worker_alive=False)
    assert run.note == WHY[Reason.TAKEN]


def test_every_reason_has_its_words_and_the_scripts_name_no_other():
    assert set(WHY) == set(Reason)
    scripts = "".join(path.read_text() for path in Path(client.__file__).parent.glob("*.lua"))
    assert set(re.findall(r"'reason', '([a-z ]+)'|lose\([^']*'([a-z ]+)'\)", scripts))
    for pair in re.findall(r"'reason', '([a-z ]+)'|lose\([^']*'([a-z ]+)'\)", scripts):
        Reason("".join(pair))


def test_programs_get_the_same_run_with_null_for_what_is_not_there():
    body = as_json(Run("x", {"state": "started", "asked": "3", "started": "5000"}, 6000, worker_alive=True))
    assert body["state"] == State.STARTED
    assert body["result"] is body["note"] is body["run_ms"] is None
    assert body["timeline"] == [{"event": "accepted", "at_ms": 0.0}, {"event": "started", "at_ms": 5.0}]


@pytest.mark.parametrize(("due_in", "delay"), [(None, 500), (2500, 500), (300, 320), (30, 100), (-4000, 100)])
def test_a_poll_comes_just_after_the_work_should_be_done(due_in, delay):
    assert poll_ms(due_in) == delay


def test_work_is_due_its_seconds_after_it_was_started():
    run = Run("x", {"state": "started", "asked": "3", "started": "500000"}, 1_500_000, worker_alive=True)
    assert run.due_in_ms == 2000
    assert Run("x", DONE, 100, worker_alive=True).due_in_ms is None


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (0.04, "0.0"), (9.94, "9.9"), (9.96, "10"), (10, "10"), (3011.7, "3,012")]
)
def test_times_are_written_for_people(value, text):
    assert milliseconds(value) == text


def test_a_worker_that_was_faster_than_the_publishers_note_gives_a_bound_and_no_zero():
    fields = {"state": "started", "asked": "3", "published": "5300", "started": "5300", "lease": "10005300"}
    run = Run("an-id", fields, 6000, worker_alive=True)
    assert (run.queue_wait_ms, run.queue_wait_is_a_bound) == (5.3, True)
