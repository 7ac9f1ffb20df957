"""What every test may ask for: a running site, shared or of its own (tests/running.py)."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.running import QUICK, RunningSite, environ_for, prepare, running_site
from tests.sharing import (
    locked,
    pytest_collection_modifyitems,
    pytest_report_to_serializable,
    pytest_runtest_protocol,
    pytest_xdist_make_scheduler,
    shared_folder,
)

# pytest finds hooks by their names in here.
__all__ = [
    "pytest_collection_modifyitems",
    "pytest_report_to_serializable",
    "pytest_runtest_protocol",
    "pytest_xdist_make_scheduler",
]

# Speed is no property that the tests look for: whatever else a machine does would fail them. With CI=true the examples
# are those of the time before, so that what fails was changed; by hand they are new each time, and find new faults.
settings.register_profile(
    "unhurried",
    settings(),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def prepared(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with its tables and static files, of which every site gets a copy.

    Processes that share the tests (pytest-xdist) share it too, and the first of them makes it.
    """
    folder = shared_folder(pytestconfig) or tmp_path_factory.getbasetemp()
    data_dir, done = folder / "prepared", folder / "prepared.done"
    with locked(folder / "prepared.lock"):
        if not done.exists():
            prepare(environ_for(data_dir, port=1))
            done.touch()
    return data_dir


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site that all tests of the run share, with the default settings. What breaks something takes `own_site`."""
    with running_site(tmp_path_factory.mktemp("site"), prepared, **QUICK) as running:
        yield running


@pytest.fixture
def start_site(tmp_path: Path, prepared: Path) -> Iterator[Callable[..., RunningSite]]:
    """Starts sites for one test alone, with settings of their own: `start_site(SEATS=2, with_worker=False)`."""
    with ExitStack() as stack:

        def start(*, with_worker: bool = True, **overrides: object) -> RunningSite:
            folder = tmp_path / f"site-{len(list(tmp_path.glob('site-*')))}"
            folder.mkdir()
            return stack.enter_context(running_site(folder, prepared, with_worker=with_worker, **QUICK, **overrides))

        yield start


@pytest.fixture
def own_site(start_site: Callable[..., RunningSite]) -> RunningSite:
    """A site for one test alone, to break."""
    return start_site()


@pytest.fixture
def workerless_site(start_site: Callable[..., RunningSite]) -> RunningSite:
    """A site for one test alone, to break, that runs no task."""
    return start_site(with_worker=False)
