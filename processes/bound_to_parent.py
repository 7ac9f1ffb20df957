"""Becomes the given command, which Linux then ends when its parent ends: `bound_to_parent.py <parent> <command> ...`.

A process that is killed outright (SIGKILL) can stop nothing any more. With this, the kernel sends its children
SIGTERM in its place (prctl(2), PR_SET_PDEATHSIG; the setting outlives execve). Elsewhere the command just runs.

This is run as a file, so that it starts without importing the site. `<parent>` is the id of the process that starts it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>


def main() -> None:
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("offload: the process that started this one has ended")  # before the line above could tell
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
