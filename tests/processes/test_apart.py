"""What is run apart comes back, whatever it is, and what takes too long is ended and keeps nobody waiting."""

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from processes.apart import Apart, GivenUp, serve
from tests.running_process import wait_until

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 0.3  # of processor time


class Refused(Exception):
    """An exception that a function raises."""


class Uncarried(Exception):
    """An exception that pickle cannot make again."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"of {one} and {two}")


def refuse(how: type[Exception], *args: object) -> None:
    raise how(*args)


def whereabouts(wait: float = 0.0) -> tuple[int, int]:
    time.sleep(wait)
    return os.getpid(), os.getppid()


def in_one_pattern(length: int) -> object:
    """Holds the interpreter's lock: no other thread runs, and no signal's handler in Python."""
    return re.match(r"(a+)+$", "a" * length + "b")


@pytest.fixture
def apart() -> Iterator[Apart]:
    made = Apart([sys.executable, "-m", "tests.processes.test_apart"], ROOT, SECONDS, patience=20.0, places=2)
    yield made
    made.end()


def test_a_function_is_run_in_another_process_which_is_kept_for_the_next(apart: Apart):
    first, parent = apart.run(whereabouts)
    second, again = apart.run(whereabouts)
    assert len({first, second, os.getpid()}) == 3
    assert parent == again
    assert apart.run(sorted, [3, 1, 2], reverse=True) == [3, 2, 1]
    assert len(apart.run(str.ljust, "a", 5_000_000)) == 5_000_000


def test_what_a_function_raises_is_raised_here(apart: Apart):
    with pytest.raises(Refused, match="no"):
        apart.run(refuse, Refused, "no")
    with pytest.raises(RuntimeError, match="Uncarried: of 1 and 2"):
        apart.run(refuse, Uncarried, 1, 2)


def test_what_takes_too_long_is_given_up_and_other_threads_run_meanwhile(apart: Apart):
    apart.run(whereabouts)
    ticks, over = [], threading.Event()

    def tick() -> None:
        while not over.wait(0.01):
            ticks.append(time.thread_time())

    beside = threading.Thread(target=tick)
    beside.start()
    with pytest.raises(GivenUp):
        apart.run(in_one_pattern, 60)  # would take some 10,000 years
    over.set()
    beside.join()
    assert len(ticks) > 5
    assert apart.run(in_one_pattern, 3) is None


def test_what_only_waits_is_given_up_too_and_the_next_one_is_run(apart: Apart):
    apart.run(whereabouts)
    apart.patience = 0.5
    with pytest.raises(GivenUp):
        apart.run(whereabouts, 60.0)
    apart.patience = 20.0
    assert apart.run(len, "abc") == 3


def test_a_process_that_was_ended_is_started_again(apart: Apart):
    _, parent = apart.run(whereabouts)
    os.kill(parent, 9)
    _, another = apart.run(whereabouts)
    assert another != parent


def test_it_ends_with_the_one_who_started_it(apart: Apart):
    apart.run(whereabouts)
    assert apart._control
    apart._control.close()  # as the kernel does when a process ends
    assert apart._process
    wait_until(lambda: apart._process is not None and apart._process.poll() is not None, "it has ended", 10)
    assert apart._process.returncode == 0


if __name__ == "__main__":
    serve(int(sys.argv[1]), SECONDS, 10.0, lambda: None)
