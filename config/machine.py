"""What this machine gives the site: cores and memory, or less where a container (cgroup) is given less."""

import os
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
# The first web process takes some 110 MB, each further one 20 to 60, and what else runs as much again. The rest is for
# the system's cache of files, for the database, and for an experiment's own processes.
MEMORY_OF_A_PROCESS = 512 * 1024**2  # bytes
# Past so many, the database is what learners wait for.
MOST_PROCESSES = 8


def web_processes(cgroup: Path = CGROUP) -> int:
    """How many web processes suit this machine: one for each core, as far as its memory goes."""
    return max(1, min(cores(cgroup), memory(cgroup) // MEMORY_OF_A_PROCESS, MOST_PROCESSES))


def cores(cgroup: Path = CGROUP) -> int:
    """The cores that this process may use, at least 1."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, _, period = _said(cgroup / "cpu.max").partition(" ")
    if not quota:  # version 1
        quota, period = _said(cgroup / "cpu/cpu.cfs_quota_us"), _said(cgroup / "cpu/cpu.cfs_period_us")
    if quota.isdecimal() and period.isdecimal() and int(period):
        usable = min(usable, int(quota) // int(period))
    return max(1, usable)


def memory(cgroup: Path = CGROUP) -> int:
    """The memory that this process may use, in bytes."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    most = _said(cgroup / "memory.max") or _said(cgroup / "memory/memory.limit_in_bytes")  # version 2, or 1
    return min(whole, int(most)) if most.isdecimal() else whole


def _said(file: Path) -> str:
    """What a file of the system says; nothing where there is no such file."""
    try:
        return file.read_text().strip()
    except OSError:
        return ""
