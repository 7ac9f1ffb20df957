"""How much processor time the web process takes for an answer, and for each fragment that is a reader's own.

It is what an answer costs everybody who waits behind it, and other work of the machine adds little to it. A learner
works through 20 lessons of nine questions, and leaves 480 answers; another one does the same as a program. Then days
go by, so that what was missed is due, and each fragment is asked for.

    python -m tests.bench.processor                 # this checkout
    python -m tests.bench.processor ../before       # another one with its own .venv, in turn with this one, by database
"""

import argparse
import gzip
import json
import re
import shutil
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
from tests.bench.processor_time import processor_time
from tests.bench.seeding import LESSON
from tests.other_checkout import running_from
from tests.running import RunningSite

LESSONS, ROUNDS = 20, 5
SLUGS = [LESSON, *(f"{LESSON}-{number}" for number in range(2, LESSONS + 1))]
RIGHT_FIRST = 4  # questions of each lesson that are answered right on the first try; the others wrong, on each
REQUESTS = 100  # for a fragment, in each round
HTMX = {"HX-Request": "true"}
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "*/*", "Sec-Fetch-Site": "same-origin"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
OPEN_FORM = re.compile(r'<form class="answer".*?</form>', re.DOTALL)
FIELD = re.compile(r'name="(option|place|step|text)[-"]')  # "step" in checkouts before
Keys = Mapping[str, list[str]]
ANSWER, PROGRAM = "an answer, htmx", "an answer, JSON"

# What a request may take of the web process, in ms. WAS is what it took before there were these bounds, on cores which
# did other work, too, so it is too high: what is gained, two checkouts tell that are measured by turns.
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


def measure(*roots: Path) -> list[Used]:
    """Measure all of it, of each of these checkouts by turns, or of this one. Takes a minute for each."""
    found: list[Used] = []
    with tempfile.TemporaryDirectory() as name:
        course = _write_course(Path(name) / "content")
        for number, root in enumerate(roots or (ROOT,)):
            with _site(Path(name) / f"sqlite-{number}", course, root) as site:
                found.append(_measured("SQLite", site))
        for number, root in enumerate(roots or (ROOT,)):
            folder = Path(name) / f"postgresql-{number}"
            with running_postgresql() as url, _site(folder, course, root, DATABASE_URL=url) as site:
                found.append(_measured("PostgreSQL", site))
    return found


def _write_course(folder: Path) -> Path:
    """The course of the site, with its lesson 20 times."""
    shutil.copytree(ROOT / "content", folder)
    for slug in SLUGS[1:]:
        shutil.copytree(folder / LESSON, folder / slug)
    (folder / "course.toml").write_text(f'title = "A course"\nlessons = {json.dumps(SLUGS)}\n')
    return folder


@contextmanager
def _site(folder: Path, course: Path, root: Path, **more: object) -> Iterator[RunningSite]:
    folder.mkdir()
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "CONTENT_DIR": course, **more}
    with running_from(root, folder, with_worker=False, **settings) as site:
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
        if field == "step":  # as they are shown, they are no answer
            turned = [*options[1:], options[0]]
            return turned if turned != key else [*options[2:], *options[:2]]
        return ["7 s"]


class _Reader(_Learner):
    """One in a browser, with htmx."""

    headers: ClassVar = {**BROWSER, **HTMX}

    def open_form(self, state: str) -> Mapping[str, str | list[str]]:
        form = OPEN_FORM.search(state)
        if form is None:
            return {}
        field = FIELD.findall(form[0])[-1]
        options = re.findall(rf'name="{field}(?:-|" value=")(\d+)"', form[0])
        sent = {name: unescape(value) for name, value in HIDDEN.findall(form[0]) if name != field}
        if field == "place":
            placed = self.answer_to(sent["question"], "step", options)
            return sent | {f"place-{step}": str(place) for place, step in enumerate(placed, 1)}
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
        f"of their fragments is asked for. “Was” is what commit {BEFORE} took. Other work of the cores adds to all: an",
        "answer takes more while many are under way.",
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


def main() -> None:
    """Measure this checkout, or another one and this one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.processor")
    parser.add_argument("other", type=Path, nargs="?", help="the folder of another checkout")
    other: Path | None = parser.parse_args().other
    found = measure(other.resolve(), ROOT) if other else measure()
    if other is None:
        print(report(found))
        return
    for before, after in zip(found[::2], found[1::2], strict=True):
        for name in BOUNDS:
            lowest = (min(used.rounds[name]) * 1000 for used in (before, after))
            medians = f"median {before.ms(name):.2f} → {after.ms(name):.2f} ms"
            print(f"{after.database:<10} {name:<24} {medians}, lowest {' → '.join(f'{ms:.2f}' for ms in lowest)} ms")


if __name__ == "__main__":
    main()
