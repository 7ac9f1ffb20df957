"""Passwords are hashed one at a time, and nobody waits for all of another address."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Lock

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from learners import hashing
from learners.hashing import Busy, PBKDF2InTurn, Turns
from learners.models import Account
from tests.frontdoor.in_common import another_process, end, having_in_common
from tests.learners.conftest import PASSWORD, Person
from tests.running_process import wait_until


class Work:
    """What is done in turn: it notes who did it, and goes on when it may."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.may_go_on = Event()
        self.done: list[str] = []
        self._one = Lock()

    def do(self, address: str) -> None:
        with self.turns.turn(address):
            assert self._one.acquire(blocking=False), "two at once"
            self.may_go_on.wait(10)
            self.done.append(address)
            self._one.release()

    def waiting(self) -> int:
        return sum(map(len, self.turns._waiting.values()))


@pytest.fixture
def many():
    with ThreadPoolExecutor(20) as pool:
        yield pool


def test_one_works_at_a_time_and_each_address_in_turn(many: ThreadPoolExecutor):
    work = Work(Turns(waiting=10, share=10))
    going_on = []
    for count, address in enumerate(["first", "class", "class", "class", "other", "other"]):
        going_on.append(many.submit(work.do, address))
        wait_until(lambda expected=count: not work.turns._is_free and work.waiting() == expected, "it stands in line")  # type: ignore[misc]
    work.may_go_on.set()
    for each in going_on:
        each.result(10)
    assert work.done == ["first", "class", "other", "class", "other", "class"]
    assert not work.turns._waiting
    work.do("afterwards")


def test_too_many_of_one_address_are_refused_and_those_of_others_are_not(many: ThreadPoolExecutor):
    work = Work(Turns(waiting=3, share=2))
    going_on = [many.submit(work.do, "class")]
    wait_until(lambda: not work.turns._is_free, "the first one works")
    going_on += [many.submit(work.do, "class") for _ in range(2)]
    wait_until(lambda: work.waiting() == 2, "two wait")
    with pytest.raises(Busy):
        work.do("class")
    going_on.append(many.submit(work.do, "other"))
    wait_until(lambda: work.waiting() == 3, "three wait")
    with pytest.raises(Busy):
        work.do("third")
    work.may_go_on.set()
    for each in going_on:
        each.result(10)
    assert sorted(work.done) == ["class", "class", "class", "other"]


def test_what_fails_hands_its_turn_on():
    turns = Turns(waiting=1, share=1)
    with pytest.raises(RuntimeError), turns.turn("one"):
        raise RuntimeError
    with turns.turn("another"):
        pass


def test_the_hasher_is_djangos_of_its_own_strength():
    assert PBKDF2InTurn.algorithm == "pbkdf2_sha256"
    assert PBKDF2InTurn.iterations == PBKDF2PasswordHasher.iterations >= 1_000_000


@pytest.mark.django_db
def test_a_password_that_would_wait_too_long_is_told_so_everywhere(
    ada: Person, person: Callable[[], Person], settings, monkeypatch: pytest.MonkeyPatch
):
    settings.PASSWORD_HASHERS = ["learners.hashing.PBKDF2InTurn"]
    monkeypatch.setattr(PBKDF2InTurn, "iterations", 1)
    ada.signs_up()
    full = Turns(waiting=0, share=0)
    monkeypatch.setattr(hashing, "turns", full)
    there = person()
    with full.turn("somebody"):
        answers = [
            there.signs_in(),
            there.signs_up("grace"),
            ada.post("account/password/", current=PASSWORD, password="x" * 20, again="x" * 20),
            ada.post("account/email/", current=PASSWORD, email="ada@example.org"),
        ]
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "one after the other" in answer.content.decode()
    assert Account.objects.get().check_password(PASSWORD)
    assert there.signs_in().status_code == 303


def hash_at_once(folder: Path) -> None:
    with having_in_common(folder) as common:
        locks = common.locks("hashing")
        assert locks is not None
        assert locks.take(0, hashing.AT_ONCE) is not None


def test_of_the_web_processes_of_a_machine_half_hash_at_once(tmp_path: Path, many: ThreadPoolExecutor):
    assert max(1, settings.WEB_PROCESSES // 2) == hashing.AT_ONCE
    hasher = PBKDF2InTurn()
    with ExitStack() as others, having_in_common(tmp_path):
        pids = [others.enter_context(another_process(lambda: hash_at_once(tmp_path))) for _ in range(hashing.AT_ONCE)]
        hashed = many.submit(hasher.encode, PASSWORD, "salt", 1)
        with pytest.raises(TimeoutError):
            hashed.result(0.1)
        end(pids[0])
        assert hashed.result(5)


def test_a_web_process_that_was_stopped_keeps_nobody_out_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hashing, "PATIENCE", 0.05)
    with ExitStack() as others, having_in_common(tmp_path):
        for _ in range(hashing.AT_ONCE):
            others.enter_context(another_process(lambda: hash_at_once(tmp_path)))
        assert PBKDF2InTurn().encode(PASSWORD, "salt", 1)
