"""A site on either database. PostgreSQL comes as a wheel."""

from collections.abc import Callable, Iterator

import pytest

from tests.bench.databases import running_postgresql
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
