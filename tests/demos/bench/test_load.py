"""Open-loop load: latency counts from when a request was due, and no answer slows the schedule down."""

import threading
from time import monotonic

import pytest

from demos.bench.load import Load, Outcome, percentile, steady


def test_requests_leave_on_time_while_the_first_one_is_not_answered():
    released = threading.Event()
    left: list[float] = []

    def ask() -> bool:
        left.append(monotonic())
        if len(left) == 1:
            return released.wait(5)
        if len(left) == 5:
            released.set()
        return True

    load = Load(steady(50, 0.1), ask)
    load.run(monotonic(), patience=5)
    assert [sample.outcome for sample in load.samples()] == [Outcome.ANSWERED] * 5
    assert load.samples()[0].latency_ms >= 75  # it waited for the fifth, which was due 80 ms later


def test_a_request_that_leaves_late_counts_as_late_from_when_it_was_due():
    load = Load([0.0, 0.01], lambda: True)
    load.run(monotonic() - 0.5, patience=1)  # both were due half a second ago
    assert [sample.due_ms for sample in load.samples()] == [0, 10]
    assert all(sample.latency_ms >= 480 for sample in load.samples())


def test_what_is_still_on_its_way_and_what_failed_is_told_apart():
    released = threading.Event()
    asked: list[int] = []

    def ask() -> bool:
        asked.append(1)
        return len(asked) > 1 and released.wait(5)

    load = Load([0.0, 0.2], ask)  # far enough apart to ask in this order
    load.run(monotonic(), patience=0.05)
    assert [sample.outcome for sample in load.samples()] == [Outcome.FAILED, Outcome.WAITING]
    assert load.samples()[1].latency_ms >= 40
    released.set()


def test_a_steady_rate_ends_before_the_seconds_do():
    assert steady(4, 1) == [0, 0.25, 0.5, 0.75]
    assert len(steady(20, 4.5)) == 90


@pytest.mark.parametrize(("percent", "value"), [(50, 5), (95, 10), (90, 9), (100, 10), (1, 1)])
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(percent, value):
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == value
