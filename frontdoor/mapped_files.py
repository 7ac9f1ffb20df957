"""Files that processes have in their memory (mmap) in common."""

import os


def reserve(file: int, size: int) -> None:
    """Let a file have room for so many bytes on its disk now; what is in it stays.

    A file that was only made longer has holes. To write to one through memory when the disk has become full ends the
    process (SIGBUS), whoever it was serving.

    Args:
        file: its descriptor, open for writing.
        size: in bytes.

    Raises:
        OSError: there is no room.
    """
    there = os.fstat(file).st_size
    while there < size:
        there += os.pwrite(file, bytes(size - there), there)
