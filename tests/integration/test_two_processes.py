"""A site with two web processes, each asked on its own: what one lets in, holds or saves counts in the other."""

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from select import select

import pytest

from tests.integration.each_process import OneProcess, each_process
from tests.integration.test_openings import HTMX, PAGE, opened
from tests.integration.test_studio import become_instructor, save
from tests.many_learners import answer_at_once, recorded_in_sqlite, write_course
from tests.running import QUICK, RunningSite, running_site
from tests.running_process import wait_until
from tests.visitor import HTML, PASSWORD, QUIZ, SIGN_IN, Visitor, a_name

PROCESSES = 2
SEATS = 3
PROXY = "127.0.0.1/32"  # so that each test has an address of its own, with rates of its own
MINUTE = 60


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """The site that these tests share. Each kills or stops what it likes, and leaves it serving."""
    folder = tmp_path_factory.mktemp("two")
    with running_site(
        folder, prepared, with_worker=False, **QUICK, WEB_PROCESSES=PROCESSES, SEATS=SEATS, TRUSTED_PROXIES=PROXY
    ) as running:
        yield running


@pytest.fixture
def both(two: RunningSite) -> Iterator[list[OneProcess]]:
    with each_process(two, PROCESSES) as found:
        yield found


def with_time_left(seconds: float) -> None:
    """Wait for the next minute, in which counts start anew, when this one is over sooner than a test is done."""
    if (left := MINUTE - time.monotonic() % MINUTE) < seconds:
        time.sleep(left)


@pytest.mark.parametrize("held", [(3, 0), (1, 2)])
def test_places_for_blocking_work_are_those_of_the_site_whichever_process_has_them(
    both: list[OneProcess], held: tuple[int, int]
):
    with ExitStack() as stack:
        work = [stack.enter_context(one.twin()) for one, many in zip(both, held, strict=True) for _ in range(many)]
        pool = stack.enter_context(ThreadPoolExecutor(len(work)))
        running = [pool.submit(one.hold_a_place, 2) for one in work]
        for one in both:
            wait_until(one.has_no_place, "no place is left")
            assert one.get("/lessons/defining-tasks/").status == 200
        assert [answer.result().status for answer in running] == [200, 200, 200]
    for one in both:
        assert one.get("/demos/blocking/?seconds=0").status == 200


def test_a_learner_is_counted_once_by_both(both: list[OneProcess]):
    with_time_left(10)
    ada = Visitor(both[0])
    ada.answers()
    statuses = [
        both[number % PROCESSES].post("/learners/time-zone/", {"zone": "UTC"}, ada._headers()).status
        for number in range(12)
    ]
    assert 429 not in statuses[:10]
    assert statuses[10:] == [429, 429]


def send_half_a_form(one: OneProcess) -> socket.socket:
    """A form on its way, whose sender is in no hurry."""
    sender: socket.socket = one.kept.sock
    head = f"POST /demos/celery/ HTTP/1.1\r\nHost: {one.address}\r\nX-Forwarded-For: {one.sender}\r\n"
    sender.sendall(f"{head}Content-Length: 9\r\n\r\nsec".encode())
    return sender


def is_taken(one: OneProcess) -> bool:
    """Whether a body finds a place."""
    return one.post("/demos/celery/", {"seconds": "none"}).status != 503


def test_bodies_on_their_way_are_counted_by_both(both: list[OneProcess]):
    with ExitStack() as stack:
        senders = [send_half_a_form(stack.enter_context(one.twin())) for one in both * SEATS]

        def answered() -> list[socket.socket]:
            return select(senders, [], [], 0)[0]

        wait_until(lambda: len(answered()) == SEATS, "one address has as many places as there are seats", 4)
        assert all(b" 503 " in sender.recv(100) for sender in answered())
        for one in both:
            assert one.post("/demos/celery/", {"seconds": "1"}).status == 503
            assert one.get("/lessons/defining-tasks/").status == 200
    for one in both:
        wait_until(partial(is_taken, one), "places are free", 10)


def test_what_one_saves_the_other_shows_with_the_next_request(both: list[OneProcess]):
    here, there = both
    ada = become_instructor(here)
    words = "calls"
    for new in ("awaits", "runs", "calls"):
        save(ada, f"## A view {words}", f"## A view {new}")
        assert f"A view {new}" in there.get(QUIZ, HTML).text
        words = new


def test_who_signs_in_or_out_in_one_is_known_or_not_in_the_other(both: list[OneProcess]):
    name = a_name()
    here = Visitor(both[0])
    assert here.signs_up(name).status == 303
    there = Visitor(both[1], here.cookies)
    assert name in there.get("/learners/account/").text
    cookies = dict(there.cookies)
    form = there.hidden("/learners/account/")
    assert there.send("/learners/account/sign-out/", form).status == 303
    assert name not in Visitor(both[0], cookies).get("/learners/account/").text
    assert there.signs_in(name, PASSWORD).status == 303


def test_an_instructors_link_works_once_in_either_process(both: list[OneProcess]):
    ada = become_instructor(both[0])
    made = ada.submit("/teach/instructors/").text
    (path,) = re.findall(r'value="http://[^/"]+(/teach/invitations/[^"]+)"', made)
    first, second = Visitor(both[1]), Visitor(both[0])
    hidden = second.hidden(path)
    assert first.submit(path, name=a_name(), password=PASSWORD, again=PASSWORD).status == 303
    assert Visitor(both[0], first.cookies).get("/teach/").status == 200
    form = {**hidden, "name": a_name(), "password": PASSWORD, "again": PASSWORD}
    assert second.send(path, form).status == 404


def test_passwords_that_are_tried_are_counted_by_both(both: list[OneProcess]):
    with_time_left(10)
    visitors = [Visitor(one) for one in both]
    tried = {"name": a_name(), "password": "wrong"}
    hidden = [visitor.hidden(SIGN_IN) for visitor in visitors]
    # From one address, behind which there are 3 seats, 6 can be tried.
    statuses = [
        visitors[number % PROCESSES].send(SIGN_IN, {**hidden[number % PROCESSES], **tried}).status
        for number in range(2 * SEATS + 2)
    ]
    assert statuses == [422] * (2 * SEATS) + [429, 429]


def test_a_process_that_is_killed_keeps_no_place_loses_no_opening_and_is_started_again(
    two: RunningSite, both: list[OneProcess]
):
    killed, other = both
    before = opened(two)
    for one in both:
        for _ in range(5):
            assert one.get(PAGE, HTMX).status == 204
    with ExitStack() as stack:
        work = [stack.enter_context(killed.twin()) for _ in range(SEATS)]
        pool = stack.enter_context(ThreadPoolExecutor(SEATS))
        running = [pool.submit(one.hold_a_place, 9) for one in work]
        wait_until(other.has_no_place, "no place is left")
        killed.get(PAGE, HTMX)
        os.kill(killed.process, signal.SIGKILL)
        assert all(answer.exception() for answer in running)
        wait_until(lambda: not other.has_no_place(), "places are free", 2)
    with each_process(two, PROCESSES) as now:
        assert killed.process not in {one.process for one in now}
    wait_until(lambda: opened(two) == before + 11, "the openings of both are written", 20, every=0.2)


def test_openings_of_both_are_written_when_the_site_stops(two: RunningSite, both: list[OneProcess]):
    before = opened(two)
    for one in both:
        assert one.get(PAGE, HTMX).status == 204
    two.web.stop()
    assert opened(two) == before + PROCESSES
    two.web.start()


@pytest.mark.alone
def test_learners_who_answer_at_once_are_written_by_both(tmp_path: Path, start_site):
    site = start_site(with_worker=False, WEB_PROCESSES=PROCESSES, SEATS=50, CONTENT_DIR=write_course(tmp_path / "c"))
    with each_process(site, PROCESSES):
        pass
    load = answer_at_once(site, 50, 3)
    assert load.errors == []
    assert load.acknowledged == recorded_in_sqlite(site)
