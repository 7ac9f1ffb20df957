"""A course whose lesson `one` has a demo, predictions and a quiz that a test writes, and learners who leave things."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learners.models import Learner
from lessons.catalog import Course, Lesson
from lessons.reading import ModePage
from lessons.scanning import Block
from quiz.models import Answer, Prediction
from quiz.questions import Given, Question, Quiz
from quiz.reading import read
from stopwatch.models import Measurement
from tests.quiz.conftest import PREDICTED, predictions_from

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPTIONS = """- [ ] alpha
  > No.
- [x] beta
  > Yes.
- [ ] gamma
  > No.
- [ ] =delta
  > No.

> **Why:** because
"""
TYPED = """## How many? {#number}

> Hint: count

- [~] 3
  > Yes.
- [ ] 4
  > No.

> **Why:** because

## Which word? {#word}

> Hint: think

- [=] queue
  > Yes.
- [ ] stack
  > No.

> **Why:** because

## In which order? {#steps}

> Hint: think

- [1] first
- [2] second
- [3] third

> **Why:** because
"""


def quiz_of(*ids: str, more: str = "") -> Quiz:
    """A quiz of single choices with these ids, and what else its file holds."""
    text = "\n".join(f"## Question {name}? {{#{name}}}\n\n> Hint: think\n\n{OPTIONS}" for name in ids)
    quiz, problems = read(f"{text}\n{more}", "one")
    assert not [problem for problem in problems if not problem.warning], problems
    return quiz


SIX = ("a", "b", "c", "d", "e", "f")


@dataclass
class Room:
    """The lesson, and who left what there. Everything is written at once by `keep`."""

    quiz: Quiz
    lesson: Lesson
    rows: list[Answer] = field(default_factory=list)
    at: datetime = NOON

    def learner(self) -> UUID:
        key = uuid4()
        Learner.objects.create(key=key)
        return key

    def question(self, name: str) -> Question:
        found = self.quiz.find(name)
        assert found
        return found

    def option(self, name: str, words: str) -> str:
        """The key of an option by its text."""
        return next(option.key for option in self.question(name).options if option.text == words)

    def answer(
        self, learner: UUID, name: str, said: str | Given | None = None, grade: float = 1.0, **more: Any
    ) -> None:
        """Record one answer; `said` is the text of an option, or what was given. 20 s after the one before."""
        question = self.quiz.find(name)
        given: Given = said if said is not None else "nothing"
        if isinstance(said, str) and question and not more.pop("is_typed", False):
            given = [self.option(name, said)]
        self.at = more.pop("at", self.at + timedelta(seconds=20))
        version = more.pop("version", question.version if question else "gone")
        values = {"go": 1, "attempt": 1, **more}
        self.rows.append(
            Answer(
                learner_id=learner, lesson="one", question=name, version=version, given=given, grade=grade,
                correct=grade == 1, created=self.at, **values,
            )
        )  # fmt: skip

    def keep(self) -> None:
        """Write what was answered, at the times that were said."""
        at = [row.created for row in self.rows]
        Answer.objects.bulk_create(self.rows)
        for row, moment in zip(self.rows, at, strict=True):
            row.created = moment
        Answer.objects.bulk_update(self.rows, ["created"], batch_size=200)
        self.rows = []

    def choose(self, learners: Iterable[UUID], name: str, said: str = "beta", **more: Any) -> None:
        """Let each of these learners take an option at the first attempt."""
        for learner in learners:
            self.answer(learner, name, said, 1.0 if said == "beta" else 0.0, **more)
        self.keep()

    def learners(self, count: int) -> list[UUID]:
        return [self.learner() for _ in range(count)]

    def measure(
        self, learner: UUID, case: str, figures: Mapping[str, float], seconds: float = 3.0, lesson: str = "one"
    ) -> None:
        run = {"case": case, "lesson": lesson, "seconds": seconds, "figures": figures, "began": self.at}
        Measurement.objects.create(learner_id=learner, receipt=uuid4().hex, **run)

    def predict(self, learner: UUID, name: str, chosen: str, **more: Any) -> None:
        prediction = self.lesson.files["predictions.md"].find(name)
        values = {"version": prediction.question.version, "changed": self.at, **more}
        Prediction.objects.create(learner_id=learner, lesson="one", question=name, chosen=chosen, **values)


@pytest.fixture
def make_room(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Room]:
    """Makes the lesson: `make_room("a", "b", more=TYPED)`; its quiz has six choices by default."""

    def make(*ids: str, more: str = "") -> Room:
        quiz = quiz_of(*(ids or SIX), more=more)
        demo = Block(1, "demo", "", {}, ())
        page = ModePage("performance", {"title": "A lesson"}, (), (), (demo,))
        files = {"quiz.md": quiz, "predictions.md": predictions_from(PREDICTED)}
        lesson = Lesson("one", 1, {"performance": page}, files)
        monkeypatch.setattr("teach.statistics.views.course", lambda: Course("A course", {"one": lesson}))
        return Room(quiz, lesson)

    return make


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    return make_room()


@contextmanager
def asking(count: int) -> Iterator[None]:
    """Asks the database so many times. What PostgreSQL is told before (teach/statistics/tally.py) is no question."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured.captured_queries if query["sql"].startswith(("SELECT", "DECLARE"))]
    assert len(asked) == count, asked
