"""A small steady load, as readers make it, and what each request came to."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from tests.faults.deployment import Deployment
from tests.running import Answer

QUIZ = "/quiz/defining-tasks/"
LESSON, BLOCKING, CELERY, POLL, ANSWER = "lesson", "blocking demo", "Celery demo", "poll", "answer"
# What is asked of each kind: in how many threads, and how long each of them waits after a request, in seconds.
KINDS = {LESSON: (3, 0.15), BLOCKING: (2, 0.3), CELERY: (2, 0.4), POLL: (2, 0.05), ANSWER: (3, 0.3)}
GOOD = {200, 201, 202}
OVER = {"succeeded", "failed", "lost", "cancelled"}
GONE = "gone"


@dataclass(frozen=True)
class Asked:
    """One request: when it began (s, monotonic), how long it took, and what came. A status of 0 is no HTTP at all."""

    kind: str
    began: float
    seconds: float
    status: int
    words: str = ""

    @property
    def ended(self) -> float:
        return self.began + self.seconds

    @property
    def is_good(self) -> bool:
        return self.status in GOOD


@dataclass
class Load:
    """A context manager: the load goes on while its block runs."""

    site: Deployment
    asked: list[Asked] = field(default_factory=list)
    # The learner of each answer that was acknowledged.
    acknowledged: list[str] = field(default_factory=list)
    # The accepted runs by their paths, with what is known of each; those that are not over are polled.
    runs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        actions = {
            LESSON: self.lesson,
            BLOCKING: self.blocking,
            CELERY: self.celery,
            POLL: self.poll,
            ANSWER: self.answer,
        }
        for kind, (count, pause) in KINDS.items():
            for _ in range(count):
                self._threads.append(threading.Thread(target=self._go_on, args=(actions[kind], pause), daemon=True))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, action: Callable[[], None], pause: float) -> None:
        while not self._over.wait(pause):
            action()

    def _note(self, kind: str, ask: Callable[[], Answer]) -> Answer | None:
        """Ask, note what came, and give the answer if it is a good one."""
        began = time.monotonic()
        try:
            answer = ask()
        except (OSError, http.client.HTTPException) as error:
            self.asked.append(Asked(kind, began, time.monotonic() - began, 0, type(error).__name__))
            return None
        words = "" if answer.status in GOOD else _words(answer)
        found = Asked(kind, began, time.monotonic() - began, answer.status, words)
        self.asked.append(found)
        return answer if found.is_good else None

    def lesson(self) -> None:
        self._note(LESSON, lambda: self.site.get("/lessons/defining-tasks/performance/"))

    def blocking(self) -> None:
        self._note(BLOCKING, lambda: self.site.get("/demos/blocking/?seconds=0.5"))

    def celery(self) -> None:
        if found := self._note(CELERY, lambda: self.site.post("/demos/celery/", {"seconds": 1})):
            self.runs[found.headers["Location"]] = "queued"

    def poll(self) -> None:
        """Ask for the runs that are not over, as their pages do."""
        for path in [path for path, state in list(self.runs.items()) if state not in {*OVER, GONE}]:
            self.poll_one(path)
            if self._over.wait(0.02):
                return

    def poll_one(self, path: str) -> None:
        found = self._note(POLL, lambda: self.site.get(path))
        if found:
            self.runs[path] = found.json()["state"]
        elif self.asked[-1].status == 404:  # whoever looks last writes the same
            self.runs[path] = GONE

    def answer(self) -> None:
        """A new reader asks for the quiz and answers its question."""
        page = self._note(ANSWER, lambda: self.site.get(QUIZ))
        if page is None:
            return
        asked = page.json()
        current = asked["current"]
        form = {name: current[name] for name in ("question", "version", "go", "attempt")}
        form |= {"visitor": asked["visitor"], "option": next(iter(current["options"]))}
        if found := self._note(ANSWER, lambda: self.site.post(f"{QUIZ}answer/", form)):
            self.acknowledged.append(found.headers["Set-Cookie"].split("=")[1].split(":")[0])

    def wait_for_runs(self, seconds: float) -> Counter[str]:
        """Poll what was accepted until all of it is over, for so many seconds at most. Gives how many ended how."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            still = [path for path, state in self.runs.items() if state not in {*OVER, GONE}]
            if not still:
                break
            for path in still:
                self.poll_one(path)
            time.sleep(0.2)
        return Counter(self.runs.values())

    def kept(self) -> Counter[int]:
        """Of the acknowledged answers, how many are so many times in the database."""
        rows = self.site.rows(
            "SELECT replace(learner_id::text, '-', ''), count(*) FROM quiz_answer GROUP BY learner_id"
        )
        counts = dict(rows)
        return Counter(counts.get(learner, 0) for learner in self.acknowledged)


def _words(answer: Answer) -> str:
    """What the reader is told: the title of a problem, or the first sentence of a text."""
    if answer.headers.get_content_type() == "application/problem+json":
        return str(answer.json()["title"])
    return " ".join(answer.text.split()).split(". ")[0][:100]
