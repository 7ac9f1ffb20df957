"""Runs functions in a process apart, each in a fork of it, which the kernel ends after so much processor time.

A thread cannot be interrupted while it is in a regular expression, and while it is there no other thread runs. A
process can be ended at any point, and keeps nobody from anything but a core. The process apart has one thread, so that
it can be forked; it is started when something is to be run, shares what it has prepared with its forks, and ends by
itself when this process ends, or when nothing was to be run for a while.
"""

import contextlib
import os
import pickle
import resource
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

IDLE = 600.0  # seconds without anything to run, after which the process ends
MEMORY = 1024**3  # bytes of a fork
ONE = b"1"  # what comes with the socket of each run

P = ParamSpec("P")
Result = TypeVar("Result")


class GivenUp(Exception):
    """A run that took more time or memory than it may have, or for which there was no place."""


@dataclass
class Apart:
    """What runs functions apart.

    Attributes:
        command: what is run to `serve`; the number of its socket is put behind it.
        folder: where it is run.
        seconds: of processor time, for each run.
        patience: seconds that somebody waits for a run, whatever keeps it; the start of the process is in it.
        places: how many runs go on at once.
    """

    command: Sequence[str]
    folder: Path
    seconds: float
    patience: float
    places: int
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None

    def __post_init__(self) -> None:
        self._free = threading.BoundedSemaphore(self.places)

    def run(self, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """What a function of a module returns, or raises.

        Args:
            function: one that pickle can name.
            args, kwargs: what pickle can carry, as it has to carry what is returned.

        Raises:
            GivenUp: it took too long.
        """
        until = time.monotonic() + self.patience
        if not self._free.acquire(timeout=self.patience):
            raise GivenUp
        try:
            request = pickle.dumps((function, args, kwargs))
            # Where the process ended just as it was asked, as after a while without anything to run, it is asked again.
            raw = self._answer(request, until) or (self._has_ended() and self._answer(request, until)) or b""
        finally:
            self._free.release()
        if not raw:
            raise GivenUp  # the kernel ended the fork
        is_raised, value = pickle.loads(raw)  # noqa: S301 - our own process wrote it
        if is_raised:
            raise value
        return cast("Result", value)

    def prepare(self) -> None:
        """Start the process, if it does not run, so that who comes next waits less."""
        with self._lock:
            self._started()

    def end(self) -> None:
        """End the process. Another one is started when something is to be run."""
        with self._lock:
            self._end()

    def _answer(self, request: bytes, until: float) -> bytes:
        """What the fork has to tell; nothing when it was ended before."""
        ours = self._asked()
        with ours:
            try:
                ours.settimeout(max(0.01, until - time.monotonic()))
                ours.sendall(request)
                ours.shutdown(socket.SHUT_WR)
                return _all_of(ours, until)
            except TimeoutError:
                self.end()  # whatever holds it up; its forks are ended by the kernel
                raise GivenUp from None
            except OSError:
                return b""

    def _asked(self) -> socket.socket:
        """The near end of a socket whose far end a fork holds."""
        near, far = socket.socketpair()
        with far, self._lock:
            for is_last in (False, True):
                try:
                    socket.send_fds(self._started(), [ONE], [far.fileno()])
                    break
                except OSError:  # it has ended meanwhile
                    self._end()
                    if is_last:
                        near.close()
                        raise GivenUp from None
        return near

    def _has_ended(self) -> bool:
        """Whether the process is gone: its end of the socket closes before its parent can be told."""
        with self._lock:
            if not (self._process and self._control) or self._process.poll() is not None:
                return True
            try:
                return self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
            except BlockingIOError:
                return False
            except OSError:
                return True

    def _started(self) -> socket.socket:
        if self._control and not self._has_ended():
            return self._control
        self._end()
        self._control, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            command = [*self.command, str(number)]
            # It ends when the near end closes, however this process ends. In a session of its own, Ctrl-C is not meant
            # for it.
            self._process = subprocess.Popen(  # noqa: S603 - the command is ours
                command, cwd=self.folder, stdin=subprocess.DEVNULL, pass_fds=[number], start_new_session=True
            )
        return self._control

    def _end(self) -> None:
        if self._control:
            self._control.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process = self._control = None


def serve(number: int, seconds: float, patience: float, before: Callable[[], None]) -> None:
    """Be the process apart, until its other end closes or nothing is asked of it for a while.

    Args:
        number: that of the socket on which runs are asked for.
        seconds: of processor time that each may take, and `patience` those by the clock.
        before: called before each run, here, so that the runs after it have what it prepares.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel clears forks away
    with socket.socket(fileno=number) as control:
        control.settimeout(IDLE)
        while True:
            try:
                said, numbers, _, _ = socket.recv_fds(control, 1, 1)
            except TimeoutError:
                return
            if not said:
                return
            before()
            with socket.socket(fileno=numbers[0]) as theirs:
                if os.fork() == 0:
                    control.close()
                    _run(theirs, seconds, patience)


def _run(theirs: socket.socket, seconds: float, patience: float) -> None:
    """Run what is asked for, and end, whatever happens. Nothing of what the process has to do at its end is done."""
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)  # by default, the signals of both end a process at once
        signal.setitimer(signal.ITIMER_REAL, patience)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        theirs.settimeout(None)
        function, args, kwargs = pickle.loads(_all_of(theirs))  # noqa: S301 - whoever started this process wrote it
        try:
            raw = pickle.dumps((False, function(*args, **kwargs)))
        except MemoryError:
            return
        except Exception as error:  # noqa: BLE001 - whatever a function raises is raised by who asked for it
            raw = _raised(error)
        theirs.sendall(raw)
    finally:
        os._exit(0)


def _raised(error: Exception) -> bytes:
    """An exception as it is carried; one that cannot be, by its name."""
    try:
        raw = pickle.dumps((True, error))
        pickle.loads(raw)  # noqa: S301 - written in the line above
    except Exception:  # noqa: BLE001 - an exception may make pickle raise anything
        return pickle.dumps((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return raw


def _all_of(source: socket.socket, until: float | None = None) -> bytes:
    """What comes until the other end is closed for writing.

    Raises:
        TimeoutError: it is not closed by then.
    """
    parts: list[bytes] = []
    while True:
        if until is not None:
            source.settimeout(max(0.01, until - time.monotonic()))
        part = source.recv(1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)
