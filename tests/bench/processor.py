"""How much processor time the web process takes for an answer, and for each fragment that is a reader's own.

Time on the clock tells what else the machine does. Processor time hardly does, and it is what an answer costs everybody
who waits behind it. A learner works through 20 lessons of nine questions, and leaves 480 answers; another one does the
same as a program. Then days go by, so that what was missed is due, and each fragment is asked for.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from statistics import median
from typing import ClassVar
from urllib.parse import urlencode

from config.environment import ROOT
from tests.bench.client import Connection, build
from tests.bench.databases import running_postgresql
from tests.bench.seeding import LESSON
from tests.running import RunningSite, running_site

LESSONS, ROUNDS = 20, 5
SLUGS = [LESSON, *(f"{LESSON}-{number}" for number in range(2, LESSONS + 1))]
RIGHT_FIRST = 4  # questions of each lesson that are answered right on the first try; the others wrong, on each
REQUESTS = 100  # for a fragment, in each round
HTMX = {"HX-Request": "true"}
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "*/*", "Sec-Fetch-Site": "same-origin"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
OPEN_FORM = re.compile(r'<form class="answer".*?</form>', re.DOTALL)
FIELD = re.compile(r'name="(option|step|text)"')
Keys = Mapping[str, list[str]]
ANSWER, PROGRAM = "an answer, htmx", "an answer, JSON"

# What a request may take of the web process, in ms. WAS is what it took before there were these bounds.
BOUNDS = {
    ANSWER: 4.0,
    PROGRAM: 3.0,
    "progress in the course": 3.0,
    "progress in a lesson": 3.0,
    "predictions": 3.0,
    "what is due": 3.0,
}
BEFORE = "9364829b"
WAS = {
    "SQLite": dict(zip(BOUNDS, (4.5, 2.9, 17.5, 17.4, 2.7, 7.6), strict=True)),
    "PostgreSQL": dict(zip(BOUNDS, (6.3, 4.0, 17.0, 16.2, 3.7, 7.9), strict=True)),
}
FRAGMENTS = {
    "progress in the course": "/progress/",
    "progress in a lesson": f"/progress/{LESSON}/performance/",
    "predictions": f"/quiz/{LESSON}/predictions/",
    "what is due": f"/review/items/due/?lesson={LESSON}",
}

# What the learners did lies some days back, and they have made their predictions and run both lanes.
DAYS_LATER = f"""
from datetime import timedelta
from uuid import uuid4
from django.db.models import F
from django.utils import timezone
from learners.models import Learner
from quiz.models import Answer
from stopwatch.models import Measurement
ago = timedelta(days=3)
Answer.objects.update(created=F("created") - ago)
for learner in Learner.objects.all():
    for case in ("blocking", "celery"):
        figures = {{"click-to-response": 3010.0, "click-to-report": 3020.0, "inp": 16.0}}
        Measurement.objects.create(
            learner=learner, receipt=uuid4().hex, case=case, lesson="{LESSON}", seconds=3.0, figures=figures,
            began=timezone.now(),
        )
"""


@dataclass
class Used:
    """Processor time of the web process: seconds for each of so many requests, round by round."""

    database: str
    rounds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in BOUNDS})

    def ms(self, name: str) -> float:
        """The median of the rounds for one request, in ms."""
        return median(self.rounds[name]) * 1000


def measure() -> list[Used]:
    """Measure all of it. Takes a minute."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = _write_course(folder / "content")
        with _site(folder / "sqlite", course) as site:
            found = [_measured("SQLite", site)]
        with running_postgresql() as url, _site(folder / "postgresql", course, DATABASE_URL=url) as site:
            return [*found, _measured("PostgreSQL", site)]


def _write_course(folder: Path) -> Path:
    """The course of the site, with its lesson 20 times."""
    shutil.copytree(ROOT / "content", folder)
    for slug in SLUGS[1:]:
        shutil.copytree(folder / LESSON, folder / slug)
    (folder / "course.toml").write_text(f'title = "A course"\nlessons = {json.dumps(SLUGS)}\n')
    return folder


@contextmanager
def _site(folder: Path, course: Path, **more: object) -> Iterator[RunningSite]:
    folder.mkdir()
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "CONTENT_DIR": course, **more}
    with running_site(folder, None, with_worker=False, **settings) as site:
        yield site


def _measured(database: str, site: RunningSite) -> Used:
    used = Used(database)
    with Connection(site.port) as connection:
        keys = _keys(site, connection)
        reader, program = (learner(site, connection, keys) for learner in (_Reader, _Program))
        for round_number in range(ROUNDS):
            for name, who in ((ANSWER, reader), (PROGRAM, program)):
                took = [who.work_through(slug) for slug in SLUGS[round_number::ROUNDS]]
                used.rounds[name].append(sum(seconds for seconds, _ in took) / sum(count for _, count in took))
        site.manage("shell", "-v", "0", "-c", DAYS_LATER)
        for name, path in [*FRAGMENTS.items()] * ROUNDS:
            request = build("GET", path, site.address, {**BROWSER, **HTMX, "Cookie": reader.cookie})
            connection.ask(request, 200)
            before = processor_time(site)
            for _ in range(REQUESTS):
                connection.ask(request, 200)
            used.rounds[name].append((processor_time(site) - before) / REQUESTS)
    return used


def _keys(site: RunningSite, connection: Connection) -> Keys:
    """The keys of a lesson's questions, as a program earns them that answers each wrongly."""
    scout = _Program(site, connection, {})
    scout.work_through(LESSON)
    told = json.loads(scout.ask("GET", f"/quiz/{LESSON}/"))
    return {
        settled["question"]: [str(part).partition(" ±")[0] for part in settled["key"]] for settled in told["settled"]
    }


class _Learner:
    """Somebody who answers a lesson's questions: some right, the others wrong on each try, and those once more."""

    headers: ClassVar[dict[str, str]]

    def __init__(self, site: RunningSite, connection: Connection, keys: Keys) -> None:
        self.site = site
        self.connection = connection
        self.keys = keys
        self.cookie = ""

    def work_through(self, slug: str) -> tuple[float, int]:
        """Answer all of a lesson's questions in two goes: the seconds that its answers took, and how many they were."""
        seconds, count = 0.0, 0
        state = self.ask("GET", f"/quiz/{slug}/")
        for _ in range(2):
            before = processor_time(self.site)
            while form := self.open_form(state):
                state = self.ask("POST", f"/quiz/{slug}/answer/", form)
                count += 1
            seconds += processor_time(self.site) - before
            state = self.ask("POST", f"/quiz/{slug}/again/", {"go": "1"})
        return seconds, count

    def ask(self, method: str, path: str, form: Mapping[str, str | list[str]] | None = None) -> str:
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        body = urlencode(form or {}, doseq=True).encode()
        sent = build(method, path, self.site.address, {**self.headers, **cookie}, body)
        _, head, answer = self.connection.ask(sent, 200)
        if given := re.search(rb"set-cookie: ([^;\r]+)", head, re.IGNORECASE):
            self.cookie = given[1].decode()
        return (gzip.decompress(answer) if b"content-encoding: gzip" in head.lower() else answer).decode()

    def open_form(self, state: str) -> Mapping[str, str | list[str]]:
        """What to send as the next answer; empty when no question is open."""
        raise NotImplementedError

    def answer_to(self, question: str, field: str, options: Sequence[str]) -> list[str]:
        """What the field holds: the key for some of the questions, else what is wrong."""
        key = self.keys.get(question, [])
        if question in [*self.keys][:RIGHT_FIRST]:
            return key[:1] if field == "text" else key
        if field == "option":
            return [next(option for option in options if option not in key)]
        return [*options] if field == "step" else ["7 s"]  # steps never lie in their right order


class _Reader(_Learner):
    """One in a browser, with htmx."""

    headers: ClassVar = {**BROWSER, **HTMX}

    def open_form(self, state: str) -> Mapping[str, str | list[str]]:
        form = OPEN_FORM.search(state)
        if form is None:
            return {}
        field = FIELD.findall(form[0])[-1]
        options = re.findall(rf'name="{field}" value="(\d+)"', form[0])
        sent = {name: unescape(value) for name, value in HIDDEN.findall(form[0]) if name != field}
        return {**sent, field: self.answer_to(sent["question"], field, options)}


class _Program(_Learner):
    """One that is a program, and is told of everything as JSON."""

    headers: ClassVar = BROWSER

    def open_form(self, state: str) -> Mapping[str, str | list[str]]:
        told = json.loads(state)
        current = told.get("current")
        if current is None:
            return {}
        sent = {name: str(current[name]) for name in ("question", "go", "attempt", "version")}
        answer = self.answer_to(current["question"], current["send"], [*current["options"]])
        return {**sent, current["send"]: answer, "visitor": told.get("visitor", "")}


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


def is_met(found: list[Used]) -> bool:
    """Whether no kind of request takes more than its bound, on any database."""
    return all(used.ms(name) <= bound for used in found for name, bound in BOUNDS.items())


def report(found: list[Used]) -> str:
    """The figures as Markdown."""
    rows = [
        "",
        "Processor time of the web process for one request, with all that Django, the web server and the database's",
        f"client do for it: the median of {ROUNDS} rounds of some {REQUESTS} requests. The learner answers the nine",
        f"questions of {LESSONS} lessons, as often as each may be, in two goes: 480 answers. Then each",
        f"of their fragments is asked for. “Was” is what commit {BEFORE} took on 2 cores with little else to do.",
        "What else the cores do adds to all of it.",
        "",
        "| Request | Database | was, ms | ms | at most | |",
        "| --- | --- | ---: | ---: | ---: | --- |",
        *(
            f"| {name} | {used.database} | {WAS[used.database][name]:.1f} | {used.ms(name):.1f} | {bound:g} |"
            f" {'met' if used.ms(name) <= bound else '**not met**'} |"
            for name, bound in BOUNDS.items()
            for used in found
        ),
        "",
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    print(report(measure()))
