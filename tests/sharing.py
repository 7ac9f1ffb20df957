"""How several processes share the tests (pytest-xdist), most of which wait for something.

A test whose figures would tell what else the machine does is marked: `@pytest.mark.alone`. It comes after the others,
and runs while none of them does. Those that need a site come first, for they take longest: in the end, no process is
to have a long one left.
"""

import fcntl
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


def shared_folder(config: pytest.Config) -> Path | None:
    """A folder of all processes that share the tests; None when there is but this one."""
    return Path(config.option.basetemp).parent if hasattr(config, "workerinput") else None


@contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a lock among processes while the block runs: fcntl.LOCK_EX for oneself, LOCK_SH together with others."""
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


def is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    sites = {"site", "start_site", "postgresql"}
    items.sort(key=lambda item: (is_alone(item), sites.isdisjoint(getattr(item, "fixturenames", ()))))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Who is to be alone waits until the others have ended their tests, and they wait for it."""
    folder = shared_folder(item.config)
    if folder is None:
        return (yield)
    with (folder / "room.lock").open("a") as room:
        # Who waits for the room to be empty keeps the door meanwhile, or there would always be somebody in it.
        with locked(folder / "door.lock"):
            fcntl.flock(room, fcntl.LOCK_EX if is_alone(item) else fcntl.LOCK_SH)
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """What a test printed is sent to another process, also the name of a file that is no text."""
    data = yield
    if data and "sections" in data:
        data["sections"] = [
            (title, text.encode(errors="backslashreplace").decode()) for title, text in data["sections"]
        ]
    return data
