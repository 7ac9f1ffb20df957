"""A process and all that it starts, as one group: started, signalled and ended together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BOUND_TO_PARENT = Path(__file__).with_name("bound_to_parent.py")


def start(command: Sequence[str], *, own_group: bool = True, **options: Any) -> subprocess.Popen[bytes]:
    """Start a command, which leads a session and a group of its own (or stays in this process's group).

    On Linux the kernel sends it SIGTERM when the thread that starts it here has ended, so let that be one that waits.

    Args:
        options: as for Popen; standard input is empty unless they say otherwise.
    """
    options = {"stdin": subprocess.DEVNULL, "start_new_session": own_group, **options}
    # -I and -S: what becomes the command needs neither packages nor variables, and is there sooner.
    bound = [sys.executable, "-IS", str(BOUND_TO_PARENT), str(os.getpid())]
    return subprocess.Popen([*bound, *command], **options)  # noqa: S603 - the commands are ours


def ask_to_end(process: subprocess.Popen[bytes], seconds: float, number: int = signal.SIGTERM) -> bool:
    """Send a signal to the process itself. False: it has not ended within so many seconds."""
    process.send_signal(number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def signal_group(leader: subprocess.Popen[bytes], number: int) -> bool:
    """Signal a group, also when its leader has ended and left others behind. False: nothing is left of it."""
    try:
        os.killpg(leader.pid, number)
    except (ProcessLookupError, PermissionError):
        return False  # macOS says the second of processes that have ended
    return True


def end_group(leader: subprocess.Popen[bytes], seconds: float = 0.0) -> None:
    """Kill whatever is left of a group, and wait until its leader has ended, and all the others for `seconds` at most.

    Not for ever: where nothing asks after orphans that have ended, the group counts as there.
    """
    until = time.monotonic() + seconds
    while signal_group(leader, signal.SIGKILL):
        leader.wait()
        if time.monotonic() >= until:
            break
        time.sleep(0.01)
    leader.wait()
