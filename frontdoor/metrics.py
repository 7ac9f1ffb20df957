"""What is counted for whoever runs the site: requests and how long they took, refusals and by which bound, places.

Several processes may serve the site, and any of them may be asked. So each keeps its counts in files of the folder
DATA_DIR/metrics that all of them read (prometheus-client's multiprocess mode); to count takes a microsecond. A process
that nobody asks, like a command or a test, keeps them in memory.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from frontdoor.mapped_files import reserve

# Upper edges in seconds. The blocking demo takes up to 10.
EDGES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

# The library's own names of its files, of which each process has one a kind, and the room that each has on the disk, in
# bytes: they do not outgrow it, for all that can be counted is known beforehand (a test counts every address).
ROOM = {"histogram": 5 * 1024**2, "counter": 256 * 1024, "gauge_livesum": 64 * 1024}
# The last room on a disk is for what people sent.
LEFT_FREE = 32 * 1024**2

_memory = CollectorRegistry()

# Each has labels: what has none would be made when this is imported, which is before `share`.
REQUESTS = Histogram(
    "offload_request_seconds",
    "Requests, by the name of their address, with the time that the site took for them.",
    ["kind", "method", "status"],
    buckets=EDGES,
    registry=_memory,
)
PROCESSOR = Counter(
    "offload_request_processor_seconds",
    "Processor time of the threads that made responses, by the name of the address.",
    ["kind", "method"],
    registry=_memory,
)
REFUSALS = Counter("offload_refusals", "What was refused, by the bound that it met.", ["bound"], registry=_memory)
PLACES_TAKEN = Gauge(
    "offload_places_taken", "Places that are taken now.", ["of"], multiprocess_mode="livesum", registry=_memory
)

_folder: Path | None = None
_held: list[int] = []  # locks, for as long as this process lives


def refused(bound: str) -> None:
    """Count a refusal by a bound, which is named by a few words that are always the same."""
    REFUSALS.labels(bound).inc()


def share(folder: Path) -> None:
    """Keep what this process counts where the others of the site read it. Called once, before anything is counted.

    Each process that lives holds the lock of a number, and files of that number. The first one of all begins anew; one
    that takes the place of one that died goes on with its counts.

    Raises:
        OSError: the folder cannot be written, or has no room.
    """
    global _folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < LEFT_FREE:
        raise OSError(errno.ENOSPC, "there is too little room")
    with _locked(folder / "start.lock"):
        if not living(folder):
            for left in (*folder.glob("*.db"), *folder.glob("*.json")):
                left.unlink()
        number = next(number for number in range(10_000) if _take(folder / f"{number}.lock"))
        _drop_gauges(folder, str(number))
        for kind, room in ROOM.items():
            _reserve(folder / f"{kind}_{number}.db", room)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    values.ValueClass = values.MultiProcessValue(lambda: number)  # type: ignore[no-untyped-call]
    _folder = folder


def _reserve(path: Path, room: int) -> None:
    """Make one of the library's files, if it is not there. It appears in one step: others may be reading them all."""
    if path.exists():
        return
    made = path.with_suffix(".making")
    file = os.open(made, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        reserve(file, room)
        made.rename(path)
    finally:
        os.close(file)
        made.unlink(missing_ok=True)  # half a file, without room for the rest


def shared_file(name: str) -> Path | None:
    """A file for what all processes that share their counts note of them; None where nothing is shared.

    The first process of a site finds none.
    """
    return _folder / f"{name}.json" if _folder else None


def living(folder: Path | None = None) -> list[str]:
    """The numbers of the processes that share their counts and live; none where nothing is shared."""
    folder = folder or _folder
    return sorted(path.stem for path in folder.glob("[0-9]*.lock") if _is_held(path)) if folder else []


def collect() -> list[Metric]:
    """What was counted so far, by all processes together."""
    if _folder is None:
        return list(_memory.collect())
    alive = living()
    for path in _folder.glob("gauge_live*.db"):
        if (number := path.stem.rpartition("_")[2]) not in alive:
            _drop_gauges(_folder, number)
    found: Iterable[Metric] = MultiProcessCollector(None, str(_folder)).collect()  # type: ignore[no-untyped-call]
    return list(found)


def _drop_gauges(folder: Path, number: str) -> None:
    """What a process had taken, it has no more once it died."""
    for path in folder.glob(f"gauge_live*_{number}.db"):
        path.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _take(path: Path) -> bool:
    """Hold a lock until this process ends. False: another one holds it."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    _held.append(lock)
    return True


def _is_held(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
