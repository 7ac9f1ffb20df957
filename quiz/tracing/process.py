"""Runs the program of a trace as one of its two processes: `python -P process.py web|worker <folder>`.

This is run as a file, in a process of its own whose environment knows nothing of the site, so it imports nothing of the
site either. The folder holds the program as `program.py`, and gets small files about what happened: which process ran
which line, that the worker waits for messages, and a byte for each message that was sent, and for each that is done.

The bounds are variables of the environment: TRACE_SECONDS of processor time, TRACE_OUTPUT bytes in any file, and
TRACE_MEMORY bytes.
"""

import os
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

NAME = "program"  # of the module, and of Celery's application when the program brings none

Trace = Callable[[FrameType, str, Any], Any]


def main() -> None:
    role, folder = sys.argv[1], Path(sys.argv[2])
    for limit, name in (
        (resource.RLIMIT_CPU, "TRACE_SECONDS"),
        (resource.RLIMIT_FSIZE, "TRACE_OUTPUT"),
        (resource.RLIMIT_AS, "TRACE_MEMORY"),
    ):
        try:
            resource.setrlimit(limit, (int(os.environ[name]),) * 2)
        except (OSError, ValueError):
            pass  # not every system bounds all of them; the time, and the output in the end, are bounded from outside
    path = folder / f"{NAME}.py"
    sys.path.insert(0, str(folder))
    sys.argv = [path.name]
    app = _celery(folder) if "CELERY_BROKER_URL" in os.environ else None
    trace = _noted(str(path), folder / f"{role}.lines")
    threading.settrace(trace)
    sys.settrace(trace)
    if role == "web":
        _run_as_main(path)
    else:
        _work(app)


def _noted(program: str, into: Path) -> Trace:
    """Notes each line of the program when it is first run, at once: whoever is killed has told what they did."""
    seen: set[int] = set()
    file = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def line(frame: FrameType, event: str, _: Any) -> Trace:
        if event == "line" and frame.f_lineno not in seen:
            seen.add(frame.f_lineno)
            os.write(file, b"%d\n" % frame.f_lineno)
        return line

    return lambda frame, _event, _arg: line if frame.f_code.co_filename == program else None


def _run_as_main(path: Path) -> None:
    """What `python program.py` does."""
    module = ModuleType("__main__")
    module.__file__ = str(path)
    sys.modules["__main__"] = module
    exec(compile(path.read_bytes(), path, "exec"), module.__dict__)  # noqa: S102 - this is what is asked for


def _celery(folder: Path) -> Any:
    """The application of a program that brings none. Where the broker is, the environment says."""
    from celery import Celery, signals

    app = Celery(NAME)
    app.set_default()
    queue = app.conf.task_default_queue

    def note(name: str) -> Callable[..., None]:
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def one(routing_key: str = queue, **_: Any) -> None:
            if routing_key == queue:  # nobody takes what is sent elsewhere
                os.write(file, b".")

        return one

    # Noted before it is sent, and after it is done: as long as the two differ, there is something to wait for.
    signals.before_task_publish.connect(note("sent"), weak=False)
    done = note("done")
    for signal in (signals.task_postrun, signals.task_revoked, signals.task_rejected, signals.task_unknown):
        signal.connect(lambda **_: done(), weak=False)
    signals.worker_ready.connect(lambda **_: (folder / "ready").touch(), weak=False)
    return app


def _work(app: Any) -> None:
    """What `celery -A program worker` does."""
    from celery import Celery

    module = __import__(NAME)
    own = next((value for value in vars(module).values() if isinstance(value, Celery)), app)
    options = ("--pool", "solo", "--loglevel", "WARNING")
    own.worker_main(["--quiet", "worker", *options, "--without-gossip", "--without-mingle", "--without-heartbeat"])


if __name__ == "__main__":
    main()
