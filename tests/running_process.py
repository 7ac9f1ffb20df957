"""One process of the site for a test: started, stopped, killed or paused; and waiting for what a test waits for."""

import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from config.environment import ROOT
from processes.group import ask_to_end, end_group, signal_group, start

PATIENCE = 30.0  # seconds until a condition that a test waits for counts as never coming true

_claimed_ports: list[socket.socket] = []


def wait_until(condition: Callable[[], object], what: str, seconds: float = PATIENCE, every: float = 0.02) -> Any:
    """Wait until `condition` holds, and return what it returned. It is asked once in `every` seconds.

    Fails with `what` after `seconds`.
    """
    until = time.monotonic() + seconds
    while True:
        held = condition()
        if held:
            return held
        if time.monotonic() > until:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(every)


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now, and that no other test is given.

    It is below those that the system gives to whoever connects. The same port for datagrams, which nobody uses, tells
    other tests, also of other checkouts, that this one is taken, for as long as this process lives.
    """
    while True:
        port = random.randrange(10_000, 30_000)
        claim = socket.socket(type=socket.SOCK_DGRAM)
        try:
            claim.bind(("127.0.0.1", port))
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
        else:
            _claimed_ports.append(claim)
            return port


def is_alive(pid: int) -> bool:
    """Whether the process is there and is no zombie, which nobody has asked about yet."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def wait_until_ended(pids: Iterable[int], what: str, seconds: float) -> None:
    """Wait until none of these processes is alive any more."""
    wait_until(lambda: not any(is_alive(pid) for pid in pids), what, seconds)


class RunningProcess:
    """One process of the site, with all that it starts, and what it prints."""

    def __init__(
        self,
        name: str,
        environ: Mapping[str, str],
        log: Path,
        answers: Callable[["RunningProcess"], bool],
        root: Path = ROOT,
        *,
        command: Sequence[str] = (),
        python: str = sys.executable,
    ) -> None:
        """`command` is what is started; without it, the part of the site that `name` says."""
        self.name = name
        self.command = list(command) or [python, "-m", "config.run", *name.split()]
        self.environ = environ
        self.log_path = log
        self.answers = answers
        self.root = root
        self.python = python
        self.popen: subprocess.Popen[bytes] | None = None
        self._logged_before = 0

    @property
    def pid(self) -> int:
        assert self.popen is not None, f"{self.name} was never started"
        return self.popen.pid

    @property
    def is_running(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    @property
    def log(self) -> str:
        """What the process printed since its last start."""
        with self.log_path.open("rb") as file:
            file.seek(self._logged_before)
            return file.read().decode(errors="replace")

    def start(self, *, wait: bool = True) -> None:
        """Start the process, and wait until it answers (unless `wait` is False: its broker may be down, say)."""
        assert not self.is_running, f"{self.name} is running already"
        with self.log_path.open("ab") as log:
            self._logged_before = log.tell()
            self.popen = start(self.command, cwd=self.root, env=self.environ, stdout=log, stderr=log)
        if wait:
            self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        def answers_or_ended() -> bool:
            return not self.is_running or self.answers(self)

        try:
            wait_until(answers_or_ended, f"{self.name} answers")
            assert self.is_running, f"{self.name} ended"
        except AssertionError as error:
            raise AssertionError(f"{error}\n--- the log of {self.name}:\n{self.log[-4000:]}") from None

    def stop(self, seconds: float = 10.0) -> int:
        """Ask the process to end (SIGTERM), wait until it did, and return its exit code."""
        assert self.popen is not None, f"{self.name} was never started"
        has_ended = ask_to_end(self.popen, seconds)
        end_group(self.popen)  # whatever it left behind
        assert has_ended, f"{self.name} did not end within {seconds:g} s"
        return self.popen.returncode

    def ask_to_end(self) -> None:
        """Ask the process to end (SIGTERM), and do not wait."""
        assert self.popen is not None, f"{self.name} was never started"
        self.popen.terminate()

    def kill(self) -> None:
        """End the process and its children at once (SIGKILL), as a machine out of memory would."""
        assert self.popen is not None, f"{self.name} was never started"
        end_group(self.popen)

    def pause(self) -> None:
        """Make the process silent (SIGSTOP): connections to it are taken by the kernel, and nothing answers."""
        assert self.popen is not None, f"{self.name} was never started"
        signal_group(self.popen, signal.SIGSTOP)

    def resume(self) -> None:
        assert self.popen is not None, f"{self.name} was never started"
        signal_group(self.popen, signal.SIGCONT)

    def wait_until_logged(self, text: str, seconds: float = PATIENCE) -> None:
        """Wait until the process printed `text` since its last start."""
        try:
            wait_until(lambda: text in self.log, f"{self.name} logs {text!r}", seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}\n--- the log of {self.name}:\n{self.log[-4000:]}") from None
