"""How many answers a second the site takes from 200 learners at once, of this checkout and of another one by turns.

    python -m tests.bench.against ../before          # a checkout with its own .venv (bin/setup dev there)
    make bench-against COMMIT=9364829b               # makes that checkout first

What `make bench` measures is capped by the rate that the site allows to a learner. Here nobody waits: each of 200
connections sends the next answer as soon as the last one came back, and who is through with the ten questions goes,
and the next learner takes their place. So no learner comes near a rate, and what is measured is how much the site can
take. Each learner has an address of their own. The same generator plays for both, by turns, for machines change. It
shares the cores with the site, so the processor time of the site for one answer is told beside.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from config.environment import ROOT
from tests.bench.databases import postmaster_of, running_postgresql
from tests.load.crowd import Browser, Crowd
from tests.load.keeping import kept_in_postgresql, kept_in_sqlite, lost, nothing_kept
from tests.load.learners import in_a_hurry
from tests.load.processor import processor_seconds
from tests.many_learners import write_course
from tests.running import RunningSite

LEARNERS = 200
SECONDS = 20.0
WARM = 4.0  # seconds before, in which connections are opened and everything is asked for once
ROUNDS = 3
AT_LEAST = 2.5  # times as many answers a second


@dataclass(frozen=True)
class Round:
    """One round: answers a second, their median and 99th percentile in seconds, and seconds by process for each."""

    rate: float
    p50: float
    p99: float
    each: dict[str, float]
    errors: Counter[tuple[str, int]]
    lost: int

    @property
    def site(self) -> float:
        """The processor time of the site and its database for an answer, in seconds."""
        return sum(took for name, took in self.each.items() if name != "generator")

    def said(self) -> str:
        parts = ", ".join(f"{name} {took * 1000:.2f}" for name, took in self.each.items())
        wrong = f"; errors {dict(self.errors)}, lost {self.lost}" if self.errors or self.lost else ""
        return (
            f"{self.rate:6.1f} answers a second, p50 {self.p50 * 1000:,.0f} ms, p99 {self.p99 * 1000:,.0f} ms,"
            f" processor {self.site * 1000:.2f} ms an answer ({parts}){wrong}"
        )


def play(root: Path, database: str, learners: int, seconds: float) -> Round:
    """One round on a site of its own, of the checkout in a folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = write_course(folder / "content")
        with _site(root, folder, database, SEATS=learners, CONTENT_DIR=course, TRUSTED_PROXIES="127.0.0.1") as found:
            site, roots, url = found
            crowd, acknowledged = Crowd(site.port, WARM, seconds), nothing_kept()
            for number in range(learners):
                browser = Browser(f"198.18.{number // 250}.{number % 250 + 1}")
                crowd.add(browser, in_a_hurry(browser, number, acknowledged, lambda: crowd.is_over), 0.0)
            crowd.run(crowd.counts_from)
            before, own_before = processor_seconds(roots), process_time()
            crowd.run(crowd.until)
            after, own_after = processor_seconds(roots), process_time()
            crowd.run()
            recorded = kept_in_postgresql(url) if url else kept_in_sqlite(site.data_dir / "offload.sqlite3")
    answers = crowd.found.latencies["answer"]
    took = {each: after[each] - before[each] for each in after} | {"generator": own_after - own_before}
    cuts = quantiles(answers, n=100)
    return Round(
        len(answers) / seconds,
        cuts[49],
        cuts[98],
        {name: each / len(answers) for name, each in took.items()},
        crowd.found.errors,
        sum(lost(acknowledged, recorded).values()),
    )


class OtherSite(RunningSite):
    """The site of another checkout, run by the Python of its own environment."""

    def __init__(self, root: Path, folder: Path, **overrides: object) -> None:
        self.root = root
        self.python = str(root / ".venv" / "bin" / "python")
        super().__init__(folder, None, **overrides)


@contextmanager
def _site(
    root: Path, folder: Path, database: str, **settings: object
) -> Iterator[tuple[RunningSite, dict[str, int], str]]:
    """The site, its processes by name, and the URL of its database, empty for SQLite."""

    @contextmanager
    def running(**more: object) -> Iterator[RunningSite]:
        site = OtherSite(root, folder, **settings, **more)
        try:
            site.start(with_worker=False)
            yield site
        finally:
            site.end()

    def roots(site: RunningSite) -> dict[str, int]:
        return {process.name: process.pid for process in site.processes if process.popen}

    if database == "SQLite":
        with running() as site:
            yield site, roots(site), ""
        return
    with running_postgresql() as url, running(DATABASE_URL=url) as site:
        yield site, {**roots(site), "postgresql": postmaster_of(url)}, url


def main() -> int:
    """Play by turns, and print each round and the ratio of the medians. Exits with 1 when it is too small."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.against")
    parser.add_argument("other", type=Path, help="the folder of another checkout")
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"))
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    checkouts = {"other": asked.other.resolve(), "this": ROOT}
    met = True
    for database in [asked.database] if asked.database else ["SQLite", "PostgreSQL"]:
        found: dict[str, list[Round]] = {name: [] for name in checkouts}
        for _ in range(asked.rounds):
            for name, root in checkouts.items():
                found[name].append(play(root, database, asked.learners, asked.seconds))
                print(f"{database:<10} {name:<5} {found[name][-1].said()}", flush=True)
        rate, processor = (
            median(getattr(each, what) for each in found["this"])
            / median(getattr(each, what) for each in found["other"])
            for what in ("rate", "site")
        )
        print(f"{database:<10} this takes {rate:.2f} × as many answers, with {processor:.2f} × the processor time each")
        whole = not any(each.errors or each.lost for each in found["this"])
        met = met and rate >= AT_LEAST and whole
    print(f"at least {AT_LEAST:g} × as many: {'met' if met else 'not met'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
