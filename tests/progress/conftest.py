"""A course of three lessons: `one` has two modes and a quiz on the second, `two` a quiz on no page, `three` no quiz."""

from collections.abc import Callable, Mapping

import pytest

from lessons.catalog import Course, Lesson
from lessons.reading import ModePage
from lessons.scanning import Block
from quiz.questions import Quiz
from quiz.reading import read
from tests.quiz.conftest import SOURCE

QUIZ_BLOCK = Block(1, "quiz", "", {}, ())
MODES = {"one": ("learn", "why"), "two": ("learn",), "three": ("learn", "performance")}


def a_quiz(lesson: str) -> Quiz:
    return read(SOURCE, lesson)[0]


def a_lesson(slug: str, number: int, modes: tuple[str, ...], quiz: Quiz | None, block_on: str = "") -> Lesson:
    pages = {
        mode: ModePage(mode, {"title": f"Lesson {slug}"}, (), (), (QUIZ_BLOCK,) if mode == block_on else ())
        for mode in modes
    }
    return Lesson(slug, number, pages, {"quiz.md": quiz} if quiz else {})


def a_course(modes: Mapping[str, tuple[str, ...]] = MODES, *, more: int = 0) -> Course:
    """The course above, without the lessons or modes that `modes` leaves out, and with so many more lessons."""
    lessons = {
        slug: a_lesson(
            slug, number, found, None if slug == "three" else a_quiz(slug), block_on="why" if slug == "one" else ""
        )
        for number, (slug, found) in enumerate(modes.items(), 1)
    }
    for number in range(more):
        lessons[f"more-{number}"] = a_lesson(f"more-{number}", 4 + number, ("learn",), a_quiz(f"more-{number}"))
    return Course("A course", lessons)


@pytest.fixture
def use_course(monkeypatch: pytest.MonkeyPatch) -> Callable[[Course], None]:
    """Makes a course the one that there is, from now on."""

    def use(course: Course) -> None:
        monkeypatch.setattr("progress.views.course", lambda: course)
        monkeypatch.setattr("quiz.views.course", lambda: course)

    return use


@pytest.fixture
def course(use_course: Callable[[Course], None]) -> Course:
    """The course above."""
    found = a_course()
    use_course(found)
    return found
