"""Runs the program of a trace as one of its two processes: `python -P process.py web|worker <folder>`.

This is run as a file, in a process of its own whose environment knows nothing of the site, so it imports nothing of the
site either. The folder holds the program as `program.py`, whole: what is done here is what `python program.py` and
`celery -A program worker` do, and nothing is added to it. The folder gets small files about what happened: which
process ran which line, the queues from which the worker takes messages once it waits for some, the queue of each
message that was sent, and a line for each that is done.

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

NAME = "program"
NO_APPLICATION = (
    "it has no Celery application of its own, and none is added that readers do not see. It begins with a line like"
    f' app = Celery("{NAME}")'
)

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
    if "CELERY_BROKER_URL" in os.environ:
        _note_messages(folder)
    trace = _noted(str(path), folder / f"{role}.lines")
    threading.settrace(trace)
    sys.settrace(trace)
    if role == "web":
        _run_as_main(path)
    else:
        _work()


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


def _note_messages(folder: Path) -> None:
    """Note each message before it is sent, and after it is done. While the two differ, something is to be awaited."""
    from celery import signals

    def note(name: str) -> Callable[[str], None]:
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def line(said: str) -> None:
            os.write(file, f"{said}\n".encode())

        return line

    sent, done = note("sent"), note("done")
    signals.before_task_publish.connect(lambda routing_key="", **_: sent(routing_key), weak=False)
    for signal in (signals.task_postrun, signals.task_revoked, signals.task_rejected, signals.task_unknown):
        signal.connect(lambda **_: done("done"), weak=False)

    def ready(sender: Any, **_: Any) -> None:
        (folder / "ready").write_text("".join(f"{queue.routing_key}\n" for queue in sender.task_consumer.queues))

    signals.worker_ready.connect(ready, weak=False)


def _work() -> None:
    """What `celery -A program worker` does, with less said."""
    from celery import Celery
    from celery.__main__ import main as celery

    module = __import__(NAME)
    if not any(isinstance(value, Celery) for value in vars(module).values()):
        sys.exit(NO_APPLICATION)
    options = ("--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")
    sys.argv = ["celery", "--quiet", "-A", NAME, "worker", *options]
    celery()


if __name__ == "__main__":
    main()
