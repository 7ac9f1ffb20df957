"""Two machines with a broker and a database in common: a site of its own on each, with DATA_DIRs that know nothing of
each other.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.integration.conftest import ON_POSTGRESQL, copied
from tests.integration.each_process import OneProcess, each_process
from tests.integration.test_two_processes import with_time_left
from tests.running import QUICK, RunningSite
from tests.running_process import wait_until
from tests.visitor import QUIZ, Visitor

pytestmark = ON_POSTGRESQL

SEATS = 3


@contextmanager
def machine(folder: Path, prepared: Path, broker: RunningSite | None, database: str) -> Iterator[RunningSite]:
    """A web server on a machine of its own; the first one has the broker besides."""
    folder.mkdir()
    site = RunningSite(folder, prepared, **QUICK, SEATS=SEATS, WEB_MACHINES=2, DATABASE_URL=database)
    site.environ["REDIS_URL"] = f"redis+socket://{(broker or site).valkey_socket}"
    site.environ |= {"SECRET_KEY": "k" * 40, "TRUSTED_PROXIES": "127.0.0.1/32"}
    try:
        if broker is None:
            site.broker.start()
        site.web.start()
        yield site
    finally:
        site.end()


@pytest.fixture(scope="module")
def machines(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path, postgresql_server: str
) -> Iterator[list[RunningSite]]:
    folder = tmp_path_factory.mktemp("machines")
    with (
        copied(postgresql_server) as url,
        machine(folder / "one", prepared, None, url) as one,
        machine(folder / "other", prepared, one, url) as other,
    ):
        yield [one, other]


@pytest.fixture
def both(machines: list[RunningSite]) -> Iterator[list[OneProcess]]:
    with each_process(machines[0], 1) as (one,), each_process(machines[1], 1) as (other,):
        other.sender = one.sender
        yield [one, other]


def held(stack: ExitStack, work: list[OneProcess], seconds: float) -> None:
    """Hold a place by each of them, until the stack ends."""
    twins = [stack.enter_context(one.twin()) for one in work]
    pool = stack.enter_context(ThreadPoolExecutor(len(twins)))
    for twin in twins:
        pool.submit(twin.hold_a_place, seconds)


def test_places_are_those_of_both_machines(both: list[OneProcess]):
    with ExitStack() as stack:
        held(stack, [both[0], both[0], both[1]], 2)
        for one in both:
            wait_until(one.has_no_place, "no place is left")
    for one in both:
        assert not one.has_no_place()


def test_a_learner_is_counted_once_by_both_machines(both: list[OneProcess]):
    with_time_left(10)
    ada = Visitor(both[0])
    ada.answers()
    assert Visitor(both[1], ada.cookies).get(QUIZ).status == 200
    asked = [both[0]] * 7 + [both[1]] * 3 + both  # more of one machine than its part would be
    statuses = [one.post("/learners/time-zone/", {"zone": "UTC"}, ada._headers()).status for one in asked]
    assert 429 not in statuses[:10]
    assert statuses[10:] == [429, 429]


def test_without_the_broker_each_machine_has_its_part_of_the_places(
    machines: list[RunningSite], both: list[OneProcess]
):
    machines[0].broker.kill()
    for one in both:
        assert not one.has_no_place()
        with ExitStack() as stack:
            held(stack, [one, one], 2)  # half of three, rounded up
            wait_until(one.has_no_place, "no place is left")
            assert one.get("/lessons/defining-tasks/").status == 200
    machines[0].broker.start()
