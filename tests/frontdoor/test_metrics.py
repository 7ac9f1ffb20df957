"""What several processes count is one account, also when one of them dies."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.environment import ROOT as PROJECT
from frontdoor.metrics import ROOM

# Shares its counts, says that it does, and then does what each line tells it to.
PROCESS = """
import sys
from pathlib import Path
from frontdoor import metrics
metrics.share(Path(sys.argv[1]))
print("sharing", flush=True)
for line in sys.stdin:
    if line == "count\\n":
        metrics.refused("a bound")
        metrics.PLACES_TAKEN.labels("blocking").inc()
    samples = {sample.name: sample.value for metric in metrics.collect() for sample in metric.samples}
    print(samples.get("offload_refusals_total"), samples.get("offload_places_taken"), len(metrics.living()), flush=True)
"""


class Process:
    def __init__(self, folder: Path) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(folder)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.hear() == "sharing"

    def hear(self) -> str:
        assert self.popen.stdout
        return self.popen.stdout.readline().strip()

    def told(self, what: str) -> str:
        """Refusals, places taken, and living processes, after it did what it was told to."""
        assert self.popen.stdin
        self.popen.stdin.write(f"{what}\n")
        self.popen.stdin.flush()
        return self.hear()

    def kill(self) -> None:
        self.popen.kill()
        self.popen.communicate()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Process]]:
    processes: list[Process] = []

    def started() -> Process:
        processes.append(Process(tmp_path / "metrics"))
        return processes[-1]

    yield started
    for process in processes:
        process.kill()


def test_two_processes_count_as_one(start):
    one, other = start(), start()
    one.told("count")
    assert other.told("count") == "2.0 2.0 2"
    assert one.told("look") == "2.0 2.0 2"


def test_what_a_process_that_died_counted_stays_and_its_places_are_free(start):
    one, other = start(), start()
    one.told("count")
    other.told("count")
    one.kill()
    assert other.told("look") == "2.0 1.0 1"
    assert start().told("count") == "3.0 2.0 2"  # in its place


def test_the_first_process_of_a_site_begins_anew(start):
    one = start()
    one.told("count")
    one.kill()
    assert start().told("count") == "1.0 1.0 1"


# Counts each address of the site in each way that it can be asked and respond, and says how far its file is filled.
EVERY_ADDRESS = """
import os, struct, sys
from pathlib import Path
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from django.urls import URLPattern, get_resolver
from frontdoor import metrics, observing
metrics.share(Path(sys.argv[1]))
def names(patterns, space):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield space + pattern.name
        else:
            yield from names(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
found = {*names(get_resolver().url_patterns, ""), observing.STATIC, observing.NOWHERE}
asked = [("GET", 200), ("GET", 304), ("GET", 404), ("HEAD", 200)]
asked += [("POST", status) for status in (200, 303, 422, 429, 503)]
for name in found:
    for method, status in asked:
        metrics.REQUESTS.labels(name, method, status).observe(1)
        metrics.PROCESSOR.labels(name, method).inc(1)
print(len(found))
for kind in ("histogram", "counter"):
    (file,) = Path(sys.argv[1]).glob(f"{kind}_*.db")
    print(kind, struct.unpack("i", file.read_bytes()[:4])[0], file.stat().st_size)
"""


def test_the_room_of_each_file_is_twice_what_every_address_takes(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", EVERY_ADDRESS, str(tmp_path)], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    addresses, *files = done.stdout.splitlines()
    assert int(addresses) > 50
    for kind, filled, size in map(str.split, files):
        assert int(filled) < ROOM[kind] / 2 < ROOM[kind] == int(size)
