"""Counts that the processes of one machine share: a table in a file, which all of them have in their memory (mmap).

It has a fixed size, so nobody can make it grow. A key has one of eight rows, by its digest. When all eight count
something else that still goes on, the one that has counted least is given up: who comes near a bound is kept.
"""

import fcntl
import mmap
import os
import struct
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from frontdoor.mapped_files import reserve

BUCKETS = 4096
ROWS = 8  # of each bucket
ROW = struct.Struct("=QdI")  # the key's digest, when its count ends (0: never used), the count
SIZE = BUCKETS * ROWS * ROW.size  # 640 KB, of which only what is used takes memory
LONGEST = 3600.0  # seconds that a count may go on; a row that says more is from before the machine was started anew


class CountTable:
    """How often each key was counted, by all processes that opened the same file."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            OSError: it cannot be made or mapped, has no room, or its file system knows no locks.
        """
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        reserve(self._file, SIZE)
        self._memory = mmap.mmap(self._file, SIZE)
        self._lock = Lock()  # among threads, for which a lock on a file is one and the same
        fcntl.flock(self._file, fcntl.LOCK_EX)
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def add(self, keys: list[str], until: float, now: float) -> list[int]:
        """Count each key once, and say how often it was counted by now.

        Args:
            keys: what is counted.
            until: when these counts end, in seconds of the machine's clock that only grows (time.monotonic).
            now: that clock.
        """
        digests = [int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little") for key in keys]
        with self._lock:
            fcntl.flock(self._file, fcntl.LOCK_EX)  # a process that dies releases it
            try:
                return [self._add(digest, until, now) for digest in digests]
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    def _add(self, digest: int, until: float, now: float) -> int:
        first = digest % BUCKETS * ROWS * ROW.size
        least, fewest = first, 1 << 32
        for place in range(first, first + ROWS * ROW.size, ROW.size):
            known, ends, count = ROW.unpack_from(self._memory, place)
            goes_on = now < ends <= now + LONGEST
            if goes_on and known == digest:
                ROW.pack_into(self._memory, place, digest, until, count + 1)
                return int(count) + 1
            if not goes_on:
                count = -1
            if count < fewest:
                least, fewest = place, count
        ROW.pack_into(self._memory, least, digest, until, 1)
        return 1
