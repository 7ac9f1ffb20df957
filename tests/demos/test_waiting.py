from threading import Event, Timer
from time import monotonic, sleep

import pytest

from demos.waiting import Stopped, build_report


def test_it_waits_for_as_long_as_the_service_takes():
    began = monotonic()
    assert "0.3 s" in build_report(0.3)
    assert 0.3 <= monotonic() - began < 1.5


def test_it_tells_how_far_it_is_in_rising_steps_that_end_before_the_end():
    told: list[float] = []
    build_report(0.5, progress=told.append)
    assert told == [0.2, 0.4, 0.6, 0.8]


def test_no_seconds_are_done_at_once_and_without_steps():
    told: list[float] = []
    build_report(0, progress=told.append)
    assert told == []


def test_slow_listeners_do_not_make_it_longer():
    began = monotonic()
    build_report(1, progress=lambda _: sleep(0.09))
    assert monotonic() - began < 1.7  # nine listeners of 90 ms would add 0.81 s


def test_it_lets_go_at_once_when_its_process_is_stopped():
    stopping = Event()
    Timer(0.1, stopping.set).start()
    began = monotonic()
    with pytest.raises(Stopped):
        build_report(10, stopping=stopping)
    assert monotonic() - began < 2


def test_it_does_not_even_begin_when_its_process_is_being_stopped():
    stopping = Event()
    stopping.set()
    with pytest.raises(Stopped):
        build_report(0, stopping=stopping)
