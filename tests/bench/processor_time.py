"""The processor time that a site's web server has taken so far."""

import os
import subprocess
from pathlib import Path

from tests.running import RunningSite


def processor_time(site: RunningSite) -> float:
    """The processor time of the web server, with all its processes, in seconds."""
    rows = subprocess.run(["ps", "-axo", "pgid=,pid="], capture_output=True, text=True, check=True).stdout.split("\n")
    groups = [tuple(map(int, row.split())) for row in filter(None, rows)]
    return sum(_processor_time(pid) for group, pid in groups if group == site.web.pid)


def _processor_time(pid: int) -> float:
    """That of one process; macOS has no /proc, but its `ps` tells hundredths of a second."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        told = subprocess.run(["ps", "-o", "cputime=", "-p", str(pid)], capture_output=True, text=True, check=False)
        parts = told.stdout.strip().split(":")
        return sum(float(part) * 60.0**place for place, part in enumerate(reversed(parts)) if part)
    ticks: int = os.sysconf("SC_CLK_TCK")
    return (int(stat[11]) + int(stat[12])) / ticks
