"""How many answers a second the site takes from 200 learners at once, of this checkout and of another one by turns.

    python -m tests.bench.against ../before          # a checkout with its own .venv (bin/setup dev there)
    make bench-against COMMIT=9364829b               # makes that checkout first

What `make bench` measures is capped by the rate that the site allows to a learner. Here nobody waits: each of 200
connections sends the next answer as soon as the last one came back, and who is through with the ten questions goes,
and the next learner takes their place. So no learner comes near a rate, and what is measured is how much the site can
take. Each learner has an address of their own. The same generator plays for both, by turns, for machines change. It
shares the cores with the site, so the processor time of the site for one answer is told beside. Each checkout has as
many web processes as it starts by itself on this machine; before there were several, that was one.

With both databases and the times below, what came of it is written into docs/benchmarks.md.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from config.environment import ROOT
from tests.bench.document import BESIDE_WHAT_WAS, write_section
from tests.load.crowd import Browser, Crowd
from tests.load.keeping import lost, nothing_kept
from tests.load.learners import in_a_hurry
from tests.load.processor import processor_seconds
from tests.many_learners import write_course
from tests.other_checkout import running_on
from tests.running import OWN_PROCESSES

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
    def is_whole(self) -> bool:
        """Whether nobody was refused, and nothing was lost."""
        return not (self.errors or self.lost)

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
        settings = {"SEATS": learners, "CONTENT_DIR": write_course(folder / "content"), "WEB_PROCESSES": OWN_PROCESSES}
        settings |= {"TRUSTED_PROXIES": "127.0.0.1"}
        with running_on(database, root, folder, with_worker=False, **settings) as (site, roots, kept):
            crowd, acknowledged = Crowd(site.port, WARM, seconds), nothing_kept()
            for number in range(learners):
                browser = Browser(f"198.18.{number // 250}.{number % 250 + 1}")
                crowd.add(browser, in_a_hurry(browser, number, acknowledged, lambda: crowd.is_over), 0.0)
            crowd.run(crowd.counts_from)
            before, own_before = processor_seconds(roots), process_time()
            crowd.run(crowd.until)
            after, own_after = processor_seconds(roots), process_time()
            crowd.run()
            recorded = kept()
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


@dataclass(frozen=True)
class Compared:
    """The rounds of both checkouts on one database."""

    database: str
    other: list[Round]
    this: list[Round]

    def ratio(self, what: str) -> float:
        """How a figure of this checkout is to the other's, in the medians."""
        this, other = (median(getattr(each, what) for each in rounds) for rounds in (self.this, self.other))
        return float(this / other)

    @property
    def is_met(self) -> bool:
        """Whether this one takes so many more, and lost none."""
        return self.ratio("rate") >= AT_LEAST and all(each.is_whole for each in self.this)

    def rows(self, was: str) -> list[str]:
        """Rows of the table of docs/benchmarks.md."""
        named = {was: self.other, "now": self.this}
        return [
            f"| {self.database}, {name} | {median(each.rate for each in rounds):.0f}"
            f" | {median(each.p50 for each in rounds) * 1000:,.0f} | {median(each.p99 for each in rounds) * 1000:,.0f}"
            f" | {median(each.site for each in rounds) * 1000:.2f} |"
            for name, rounds in named.items()
        ]


def compare(database: str, other: Path, learners: int, seconds: float, rounds: int) -> Compared:
    """Play by turns, and print each round."""
    found = Compared(database, [], [])
    for _ in range(rounds):
        for name, root, played in (("other", other, found.other), ("this", ROOT, found.this)):
            played.append(play(root, database, learners, seconds))
            print(f"{database:<10} {name:<5} {played[-1].said()}", flush=True)
    print(
        f"{database:<10} this takes {found.ratio('rate'):.2f} × as many answers,"
        f" with {found.ratio('site'):.2f} × the processor time each"
    )
    return found


def report(found: Sequence[Compared], was: str) -> str:
    """The figures as Markdown."""
    rows = [
        f"{LEARNERS} connections, each of which sends the next answer as soon as the last one came back, for",
        f"{SECONDS:g} s, by turns with commit {was}: the medians of {len(found[0].this)} rounds. This checkout has",
        f"{OWN_PROCESSES} web processes, its own number here; the other one has one, for it knows of no more.",
        "",
        "| Answers | a second | p50, ms | p99, ms | processor time of the site and its database, ms an answer |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(row for each in found for row in each.rows(was)),
        "",
        *(
            f"{each.database}: {each.ratio('rate'):.2f} × as many, of at least {AT_LEAST:g}:"
            f" {'met' if each.is_met else '**not met**'}."
            for each in found
        ),
    ]
    return "\n".join(rows)


def _commit(root: Path) -> str:
    asked = ["git", "-C", str(root), "rev-parse", "--short=8", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def main() -> int:
    """Play by turns, print each round and the ratio of the medians, and exit with 1 when it is too small."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.against")
    parser.add_argument("other", type=Path, help="the folder of another checkout")
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"))
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    other, databases = asked.other.resolve(), ("SQLite", "PostgreSQL")
    found = [
        compare(database, other, asked.learners, asked.seconds, asked.rounds)
        for database in ([asked.database] if asked.database else databases)
    ]
    if len(found) == len(databases) and (asked.learners, asked.seconds) == (LEARNERS, SECONDS):
        write_section(BESIDE_WHAT_WAS, report(found, _commit(other)))
    met = all(each.is_met for each in found)
    print(f"at least {AT_LEAST:g} × as many: {'met' if met else 'not met'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
