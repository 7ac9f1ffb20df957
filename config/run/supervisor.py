"""Keeps the site's processes together: they start in an order, stop in one, and one that ends is started again.

honcho, which does most of this, starts and stops everything at once: the broker would be gone before the worker could
say that its runs are lost. It also ends with 0 when a process ends with 0, and leaves all running when it is killed.
"""

import errno
import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Self

from config.run.child import Child, Program
from config.run.restarts import GivenUp, Restarts
from processes.group import end_group

POLL_SECONDS = 0.1
LAST_SECONDS = 1.0  # for which what a process left behind may take to end, once it was killed
LONGEST_LINE = 64 * 1024  # bytes; what is longer is printed in pieces
# A log that cannot grow: the disk is full, or one's share of it, or a file may not be larger.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Asked(Exception):
    """The wish that all of it ends: Ctrl-C, SIGTERM, a closed terminal, or a reader of our output that is gone."""


class Died(Exception):
    """The end of a process that was not asked to, and is not started again. Its text says which one and how."""


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
        """Print a line with its label. When nobody reads any more, that is as good as being asked to stop.

        What a full disk does not take is not printed: the site goes on, and a later line finds room again.
        """
        is_json = line.startswith("{")  # for a program, which reads whole lines; it names its process itself
        text = (f"{line}\n" if is_json else f"{label:<{self.width}} | {line}\n").encode(errors="replace")
        try:
            while text:
                text = text[os.write(sys.stdout.fileno(), text) :]
        except OSError as error:
            if error.errno not in NO_ROOM:
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

    def run(self, restarts: Restarts) -> None:
        """Keep everything going, and start again what ends.

        Raises:
            Asked, Died: see there; nothing else ends this.
        """
        while not self.asked:
            for child in list(self.children.values()):
                if ended := child.how_it_ended():
                    self._plan(child, ended, restarts)
            for program in restarts.take_due():
                self.start(program)
            self._turn(restarts.seconds_left())
        raise Asked

    def _plan(self, child: Child, ended: str, restarts: Restarts) -> None:
        """Let a program that ended start again. Nothing of its last process is left then to be in its way."""
        end_group(child.popen, LAST_SECONDS)
        try:
            pause = restarts.plan(child.program)
        except GivenUp as often:
            raise Died(f"{ended} {often}".rstrip()) from None
        del self.children[child.program.name]
        self.say(f"{ended}, and is started again in {pause:g} s")

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
