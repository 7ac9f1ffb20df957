"""How much processor time processes took, each with all that it started, as Linux tells it in /proc."""

import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

PROC = Path("/proc")


def processor_seconds(roots: Mapping[str, int]) -> dict[str, float]:
    """The processor time of each process by its name, with its children's, those that have ended included.

    Args:
        roots: the ids of processes, by name. The difference between two moments is what counts.

    Returns:
        seconds by name; nothing where there is no /proc.
    """
    if not PROC.is_dir():
        return {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    took: dict[int, float] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile, and what it took is its parent's
            children[int(fields[1])].append(int(entry.name))
            # Its own, in user and system mode, and that of children that it has waited for.
            took[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    found = {}
    for name, root in roots.items():
        there, found[name] = [root], 0.0
        while there:
            pid = there.pop()
            found[name] += took.get(pid, 0.0)
            there += children[pid]
    return found
