"""A course with one lesson whose quiz a test writes itself, and a learner who has opened it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from learners.models import Learner
from lessons.catalog import Catalog, Course, Lesson
from lessons.reading import ModePage
from quiz import views
from quiz.predictions.reading import Predictions
from quiz.predictions.reading import read as read_predictions
from quiz.questions import Quiz
from quiz.reading import read
from stopwatch.models import Measurement
from tests.lessons.conftest import PAGE, Tree, tree  # noqa: F401 - a fixture
from tests.quiz.journey import BROWSER, HTMX, Journey
from tests.still_rates import stand_still

# Every piece that has to be earned says so in a word that stands nowhere else.
SOURCE = """---
title: Three questions
---

## One of three? {#single}

Stem of the first.

> Hint: hint-single

- [ ] wrong one
  > feedback-single-1
- [x] right one
  > feedback-single-2
- [ ] wrong two
  > feedback-single-3

> **Why:** why-single

## Several of four? {#several}

> Hint: hint-several

- [x] right a
  > feedback-several-1
- [x] right b
  > feedback-several-2
- [ ] wrong a
  > feedback-several-3
- [ ] wrong b
  > feedback-several-4

> **Why:** why-several

## The last? {#last}

> Hint: hint-last

- [ ] no
  > feedback-last-1
- [x] yes
  > feedback-last-2

> **Why:** why-last
"""


def quiz_from(source: str) -> Quiz:
    quiz, problems = read(source, "one")
    assert not problems
    return quiz


@pytest.fixture
def write_quiz(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Quiz]:
    """Makes a text the quiz of the lesson `one`, from now on."""

    def write(source: str) -> Quiz:
        quiz = quiz_from(source)
        page = ModePage("performance", {"title": "A lesson"}, (), (), ())
        course = Course("A course", {"one": Lesson("one", 1, {"performance": page}, {"quiz.md": quiz})})
        monkeypatch.setattr("quiz.views.course", lambda: course)
        return quiz

    return write


@pytest.fixture
def quiz(write_quiz: Callable[[str], Quiz]) -> Quiz:
    """The quiz above."""
    return write_quiz(SOURCE)


@pytest.fixture(params=[BROWSER, HTMX], ids=["plain forms", "htmx"])
def journey(request: pytest.FixtureRequest, quiz: Quiz) -> Journey:
    """A learner who has opened the quiz."""
    found = Journey(dict(request.param))
    found.look()
    return found


def positions(quiz: Quiz, question_id: str, *, right: bool) -> list[int]:
    """The positions, as shown, of a question's options that are right, or wrong."""
    question = quiz.find(question_id)
    assert question
    return [place for place, option in enumerate(question.options, 1) if option.is_right is right]


PREDICTED = """## When is it ready? {#ready}

Stem of the first.

> Measured: report-order

- [sooner] earlier than that
  > feedback-ready-sooner
- [same] at that time
  > feedback-ready-same
- [later] afterwards
  > feedback-ready-later

## Why then? {#ready-reason}

- [x] right reason
  > feedback-reason-right
- [ ] wrong reason
  > feedback-reason-wrong

> **Why:** why-ready

## How is its INP? {#inp}

> Measured: blocking-inp

- [good] fine
  > feedback-inp-good
- [between] so-so
  > feedback-inp-between
- [poor] bad
  > feedback-inp-poor

## Why so? {#inp-reason}

- [ ] wrong inp reason
  > feedback-inp-reason-wrong
- [x] right inp reason
  > feedback-inp-reason-right

> **Why:** why-inp
"""


def predictions_from(source: str) -> Predictions:
    asked, problems = read_predictions(source, "one")
    assert not problems
    return asked


@pytest.fixture
def write_predictions(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Predictions]:
    """Makes a text the predictions of the lesson `one`, from now on."""

    def write(source: str) -> Predictions:
        asked = predictions_from(source)
        page = ModePage("performance", {"title": "A lesson"}, (), (), ())
        lesson = Lesson("one", 1, {"performance": page}, {"predictions.md": asked})
        monkeypatch.setattr("quiz.predictions.views.course", lambda: Course("A course", {"one": lesson}))
        return asked

    return write


@pytest.fixture
def asked(write_predictions: Callable[[str], Predictions]) -> Predictions:
    """The predictions above."""
    return write_predictions(PREDICTED)


BLOCKS = "".join(
    f"\n/// {name}\n{options}///\n"
    for name, options in {
        "predict | Say": "",
        "demo | Two lanes": ":seconds: 0\n",
        "outcomes": "",
        "quiz": "",
        "definitions": "",
    }.items()
)


@pytest.fixture
def content(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:  # noqa: F811 - the fixture
    """Makes a text the quiz of the lesson `one`, on whose page the quiz and the predictions stand."""

    def write(source: str) -> None:
        tree.write("one/why.md", PAGE + BLOCKS)
        tree.write("one/predictions.md", PREDICTED)
        tree.write("one/quiz.md", source)
        catalog = Catalog(tree.root, None)
        catalog.refresh()
        assert [str(problem) for problem in catalog.course.problems if not problem.problem.warning] == []
        for module in ("lessons.catalog", "lessons.pages"):
            monkeypatch.setattr(f"{module}.catalog", lambda: catalog)
        monkeypatch.setattr("lessons.pages._current", None)

    stand_still(monkeypatch, views.rates, learner=10**6, address=10**6)
    return write


REPORTS = {"click-to-report": 3010.0, "click-to-response": 3010.0, "inp": 16.0}


def measured_by(
    learner: UUID,
    *cases: str,
    figures: Mapping[str, float] = REPORTS,
    began: datetime | None = None,
    lesson: str = "one",
) -> None:
    """Let a learner have measured these cases in a lesson, by default from now on."""
    owner, _ = Learner.objects.get_or_create(key=learner)
    for case in cases:
        Measurement.objects.create(
            learner=owner,
            receipt=uuid4().hex,
            case=case,
            lesson=lesson,
            seconds=3.0,
            figures=dict(figures),
            began=began or timezone.now(),
        )
