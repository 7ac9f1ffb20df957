"""The whole site as `make run` has it: `python -m config.run`, with real processes."""

import os
import signal
import subprocess
import sys

from config.environment import ROOT
from tests.running import RunningSite
from tests.running_process import wait_until


class Supervised(RunningSite):
    """The site under its supervisor."""

    popen: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        with (self.data_dir.parent / "supervisor.log").open("wb") as log:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: "ready: " in self.printed or self.exit_code is not None, "the supervisor says ready")
        assert self.exit_code is None, self.printed

    @property
    def printed(self) -> str:
        return (self.data_dir.parent / "supervisor.log").read_text()

    @property
    def exit_code(self) -> int | None:
        assert self.popen
        return self.popen.poll()

    def wait(self, seconds: float) -> int:
        assert self.popen
        return self.popen.wait(seconds)

    def end(self) -> None:
        """End the supervisor, and with it what it started."""
        if self.popen and self.popen.poll() is None:
            processes = [self.popen.pid, *descendants(self.popen.pid)]
            for pid in processes:
                _kill(pid)
            self.popen.wait()


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    listed = subprocess.run(["ps", "-axwwo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for child, parent in (map(int, line.split()) for line in listed.splitlines()):
        children.setdefault(parent, []).append(child)
    found, left = [], [pid]
    while left:
        found += (below := children.get(left.pop(), []))
        left += below
    return found


def started(site: Supervised, command: str) -> int:
    """The pid of the process that the supervisor started with this word in its command."""
    assert site.popen
    listed = subprocess.run(["ps", "-axwwo", "pid=,ppid=,command="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    (pid,) = [int(row[0]) for row in rows if int(row[1]) == site.popen.pid and command in row[2]]
    return pid


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
