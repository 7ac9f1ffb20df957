"""The instructor's statistics with 2,000 and with 200,000 first answers to one lesson, on SQLite."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from config.environment import ROOT
from tests.bench.seeding import LESSON, QUESTIONS, write_quiz
from tests.running import RunningSite, running_site

FEW, MANY = 200, 20_000  # learners, each with ten first answers
TIMES = 9  # requests for each page
BOUND = 0.5  # seconds, also of the slowest
BASE = f"/teach/lessons/{LESSON}/statistics/"
PAGES = {
    "questions of a lesson": BASE,
    "readers of a lesson": f"{BASE}_readers/",
    "what they predicted and measured": f"{BASE}_runs/",
    "a question with three versions": f"{BASE}question-number-5/",
    "the questions as CSV": f"{BASE}questions.csv",
}


@dataclass(frozen=True)
class Page:
    """How long a page took, in seconds: each of TIMES with few answers and with many."""

    name: str
    few: list[float]
    many: list[float]

    @property
    def row(self) -> str:
        """A row of the table of docs/benchmarks.md."""
        ratio = median(self.many) / median(self.few)
        times = (median(self.few), median(self.many), max(self.many))
        met = "met" if self.is_met else "**not met**"
        return " | ".join(
            [f"| {self.name}", *(f"{seconds * 1000:,.0f}" for seconds in times), f"{ratio:.1f}", f"{met} |"]
        )

    @property
    def is_met(self) -> bool:
        """Whether no request took longer than the bound."""
        return max(self.many) <= BOUND


def measure() -> list[Page]:
    """Measure all of it. Takes half a minute, most of it to fill the database."""
    with tempfile.TemporaryDirectory() as name:
        content = Path(shutil.copytree(ROOT / "content", Path(name) / "content"))
        write_quiz(content)
        with running_site(Path(name), None, CONTENT_DIR=content) as site:
            few = _times(site, FEW)
            many = _times(site, MANY - FEW)
    return [Page(page, few[page], many[page]) for page in PAGES]


def _times(site: RunningSite, learners: int) -> dict[str, list[float]]:
    """Add so many learners, and ask for each page in turn."""
    command = [sys.executable, "-m", "tests.bench.seeding", str(learners)]
    done = subprocess.run(command, cwd=ROOT, env=site.environ, capture_output=True, text=True, check=True)
    headers = {"Cookie": json.loads(done.stdout)["cookie"], "Accept": "text/html"}
    found: dict[str, list[float]] = {page: [] for page in PAGES}
    for _ in range(TIMES):
        for page, path in PAGES.items():
            answer = site.get(path, headers)
            assert answer.status == 200, answer.text
            found[page].append(answer.seconds)
    return found


def report(found: list[Page]) -> str:
    """The figures as Markdown."""
    few, many = f"{FEW * QUESTIONS:,}", f"{MANY * QUESTIONS:,}"
    rows = [
        "",
        f"The instructor's statistics of one lesson, on SQLite, with {few} first answers of {FEW} learners, then",
        f"with {many} of {MANY:,}, and what else such learners leave. Each page was asked for {TIMES} times, the first",
        f"time included; none may take longer than {BOUND:g} s. The ratio is that of the medians.",
        "",
        f"| Page | {few}: median, ms | {many}: median, ms | {many}: slowest, ms | ratio | |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
        *(page.row for page in found),
        "",
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    print(report(measure()))
