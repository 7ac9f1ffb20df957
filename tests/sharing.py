"""How several processes share the tests (pytest-xdist), most of which wait for something.

A test whose figures would tell what else the machine does is marked: `@pytest.mark.alone`. It runs while no other test
does that starts processes; one core stays for the tests that only compute, one at a time. So those with a site come
first, for they take longest, and then one process has the marked ones while the others have the rest.
"""

import fcntl
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from xdist.remote import Producer

from tests.scheduling import GroupScheduling, group_of, is_alone, write_groups


def shared_folder(config: pytest.Config) -> Path | None:
    """A folder of all processes that share the tests; None when there is but this one."""
    return Path(config.option.basetemp).parent if hasattr(config, "workerinput") else None


@contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a lock among processes while the block runs: fcntl.LOCK_EX for oneself, LOCK_SH together with others.

    Raises:
        BlockingIOError: somebody holds it, and `kind` has LOCK_NB: not to wait.
    """
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


def fixtures_of(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def only_computes(item: pytest.Item) -> bool:
    """Whether it keeps one core busy, though it has a server, too, and for long: it begins as soon as it can."""
    return item.get_closest_marker("computes") is not None


def starts_processes(item: pytest.Item) -> bool:
    """Whether it has a site (which is a copy of the prepared one), a database server or an experiment of its own."""
    servers = {"prepared", "postgresql_server", "broker"}
    return not servers.isdisjoint(fixtures_of(item)) and not only_computes(item)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> tuple[int, bool, bool, str]:
        phase = 1 if is_alone(item) else 0 if starts_processes(item) else 2
        group = group_of(item)
        return phase, not only_computes(item), group is None, group or ""

    items.sort(key=place)
    if folder := shared_folder(config):
        write_groups(folder, items)


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist nothing is shared
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    return GroupScheduling(config, log)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    folder = shared_folder(item.config)
    if folder is None:
        return (yield)
    with ExitStack() as held:
        if starts_processes(item) and not is_alone(item):
            held.enter_context(locked(folder / "sites.lock", fcntl.LOCK_SH))
        while not has_place(item, folder, held):
            time.sleep(0.02)
        return (yield)


def has_place(item: pytest.Item, folder: Path, held: ExitStack) -> bool:
    """Take a place among the tests that run now, if there is one for this one; who may be alone waits for it in here.

    Who is to be alone needs the room to be empty; the others go in together, and one that only computes may be in the
    corner instead, also when the room is not for it.
    """
    try:
        if not (is_alone(item) or starts_processes(item)):
            with suppress(BlockingIOError):
                held.enter_context(locked(folder / "corner.lock", fcntl.LOCK_EX | fcntl.LOCK_NB))
                return True
        if is_alone(item):  # whoever has a site, or waits to have one, comes first: the rest of their process waits too
            with locked(folder / "sites.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
                pass
        # Who waits for the room to be empty keeps the door meanwhile, or there would always be somebody in it.
        with locked(folder / "door.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            kind = fcntl.LOCK_EX if is_alone(item) else fcntl.LOCK_SH | fcntl.LOCK_NB
            held.enter_context(locked(folder / "room.lock", kind))
    except BlockingIOError:
        return False
    return True


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """What a test printed is sent to another process, also the name of a file that is no text."""
    data = yield
    if data and "sections" in data:
        data["sections"] = [
            (title, text.encode(errors="backslashreplace").decode()) for title, text in data["sections"]
        ]
    return data
