"""Many learners who answer at once: each with a connection and a cookie of their own, as fast as the site lets them.

    course = write_course(tmp_path)
    site = start_site(SEATS=200, CONTENT_DIR=course)
    load = answer_at_once(site, learners=200, seconds=60)
    assert not load.errors
    assert load.acknowledged == recorded_in_sqlite(site)

Each learner is a closed loop: they send an answer, read what comes back to its end, and send the next one when PACE
seconds have passed since they sent the last. That is just under the 60 answers a minute that the site takes for each
seat behind one address, and over what anybody does who reads the questions. A learner gets three of ten questions
right, so that each go has seven more to come.
"""

import contextlib
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from tests.bench.client import BenchFailure, Connection, build
from tests.running import RunningSite

PACE = 1.05  # seconds from one post of a learner to the next one
QUESTIONS, RIGHT = 10, 3
HTMX = {"HX-Request": "true"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
OPEN_FORM = re.compile(r'<form class="answer".*?</form>', re.DOTALL)
OPTION = re.compile(r'name="option" value="(\d+)".*?<span class="option-text"[^>]*>(\w+)', re.DOTALL)

PAGE = """---
title: A lesson
summary: A quiz.
framework: Django
minutes: 3
impact: low
affects: nothing
---

/// quiz
///
"""
QUESTION = """## Question {number}? {{#q{number}}}

- [x] right
  > Right.
- [ ] wrong
  > Wrong.
- [ ] neither
  > Wrong.

> **Why:** Because.

"""

# Who answered what: the learner's id in hex digits, the question, the go, the attempt.
Answered = tuple[str, str, int, int]


def write_course(folder: Path) -> Path:
    """A course with one lesson, `one`, of ten questions with one try each."""
    (folder / "one").mkdir(parents=True)
    (folder / "course.toml").write_text('title = "A course"\nlessons = ["one"]\n')
    (folder / "one" / "learn.md").write_text(PAGE)
    questions = "".join(QUESTION.format(number=number) for number in range(1, QUESTIONS + 1))
    (folder / "one" / "quiz.md").write_text(f"---\nattempts: 1\n---\n\n{questions}")
    return folder


@dataclass
class Load:
    """What came of it. `latencies` are those of answers, in seconds, in the order in which they ended."""

    latencies: list[float] = field(default_factory=list)
    acknowledged: Counter[Answered] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0


def answer_at_once(site: RunningSite, learners: int, seconds: float, pace: float = PACE) -> Load:
    """Let so many learners answer for so long, each every `pace` seconds. Comes back when the last answer was read."""
    load = Load()
    began = monotonic()
    everybody = [
        threading.Thread(target=_Learner(site, load, began + seconds, pace).answer, args=(pace * number / learners,))
        for number in range(learners)
    ]
    for learner in everybody:
        learner.start()
    for learner in everybody:
        learner.join()
    load.seconds = monotonic() - began
    return load


class _Learner:
    def __init__(self, site: RunningSite, load: Load, until: float, pace: float) -> None:
        self.site = site
        self.load = load
        self.until = until
        self.pace = pace
        self.cookie = ""

    def answer(self, after: float) -> None:
        """Begin after so many seconds, and answer until the time is over or something goes wrong."""
        due = monotonic() + after
        try:
            sleep(after)
            with Connection(self.site.port) as connection:
                text = self.ask(connection, "GET", "/quiz/one/")
                while due < self.until:
                    sleep(max(0.0, due - monotonic()))
                    due = max(due, monotonic()) + self.pace
                    text = self.post(connection, text)
        except (OSError, BenchFailure, AssertionError) as error:
            self.load.errors.append(f"{type(error).__name__}: {error}")

    def post(self, connection: Connection, text: str) -> str:
        """Answer the open question, or begin the next go."""
        form = OPEN_FORM.search(text)
        if form is None:
            (go,) = re.findall(r'name="go" value="(\d+)"', text)[-1:]
            return self.ask(connection, "POST", "/quiz/one/again/", {"go": go})
        sent = {name: unescape(value) for name, value in HIDDEN.findall(form[0])}
        wanted = "right" if int(sent["question"].removeprefix("q")) <= RIGHT else "wrong"
        (sent["option"],) = (place for place, said in OPTION.findall(form[0]) if said == wanted)
        began = perf_counter()
        text = self.ask(connection, "POST", "/quiz/one/answer/", sent)
        self.load.latencies.append(perf_counter() - began)
        self.load.acknowledged[self.key, sent["question"], int(sent["go"]), int(sent["attempt"])] += 1
        return text

    def ask(self, connection: Connection, method: str, path: str, form: dict[str, Any] | None = None) -> str:
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        body = urlencode(form or {}).encode()
        _, head, answer = connection.ask(build(method, path, self.site.address, {**HTMX, **cookie}, body), 200)
        given = re.search(rb"set-cookie: ([^;\r]+)", head, re.IGNORECASE)
        if given:
            self.cookie = given[1].decode()
        return answer.decode()

    @property
    def key(self) -> str:
        return self.cookie.partition("=")[2].partition(":")[0]


QUERY = "SELECT learner_id, question, go, attempt FROM quiz_answer"


def recorded_in_sqlite(site: RunningSite) -> Counter[Answered]:
    """Every answer in the site's file, and how often it stands there."""
    with contextlib.closing(sqlite3.connect(site.data_dir / "offload.sqlite3")) as database:
        return _counted(database.execute(QUERY))


def recorded_in_postgresql(url: str) -> Counter[Answered]:
    """Every answer in the database at a URL, and how often it stands there."""
    import psycopg

    with psycopg.connect(url) as database:
        return _counted(database.execute(QUERY))


def _counted(rows: Iterable[Any]) -> Counter[Answered]:
    return Counter((UUID(str(learner)).hex, question, go, attempt) for learner, question, go, attempt in rows)
