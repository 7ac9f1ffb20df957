"""A program of the site, and the process that it is while it runs."""

import os
import signal
import subprocess
from dataclasses import dataclass

from processes.group import start


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
