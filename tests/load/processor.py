"""How much processor time processes took, each with all that it started, as Linux tells it in /proc; and for what.

For what, the site tells itself, at METRICS_PORT: by address. It counts the threads that make responses; what the web
server does besides, like reading from the network, is only in what Linux tells.
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.running import RunningSite

PROC = Path("/proc")
REQUESTS, WORKED = "offload_request_seconds_count", "offload_request_processor_seconds_total"


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


Counted = Mapping[str, Mapping[str, float]]  # by the name of a figure: by address and method


def counted(site: RunningSite) -> Counted:
    """What the site has counted so far: requests, and the seconds for which the processor worked for them.

    One of a commit that did not count yet says nothing.
    """
    connection = HTTPConnection("127.0.0.1", int(site.environ["METRICS_PORT"]), timeout=10)
    try:
        connection.request("GET", "/metrics")
        said = connection.getresponse().read().decode()
    except ConnectionRefusedError:
        said = ""
    finally:
        connection.close()
    found: dict[str, defaultdict[str, float]] = {REQUESTS: defaultdict(float), WORKED: defaultdict(float)}
    for metric in text_string_to_metric_families(said):
        for sample in metric.samples:
            if sample.name in found:
                found[sample.name][f"{sample.labels['kind']}, {sample.labels['method']}"] += sample.value
    return found


def worked_between(before: Counted, after: Counted) -> dict[str, tuple[int, float]]:
    """The requests between two moments, and the seconds of the processor for all of them, by address and method."""
    requests, worked = (
        {name: value - before[of].get(name, 0.0) for name, value in after[of].items()} for of in (REQUESTS, WORKED)
    )
    return {name: (round(number), worked[name]) for name, number in requests.items() if number}
