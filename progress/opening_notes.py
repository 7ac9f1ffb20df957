"""Openings that are not in the database yet: a line each, in files that outlive the process which wrote them.

A process adds to a file of its own, which it keeps locked. The system releases the lock when the process ends, however
it ends, and then any web process counts what it left.
"""

import contextlib
import fcntl
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

Page = tuple[str, str, date]  # lesson, mode, day in UTC

SUFFIX = ".openings"


class Notes:
    """The file of one process. A line takes some 3 us, and is not lost when the process is killed right after it."""

    def __init__(self, folder: Path) -> None:
        """Make the file, which gets its name only once it is locked.

        Raises:
            OSError: the folder cannot be written, or knows no locks.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file, name = tempfile.mkstemp(dir=folder)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.rename(name, f"{name}{SUFFIX}")

    def add(self, page: Page) -> None:
        """Note one opening.

        Raises:
            OSError: there is no room for it.
        """
        lesson, mode, day = page
        line = f"{lesson} {mode} {day.isoformat()}\n".encode()
        if os.write(self._file, line) != len(line):
            raise OSError("the disk is full")

    def leave(self) -> None:
        """Let whoever comes count what was noted."""
        os.close(self._file)


class Left:
    """What was left in one file, and is this process's to count."""

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self._file = file

    def counted(self) -> Counter[Page]:
        """How often each page was opened. The half of a line, of a disk that was full, counts for nothing."""
        with open(self._file, "rb", closefd=False) as file:
            lines = file.read().decode(errors="replace").split("\n")
        found: Counter[Page] = Counter()
        for line in lines:
            lesson, _, rest = line.partition(" ")
            mode, _, day = rest.partition(" ")
            with contextlib.suppress(ValueError):
                found[lesson, mode, date.fromisoformat(day)] += 1
        return found

    def discard(self) -> None:
        """It is in the database. A process that is killed just before this has its last openings counted twice."""
        self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def what_was_left(folder: Path) -> Iterator[list[Left]]:
    """Every file that no process adds to any more; nobody else counts them while the block runs."""
    with contextlib.ExitStack() as opened:
        found = []
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            with contextlib.suppress(OSError):  # another process was faster
                file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                opened.callback(os.close, file)
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(file).st_nlink:
                    found.append(Left(path, file))
        yield found
