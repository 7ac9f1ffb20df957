"""The site of another checkout, for what is measured of two of them by turns."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.bench.databases import postmaster_of, running_postgresql
from tests.load.keeping import Kept, kept_in_postgresql, kept_in_sqlite
from tests.running import RunningSite, running


class OtherSite(RunningSite):
    """The site of another checkout, run by the Python of its own environment."""

    def __init__(self, root: Path, folder: Path, **overrides: object) -> None:
        self.root = root
        self.python = str(root / ".venv" / "bin" / "python")
        super().__init__(folder, None, **overrides)


def running_from(
    root: Path, folder: Path, *, with_worker: bool = True, **overrides: object
) -> AbstractContextManager[RunningSite]:
    """The site of the checkout in `root`; see `running_site`."""
    return running(OtherSite(root, folder, **overrides), with_worker=with_worker)


@contextmanager
def running_on(
    database: str, root: Path, folder: Path, *, with_worker: bool = True, **overrides: object
) -> Iterator[tuple[RunningSite, dict[str, int], Callable[[], Kept]]]:
    """The same on "SQLite" or "PostgreSQL": the site, its processes by name, and what looks at what it has kept."""

    def roots(site: RunningSite) -> dict[str, int]:
        return {process.name: process.pid for process in site.processes if process.popen}

    if database == "SQLite":
        with running_from(root, folder, with_worker=with_worker, **overrides) as site:
            yield site, roots(site), lambda: kept_in_sqlite(site.data_dir / "offload.sqlite3")
        return
    with (
        running_postgresql() as url,
        running_from(root, folder, with_worker=with_worker, DATABASE_URL=url, **overrides) as site,
    ):
        yield site, {**roots(site), "postgresql": postmaster_of(url)}, lambda: kept_in_postgresql(url)
