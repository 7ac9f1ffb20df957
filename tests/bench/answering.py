"""200 learners who answer at once, on each database: how fast that is, and whether all they were told is kept."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench.databases import running_postgresql
from tests.many_learners import (
    PACE,
    Answered,
    Load,
    answer_at_once,
    recorded_in_postgresql,
    recorded_in_sqlite,
    write_course,
)
from tests.running import OWN_PROCESSES, RunningSite, running_site

LEARNERS = 200
SECONDS = 60.0  # as often as the site lets them
SLOW_PACE, SLOW_SECONDS = 4.0, 20.0  # a hurried reader

Recorded = Callable[[], Counter[Answered]]


@dataclass(frozen=True)
class Answering:
    """What came of one load. `recorded` is how many answers the database has from it, each of them once if complete."""

    database: str
    pace: float
    load: Load
    recorded: int
    is_complete: bool

    @property
    def row(self) -> str:
        """A row of the table of docs/benchmarks.md."""
        cuts = quantiles(self.load.latencies, n=100)
        times = (cuts[49], cuts[94], cuts[98], max(self.load.latencies))
        return " | ".join(
            [
                f"| {self.database}, one every {self.pace:g} s",
                f"{len(self.load.latencies) / self.load.seconds:.0f}",
                *(f"{seconds * 1000:,.0f}" for seconds in times),
                f"{len(self.load.errors)}",
                f"{self.load.acknowledged.total():,}",
                f"{self.recorded:,} |" if self.is_complete else f"**{self.recorded:,}, not the same** |",
            ]
        )

    @property
    def is_met(self) -> bool:
        """Whether nobody was refused, and the database holds just what was acknowledged."""
        return self.is_complete and not self.load.errors


def measure() -> list[Answering]:
    """Measure all of it. Takes three minutes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = write_course(folder / "content")
        (folder / "sqlite").mkdir()
        with _site(folder / "sqlite", course) as site:
            found = _measured("SQLite", site, lambda: recorded_in_sqlite(site))
        (folder / "postgresql").mkdir()
        with (
            running_postgresql() as url,
            _site(folder / "postgresql", course, DATABASE_URL=url) as site,
        ):
            return found + _measured("PostgreSQL", site, lambda: recorded_in_postgresql(url))


@contextmanager
def _site(folder: Path, course: Path, **more: Any) -> Iterator[RunningSite]:
    """A site with its own settings: a seat for each learner, who all come from one address."""
    with running_site(folder, None, SEATS=LEARNERS, CONTENT_DIR=course, WEB_PROCESSES=OWN_PROCESSES, **more) as site:
        yield site


def _measured(database: str, site: RunningSite, recorded: Recorded) -> list[Answering]:
    found: list[Answering] = []
    for pace, seconds in ((SLOW_PACE, SLOW_SECONDS), (PACE, SECONDS)):
        before = recorded()
        load = answer_at_once(site, LEARNERS, seconds, pace)
        new = recorded() - before
        found.append(Answering(database, pace, load, new.total(), is_complete=new == load.acknowledged))
    return found


def report(found: list[Answering]) -> str:
    """The figures as Markdown."""
    rows = [
        "",
        f"{LEARNERS} learners answer at once, each with a cookie and a connection of their own. They, the site with",
        f"{OWN_PROCESSES} web processes and the database share the cores. An answer every {PACE:g} s each, for",
        f"{SECONDS:g} s, is as fast as the site lets a class behind one address answer. Nobody sends one before their",
        "last came back, or begins another go, which is not counted: a full site slows them down.",
        "What was acknowledged must be in the database, once.",
        "",
        "| Answers | a second | p50, ms | p95, ms | p99, ms | slowest, ms | errors | acknowledged | recorded |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(answering.row for answering in found),
        "",
    ]
    return "\n".join(rows)
