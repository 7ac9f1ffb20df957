"""Writers of one SQLite file in several processes: one at a time, in turn, and never behind one that is gone."""

import fcntl
import os
import signal
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import pytest

from config.writers import Writers
from tests.forking import fork

BOTH = 2


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "site.sqlite3")


def ended_well(pid: int) -> bool:
    return os.waitpid(pid, 0)[1] == 0


def test_a_process_waits_for_the_turn_of_another_and_gives_up_in_time(database: str):
    writers = Writers()
    assert writers.acquire(database, 1)

    def another() -> None:
        began = monotonic()
        assert not Writers().acquire(database, 0.1)
        assert 0.1 <= monotonic() - began < 5

    assert ended_well(fork(another))
    writers.release(database)

    def after_it() -> None:
        assert Writers().acquire(database, 5)

    assert ended_well(fork(after_it))


def test_what_a_killed_process_wrote_keeps_nobody_waiting(database: str):
    read, write = os.pipe()

    def hold() -> None:
        assert Writers().acquire(database, 5)
        os.write(write, b"1")
        signal.pause()

    holder = fork(hold)
    assert os.read(read, 1)
    writers = Writers()
    assert not writers.acquire(database, 0.05)
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    assert writers.acquire(database, 5)


def test_processes_that_write_without_a_pause_take_turns(database: str, tmp_path: Path):
    """Each notes its own letter whenever it has the turn: none has it twice while the other one waits."""
    turns = 60
    notes = os.open(tmp_path / "notes", os.O_RDWR | os.O_CREAT | os.O_APPEND)
    gate = os.open(tmp_path / "gate", os.O_RDWR | os.O_CREAT)
    fcntl.flock(gate, fcntl.LOCK_EX)

    def write(letter: bytes) -> None:
        own = os.open(tmp_path / "gate", os.O_RDWR)
        fcntl.flock(own, fcntl.LOCK_SH)  # both begin at once
        writers = Writers()
        for _ in range(turns):
            assert writers.acquire(database, 20)
            sleep(0.003)  # a transaction, in which the other one comes to wait
            os.write(notes, letter)
            writers.release(database)

    pids = [fork(partial(write, letter)) for letter in (b"a", b"b")]
    fcntl.flock(gate, fcntl.LOCK_UN)
    assert all(ended_well(pid) for pid in pids)
    noted = os.pread(notes, BOTH * turns, 0)
    assert len(noted) == BOTH * turns
    together = noted.lstrip(noted[:1]).rstrip(noted[-1:])  # while both write
    again = sum(one == other for one, other in pairwise(together))
    assert len(together) > turns
    assert again <= len(together) // 4, noted
