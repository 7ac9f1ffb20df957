"""How several processes share the tests (pytest-xdist), most of which wait for something.

A test whose figures would tell what else the machine does is marked: `@pytest.mark.alone`. It runs while no other test
does that starts processes; one core stays for the tests that only compute, one at a time. So those with a site come
first, for they take longest, then the marked ones, all in one process, and the rest meanwhile in another.
"""

import fcntl
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest


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


def is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


def starts_processes(item: pytest.Item) -> bool:
    """Whether it has a site, a database server or an experiment of its own."""
    return not {"site", "start_site", "postgresql", "broker"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> tuple[int, bool]:
        has_postgresql = "postgresql" in getattr(item, "fixturenames", ())  # one of these takes longest of all
        return 1 if is_alone(item) else 0 if starts_processes(item) else 2, not has_postgresql

    items.sort(key=turn)
    for item in items:
        if is_alone(item):
            item.add_marker(pytest.mark.xdist_group("alone"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    folder = shared_folder(item.config)
    if folder is None:
        return (yield)
    with ExitStack() as held:
        take_place(item, folder, held)
        return (yield)


def take_place(item: pytest.Item, folder: Path, held: ExitStack) -> None:
    """Wait for a place among the tests that run now, and hold it.

    Whoever is to be alone waits until the room is empty, and the others wait until it is theirs again; but for the one
    process that is in the corner.
    """
    if not (is_alone(item) or starts_processes(item)):
        try:
            held.enter_context(locked(folder / "corner.lock", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            pass  # another process has it
        else:
            return
    # Who waits for the room to be empty keeps the door meanwhile, or there would always be somebody in it.
    with locked(folder / "door.lock"):
        held.enter_context(locked(folder / "room.lock", fcntl.LOCK_EX if is_alone(item) else fcntl.LOCK_SH))


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """What a test printed is sent to another process, also the name of a file that is no text."""
    data = yield
    if data and "sections" in data:
        data["sections"] = [
            (title, text.encode(errors="backslashreplace").decode()) for title, text in data["sections"]
        ]
    return data
