"""A lesson with 10,000 first answers and with 1,000,000, on each database."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from config.environment import ROOT
from tests.bench.client import Connection, build
from tests.bench.databases import running_postgresql
from tests.bench.growth import Growth, table
from tests.bench.seeding import LESSON, QUESTIONS, write_quiz
from tests.bench.statistics import PAGES
from tests.load.learners import HIDDEN, OPEN_FORM, OPTION
from tests.running import RunningSite, running_site

DATABASES = ("SQLite", "PostgreSQL")
FEW, MANY = 1_000, 100_000  # learners, with ten first answers each
TIMES = 5  # requests for each page
ANSWERERS = 3  # learners who answer all questions
STATISTICS = 1.0  # seconds for a page, also for the slowest

Found = dict[str, list[float]]


def measure(database: str) -> list[Growth]:
    """Measure one database. Takes two minutes, most of it to fill it."""
    with tempfile.TemporaryDirectory() as name:
        content = Path(shutil.copytree(ROOT / "content", Path(name) / "content"))
        write_quiz(content)
        with _site(database, Path(name), content) as site:
            cookie = json.loads(_run(site, "seeding", FEW))["cookie"]
            few = _times(site, cookie)
            _run(site, "copying", MANY // FEW - 1)
            many = _times(site, cookie)
    return [Growth(each, few[each], many[each], **_bound(each)) for each in few]


def _bound(what: str) -> dict[str, Any]:
    return {"seconds": STATISTICS} if what in PAGES else {"ratio": 2.0}


@contextmanager
def _site(database: str, folder: Path, content: Path) -> Iterator[RunningSite]:
    if database == "SQLite":
        with running_site(folder, None, CONTENT_DIR=content) as site:
            yield site
        return
    with running_postgresql() as url, running_site(folder, None, CONTENT_DIR=content, DATABASE_URL=url) as site:
        yield site


def _run(site: RunningSite, program: str, number: int) -> str:
    command = [sys.executable, "-m", f"tests.bench.{program}", str(number)]
    return subprocess.run(command, cwd=ROOT, env=site.environ, capture_output=True, text=True, check=True).stdout


def _times(site: RunningSite, cookie: str) -> Found:
    found: Found = {"an answer": [], "progress of a learner": [], "what is due, of a learner": []}
    for _ in range(ANSWERERS):
        _answer(site, found)
    for _ in range(TIMES):
        for page, path in PAGES.items():
            began = perf_counter()
            response = site.get(path, {"Cookie": cookie, "Accept": "text/html"}, timeout=120)
            assert response.status == 200, response.text
            found.setdefault(page, []).append(perf_counter() - began)
    return found


def _answer(site: RunningSite, found: Found) -> None:
    """One learner more, who answers all questions, and then opens the lesson's page."""
    headers = {"HX-Request": "true"}
    with Connection(site.port) as connection:
        text = connection.ask(build("GET", f"/quiz/{LESSON}/", site.address, headers), 200)[2].decode()
        while form := OPEN_FORM.search(text):
            sent = [*HIDDEN.findall(form[0]), ("option", OPTION.findall(form[0])[0])]
            body = "&".join(f"{name}={value}" for name, value in sent).encode()
            request = build("POST", f"/quiz/{LESSON}/answer/", site.address, headers, body)
            seconds, head, response = connection.ask(request, 200)
            text = response.decode()
            if "Cookie" in headers:  # the first answer makes the learner, which the others do not
                found["an answer"].append(seconds)
            else:
                given = next(row for row in head.decode().split("\r\n") if row.lower().startswith("set-cookie: "))
                headers["Cookie"] = given[12:].partition(";")[0]
        for name, path in (
            ("progress of a learner", f"/progress/{LESSON}/performance/"),
            ("what is due, of a learner", f"/review/items/due/?lesson={LESSON}"),
        ):
            found[name] += [connection.ask(build("GET", path, site.address, headers), 200)[0] for _ in range(TIMES)]


def report(database: str, found: list[Growth]) -> list[str]:
    """The figures as Markdown."""
    few, many = (f"{learners * QUESTIONS:,}" for learners in (FEW, MANY))
    rows = table(f"First answers, {database}", few, many, found)
    if database == "PostgreSQL":
        rows += [
            "",
            "After the copies PostgreSQL was told to vacuum and to analyze once, as it does by itself in time.",
        ]
    return rows
