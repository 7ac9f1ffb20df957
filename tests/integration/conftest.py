"""A site on either database, and one under its supervisor. PostgreSQL comes as a wheel."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench.databases import running_postgresql
from tests.integration.supervised import Supervised
from tests.running import RunningSite


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as this module."""
    with running_postgresql() as url:
        yield url


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def either_site(request: pytest.FixtureRequest, start_site: Callable[..., RunningSite]) -> RunningSite:
    """A site on either database."""
    if request.param == "SQLite":
        return start_site()
    return start_site(DATABASE_URL=request.getfixturevalue("postgresql"))


@pytest.fixture
def supervised(tmp_path: Path, prepared: Path) -> Iterator[Callable[..., Supervised]]:
    """Makes a site that `launch()` starts, and ends it."""
    made: list[Supervised] = []

    def make(**overrides: object) -> Supervised:
        made.append(Supervised(tmp_path / str(len(made)), prepared, **overrides))
        return made[-1]

    yield make
    for site in made:
        site.end()
