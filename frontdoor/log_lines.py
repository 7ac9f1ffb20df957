"""Which request and which run a line of the log belongs to, in every process that has a part in them.

A request has an id from its first moment on (frontdoor/observing.py). A message that it publishes carries the id to the
worker (demos/messages.py), so one search finds what was logged about a click in all processes.
"""

import logging
import re
import secrets
from contextvars import ContextVar

# Of what this thread is at; empty when that is nothing.
request_id = ContextVar("request_id", default="")
run_id = ContextVar("run_id", default="")

# Every other text could forge lines, or make them long.
PLAUSIBLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
# What an author or a sender wrote, and a line quotes, could colour a terminal, or write over what stands there.
SHOWN = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}

_process = ""


def named(process: str) -> None:
    """Say what this process is: "web" or "worker"."""
    global _process
    _process = process


def new_id() -> str:
    """An id for a request that brought none along."""
    return secrets.token_hex(8)


class WithIds(logging.Filter):
    """Adds to a record the ids that there are, and the name of the process."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by a handler with each record."""
        for name, value in (("request_id", request_id.get()), ("run_id", run_id.get()), ("part", _process)):
            if value and not hasattr(record, name):
                setattr(record, name, value)
        return True


class Line(logging.Formatter):
    """A line for people: behind its words stand the ids, where there are any."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        """Called by `format`, which puts a traceback below."""
        found = {"request": getattr(record, "request_id", ""), "run": getattr(record, "run_id", "")}
        ids = " ".join(f"{name}={value}" for name, value in found.items() if value)
        return super().formatMessage(record).translate(SHOWN) + (f" [{ids}]" if ids else "")
