"""Where a learner is, in words and addresses: for templates, and as plain data for programs."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lessons.catalog import Lesson
from lessons.modes import MODES
from progress.lesson_progress import CourseProgress, LessonProgress, Onward, State, To, onward

REVIEW = "/review/"
NOT_BEGUN = format_html("{}.", State.NOT_BEGUN.value)


@dataclass(frozen=True)
class Way:
    """A link to where a learner goes on: a word before it, its words, its address. Without an address, only words."""

    before: str
    words: str
    url: str = ""


def way(found: Onward, whole: CourseProgress, here: Lesson | None = None) -> Way:
    """Where a learner goes on, as a link. On a page of the lesson `here` its title goes without saying."""
    lesson = found.lesson
    if found.to is To.NOTHING or (lesson is None and found.to is not To.REVIEW):
        return Way("", _nothing_left(whole) if whole.lessons_progress else "")
    if lesson is None:
        return Way("Continue:", f"review what is due ({whole.due})", REVIEW)
    title = "" if lesson is here else f"{lesson.title}: "
    if found.to is To.QUIZ:
        return Way("Continue:", f"{title}Quiz", quiz_address(lesson))
    if found.to is To.MODE:
        address = reverse("lessons:mode", args=[lesson.slug, found.mode])
        return Way("Continue:", f"{title}{MODES[found.mode]}", address)
    return Way("Begin:", lesson.title, reverse("lessons:lesson", args=[lesson.slug]))


def _nothing_left(whole: CourseProgress) -> str:
    """What is said when there is nothing to go on to. A quiz can be done with pages unread, and then that is said."""
    unread = sum(len(lesson_progress.unread) for lesson_progress in whole.lessons_progress.values())
    if not unread:
        return "You are through with every lesson, and nothing is due."
    pages = "1 page is" if unread == 1 else f"{unread} pages are"
    return f"Every quiz is done, and nothing is due. {pages} not read yet."


def quiz_address(lesson: Lesson) -> str:
    """Where a lesson's quiz is: in the first mode that embeds it, or else on its own page."""
    for mode, page in lesson.pages.items():
        if any(block.name == "quiz" for block in page.blocks):
            return reverse("lessons:mode", args=[lesson.slug, mode]) + "#quiz"
    return reverse("quiz:quiz", args=[lesson.slug])


@dataclass(frozen=True)
class ShownProgress:
    """The progress of a learner in a lesson, in sentences. The places that show them have room for the longest."""

    lesson_progress: LessonProgress

    @property
    def state(self) -> str:
        """The state in words. Of a lesson with pages that are not read, only the quiz is done."""
        state = self.lesson_progress.state
        return "Quiz done" if state is State.DONE and self.lesson_progress.unread else state.value

    @property
    def is_begun(self) -> bool:
        """Whether there is more to say than that it is not begun."""
        return self.lesson_progress.state is not State.NOT_BEGUN

    @property
    def modes(self) -> str:
        """How many modes are read, like “1 of 3 pages read”."""
        total = len(self.lesson_progress.lesson.pages)
        return f"{len(self.lesson_progress.read)} of {total} {'page' if total == 1 else 'pages'} read"

    @property
    def quiz(self) -> str:
        """How far the quiz is, or an empty text where there is none."""
        lesson_progress = self.lesson_progress
        if lesson_progress.score:
            return f"{lesson_progress.score} points on the first try"
        return (
            f"{lesson_progress.answered} of {lesson_progress.questions} questions answered"
            if lesson_progress.quiz
            else ""
        )

    @property
    def pass_mark(self) -> str:
        """What a quiz that is over and not passed lacks; an empty text for every other."""
        quiz = self.lesson_progress.quiz
        if self.lesson_progress.score is None or quiz is None or quiz.has_passed:
            return ""
        return f"not passed yet: {quiz.pass_mark} % of the points are needed"

    @property
    def sentences(self) -> SafeString:
        """All of it, with the way to what is due."""
        return self._sentences(self.quiz)

    @property
    def sentences_with_mark(self) -> SafeString:
        """The same, and what the quiz lacks: for where there is room for that."""
        return self._sentences(f"{self.quiz} ({self.pass_mark})" if self.pass_mark else self.quiz)

    def _sentences(self, quiz: str) -> SafeString:
        if not (self.is_begun or self.lesson_progress.due):
            return NOT_BEGUN
        said = [self.state]
        if self.is_begun:
            said += [self.modes, *([f"Quiz: {quiz}"] if quiz else [])]
        due = self.lesson_progress.due
        way_there = format_html(' <a href="{}">{} due for review</a>.', REVIEW, due) if due else ""
        return format_html("{}.{}", ". ".join(said), way_there)

    @property
    def url(self) -> str:
        """The lesson's address."""
        return reverse("lessons:lesson", args=[self.lesson_progress.lesson.slug])

    @property
    def read_labels(self) -> str:
        """The modes that are read, by name."""
        return ", ".join(MODES[mode] for mode in self.lesson_progress.read)


def shown_course(whole: CourseProgress) -> dict[str, Any]:
    """What templates need to show the whole course."""
    return {
        "lessons": [ShownProgress(lesson_progress) for lesson_progress in whole.lessons_progress.values()],
        "way": way(onward(whole), whole),
        "due": whole.due,
        "review": REVIEW,
        "gone_lessons": whole.gone_lessons,
        "gone_modes": whole.gone_modes,
    }


def lines(whole: CourseProgress) -> SafeString:
    """What the course page says of each lesson, each in its place there.

    No template makes them: a course may have 1,000 lessons, and nearly all of these lines are the same for everybody.
    """
    said = ((slug, ShownProgress(found).sentences) for slug, found in whole.lessons_progress.items())
    return SafeString("\n".join(_not_begun(slug) if what is NOT_BEGUN else _line(slug, what) for slug, what in said))


def _line(slug: str, sentences: SafeString) -> SafeString:
    return format_html('<p id="my-lesson-{}" hx-swap-oob="innerHTML">{}</p>', slug, sentences)


@lru_cache(maxsize=4096)
def _not_begun(slug: str) -> SafeString:
    return _line(slug, NOT_BEGUN)


def course_as_json(whole: CourseProgress) -> dict[str, Any]:
    """What a program is told of the whole course."""
    leads = way(onward(whole), whole)
    return {
        "lessons": [lesson_as_json(lesson_progress) for lesson_progress in whole.lessons_progress.values()],
        "due": whole.due,
        "continue": {"what": leads.words, "url": leads.url} if leads.url else None,
        "gone": {"lessons": whole.gone_lessons, "modes": whole.gone_modes},
    }


def lesson_as_json(lesson_progress: LessonProgress) -> dict[str, Any]:
    """What a program is told of one lesson. `points` is null until each question is settled."""
    score = lesson_progress.score
    quiz = {
        "questions": lesson_progress.questions,
        "answered": lesson_progress.answered,
        "points": round(score.points, 2) if score else None,
        "done": lesson_progress.quiz.is_done if lesson_progress.quiz else None,
    }
    return {
        "lesson": lesson_progress.lesson.slug,
        "title": lesson_progress.lesson.title,
        "state": lesson_progress.state.value.lower(),
        "read": list(lesson_progress.read),
        "unread": list(lesson_progress.unread),
        "quiz": quiz if lesson_progress.quiz else None,
        "due": lesson_progress.due,
    }
