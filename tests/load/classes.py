"""One class on a site of its own: played, and counted."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from time import process_time
from typing import Any

from config.environment import ROOT
from tests.bench import seeding
from tests.load.crowd import Browser, Crowd, Found
from tests.load.keeping import lost, nothing_kept
from tests.load.learners import Learner
from tests.load.processor import counted, processor_seconds, worked_between
from tests.other_checkout import running_on
from tests.running import OWN_PROCESSES
from tests.running_process import free_port

LEARNERS = (200, 500)
DATABASES = ("SQLite", "PostgreSQL")
SECONDS = 60.0  # that count,
RAMP = 15.0  # after so many in which the learners come in
MOST_SEATS = 400  # as the setting has it
LESSONS = 4

ANSWER_P50, ANSWER_P99 = 0.150, 1.5  # seconds
OTHER_P99 = 0.5


@dataclass(frozen=True)
class Times:
    """The latencies of one kind of request, in seconds."""

    kind: str
    latencies: list[float]
    errors: dict[int, int]

    @property
    def count(self) -> int:
        return len(self.latencies)

    @property
    def cuts(self) -> tuple[float, float, float, float]:
        """The median, the 95th and the 99th percentile, and the slowest."""
        if len(self.latencies) == 1:
            return (self.latencies[0],) * 4
        cuts = quantiles(self.latencies, n=100, method="inclusive")
        return cuts[49], cuts[94], cuts[98], max(self.latencies)

    @property
    def is_met(self) -> bool:
        """Whether nobody waited longer than they may, and nothing went wrong."""
        median, _, p99, _ = self.cuts
        in_time = median <= ANSWER_P50 and p99 <= ANSWER_P99 if self.kind == "answer" else p99 <= OTHER_P99
        return in_time and not self.errors


@dataclass(frozen=True)
class Played:
    """What came of a class.

    `processor` has seconds by process. `worked` has, by address and method, the number of requests and the seconds for
    which the processor worked for them, as the site counts itself. `lost` says how many things of each kind are not
    kept once, `runs_lost` how many came to no end, and `unfinished` how many learners were still waiting when all was
    over. `late` is the 99th percentile of how much later than it could the generator sent a request, in seconds. `said`
    is what the site said where something went wrong.
    """

    database: str
    learners: int
    seconds: float
    times: list[Times]
    processor: dict[str, float]
    worked: dict[str, tuple[int, float]]
    acknowledged: dict[str, int]
    lost: dict[str, int]
    runs_lost: int
    unfinished: int
    late: float
    said: list[str]

    @property
    def requests(self) -> int:
        return sum(each.count for each in self.times)

    @property
    def is_met(self) -> bool:
        """Whether every bound was met, nothing went wrong, and nothing that was acknowledged is lost."""
        return not (self.runs_lost or self.unfinished or any(self.lost.values())) and all(
            each.is_met for each in self.times
        )


def play(database: str, learners: int, seconds: float = SECONDS, root: Path = ROOT) -> Played:
    """Let a class of so many work for so long, on a site that is started for it, of the checkout in `root`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lessons = write_course(folder / "content")
        with running_on(database, root, folder, **_settings(folder, learners)) as (site, roots, kept):
            crowd = Crowd(site.port, RAMP, seconds)
            acknowledged = nothing_kept()
            everybody = []
            for number in range(learners):
                chance = Random(number)
                browser = Browser(f"198.18.{number // 250}.{number % 250 + 1}")  # a network that is set aside for tests
                learner = Learner(browser, chance, lessons, acknowledged)
                crowd.add(browser, learner.script(), RAMP * number / learners)
                everybody.append(learner)
            crowd.run(crowd.counts_from)
            before, own_before, counted_before = processor_seconds(roots), process_time(), counted(site)
            crowd.run(crowd.until)
            after, own_after, counted_after = processor_seconds(roots), process_time(), counted(site)
            crowd.run()
            recorded = kept()
    return Played(
        database,
        learners,
        seconds,
        _times(crowd.found),
        {each: after[each] - before[each] for each in after} | {"generator": own_after - own_before},
        worked_between(counted_before, counted_after),
        {what: things.total() for what, things in acknowledged.items()},
        lost(acknowledged, recorded),
        sum(learner.lost_runs for learner in everybody),
        crowd.found.unfinished,
        quantiles(crowd.found.late, n=100)[98],
        crowd.found.said,
    )


def write_course(folder: Path) -> list[str]:
    """Lessons that are as long as the first one is, with ten questions each. Gives their names."""
    lessons = [f"lesson-{number}" for number in range(1, LESSONS + 1)]
    for lesson in lessons:
        shutil.copytree(ROOT / "content" / seeding.LESSON, folder / lesson)
        seeding.write_quiz(folder, lesson)
    named = ", ".join(f'"{lesson}"' for lesson in lessons)
    (folder / "course.toml").write_text(f'title = "A course"\nlessons = [{named}]\n')
    return lessons


def _settings(folder: Path, learners: int) -> dict[str, Any]:
    """Those of a site behind a proxy."""
    return {
        "SEATS": min(learners, MOST_SEATS),
        "CONTENT_DIR": folder / "content",
        "TRUSTED_PROXIES": "127.0.0.1",
        "METRICS_PORT": free_port(),
        "WEB_PROCESSES": OWN_PROCESSES,
    }


def _times(found: Found) -> list[Times]:
    errors: dict[str, dict[int, int]] = {}
    for (kind, status), number in found.errors.items():
        errors.setdefault(kind, {})[status] = number
    return [
        Times(kind, latencies, errors.get(kind, {}))
        for kind, latencies in sorted(found.latencies.items(), key=lambda item: -len(item[1]))
    ]
