"""A site on either database, and one under its supervisor. PostgreSQL comes as a wheel."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from tests.bench.databases import running_postgresql
from tests.integration.supervised import Supervised
from tests.running import QUICK, RunningSite, environ_for, prepare, running_site, with_tables

# One process of those that share the tests has these: the server and its site are started once.
ON_POSTGRESQL = pytest.mark.xdist_group("PostgreSQL")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server, which has a database `prepared` with the site's tables."""
    with running_postgresql() as url:
        with psycopg.connect(url, autocommit=True) as server:
            # No test cuts the power, and on the disk nothing needs to be in time.
            server.execute("ALTER SYSTEM SET fsync = off")
            server.execute("SELECT pg_reload_conf()")
            server.execute("CREATE DATABASE prepared")
        prepare(environ_for(tmp_path_factory.mktemp("postgresql"), port=1, DATABASE_URL=database(url, "prepared")))
        yield url


def database(server: str, name: str) -> str:
    """The URL of a server's database."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


@contextmanager
def copied(postgresql_server: str) -> Iterator[str]:
    """The URL of a database that has the site's tables, and is gone after the block."""
    name = f"copy_{uuid4().hex}"
    url = database(postgresql_server, name)
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE prepared")
    with_tables.add(url)
    yield url
    with_tables.remove(url)
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database for one test alone, with the site's tables."""
    with copied(postgresql_server) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_site(
    tmp_path_factory: pytest.TempPathFactory, prepared: Path, postgresql_server: str
) -> Iterator[RunningSite]:
    """A site on PostgreSQL that all tests share, as they do `site`. What breaks something takes one of its own."""
    with (
        copied(postgresql_server) as url,
        running_site(tmp_path_factory.mktemp("site"), prepared, **QUICK, DATABASE_URL=url) as running,
    ):
        yield running


@pytest.fixture(params=["SQLite", pytest.param("PostgreSQL", marks=ON_POSTGRESQL)])
def either_site(request: pytest.FixtureRequest, site: RunningSite) -> RunningSite:
    """A site on either database. Tests share them."""
    if request.param == "SQLite":
        return site
    on_postgresql: RunningSite = request.getfixturevalue("postgresql_site")
    return on_postgresql


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
