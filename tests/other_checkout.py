"""The site of another checkout, for what is measured of two of them by turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import RunningSite


class OtherSite(RunningSite):
    """The site of another checkout, run by the Python of its own environment."""

    def __init__(self, root: Path, folder: Path, **overrides: object) -> None:
        self.root = root
        self.python = str(root / ".venv" / "bin" / "python")
        super().__init__(folder, None, **overrides)


@contextmanager
def running_from(root: Path, folder: Path, *, with_worker: bool = True, **overrides: object) -> Iterator[RunningSite]:
    """The site of the checkout in `root`; see `running_site`."""
    site = OtherSite(root, folder, **overrides)
    try:
        site.start(with_worker=with_worker)
        yield site
    finally:
        site.end()
