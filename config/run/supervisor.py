"""Keeps the site's processes together: they start in an order, stop in one, and the end of one is the end of all.

honcho, which does most of this, starts and stops everything at once: the broker would be gone before the worker could
say that its runs are lost. It also ends with 0 when a process ends with 0, and leaves all running when it is killed.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import FrameType
from typing import Self

from processes.group import end_group, start

POLL_SECONDS = 0.1
LONGEST_LINE = 64 * 1024  # bytes; what is longer is printed in pieces


class Asked(Exception):
    """The wish that all of it ends: Ctrl-C, SIGTERM, a closed terminal, or a reader of our output that is gone."""


class Died(Exception):
    """The end of a process that was not asked to. Its text says which one and how."""


@dataclass(frozen=True)
class Program:
    """A command and the name that labels its lines. Lines that contain one of `silenced` are left out."""

    name: str
    command: list[str]
    silenced: tuple[str, ...] = ()


class Child:
    """One started program. It leads a session of its own, so that Ctrl-C reaches it through the supervisor alone."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.unfinished = b""  # the beginning of a line whose end has not come yet
        environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.popen = start(program.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ)
        assert self.popen.stdout is not None
        self.output = self.popen.stdout

    def how_it_ended(self) -> str | None:
        """Words for the exit code; None while the process runs."""
        code = self.popen.poll()
        if code is None:
            return None
        if code < 0:
            return f"{self.program.name} was ended by {signal.Signals(-code).name}"
        return f"{self.program.name} ended with exit code {code}"


class Supervisor:
    """A starter of programs, which tells what they print and stops them: a context manager, for the main thread."""

    def __init__(self) -> None:
        self.children: dict[str, Child] = {}
        self.asked = 0  # how often
        self.selector = selectors.DefaultSelector()
        self.width = 7  # of the labels: as long as "offload", the longest

    def __enter__(self) -> Self:
        self.woken, self.waking = os.pipe()  # a signal writes to it, which wakes the selector
        for end in (self.woken, self.waking):
            os.set_blocking(end, False)
        self.selector.register(self.woken, selectors.EVENT_READ)
        signal.set_wakeup_fd(self.waking, warn_on_full_buffer=False)
        asking = dict.fromkeys((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), self._ask)
        if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
            del asking[signal.SIGHUP]  # nohup: the closing of the terminal is not meant for us
        handlers = {**asking, signal.SIGCHLD: lambda *_: None}
        self.handlers_before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        return self

    def __exit__(self, *_: object) -> None:
        self.stop([list(self.children)], 0)
        for number, handler in self.handlers_before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)
        self.selector.close()
        os.close(self.woken)
        os.close(self.waking)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def say(self, line: str, label: str = "offload") -> None:
        """Print a line with its label. When nobody reads any more, that is as good as being asked to stop."""
        try:
            sys.stdout.write(f"{label:<{self.width}} | {line}\n")
            sys.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.asked += 1

    def start(self, program: Program) -> None:
        """Start a program. Returns at once: see `wait_until`."""
        child = self.children[program.name] = Child(program)
        self.selector.register(child.output, selectors.EVENT_READ, child)

    def wait_until(self, condition: Callable[[], bool], seconds: float = float("inf")) -> bool:
        """Keep everything going until the condition holds; False when it did not within `seconds`.

        Raises:
            Asked, Died: see there.
        """
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                return False
            again = time.monotonic() + POLL_SECONDS
            while (left := again - time.monotonic()) > 0:  # what a process prints must not make the questions faster
                self._turn(left)
                self._watch()
        return True

    def run(self) -> None:
        """Keep everything going.

        Raises:
            Asked, Died: see there; nothing else ends this.
        """
        while True:
            self._watch()
            self._turn(None)

    def stop(self, groups: Iterable[list[str]], seconds: float) -> None:
        """Stop the named programs, one group after the other, with so many seconds for each before it is killed.

        Being asked again kills at once.
        """
        asked = self.asked
        for group in groups:
            children = [self.children[name] for name in group if name in self.children]
            for child in children:
                if child.popen.poll() is None:
                    child.popen.terminate()
            until = time.monotonic() + seconds
            while any(child.popen.poll() is None for child in children):
                if time.monotonic() > until or self.asked > asked:
                    break
                self._turn(0.1)
            for child in children:
                end_group(child.popen)
                del self.children[child.program.name]
        while self._turn(0):
            pass  # their last lines

    def _watch(self) -> None:
        if self.asked:
            raise Asked
        for child in self.children.values():
            if ended := child.how_it_ended():
                raise Died(ended)

    def _turn(self, seconds: float | None) -> bool:
        """Wait until something happens, for so many seconds at most, and print what was printed. False: nothing did."""
        happened = self.selector.select(seconds)
        for key, _ in happened:
            if isinstance(key.data, Child):
                self._read(key.data)
            else:
                os.read(self.woken, 4096)
        return bool(happened)

    def _read(self, child: Child) -> None:
        """Print the lines that have come."""
        data = os.read(child.output.fileno(), LONGEST_LINE)
        *lines, child.unfinished = (child.unfinished + data).split(b"\n")
        if child.unfinished and (not data or len(child.unfinished) >= LONGEST_LINE):
            lines, child.unfinished = [*lines, child.unfinished], b""
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            if text and not any(words in text for words in child.program.silenced):
                self.say(text, child.program.name)
        if not data:
            self.selector.unregister(child.output)
            child.output.close()
