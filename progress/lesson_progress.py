"""Where a learner is in the course and where they go on: a pure function of what is kept about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property

from lessons.catalog import Lesson
from quiz.progress import Progress, Score


class State(Enum):
    """A state of a lesson: how far a learner is with it."""

    NOT_BEGUN = "Not begun"
    UNDER_WAY = "Under way"
    DONE = "Done"


@dataclass(frozen=True)
class LessonProgress:
    """The progress of a learner in one lesson.

    Attributes:
        read: the modes that they have read, of those that the lesson has, in its order.
        quiz: how far they are with its quiz; None when it has none.
        due: how many of its items are due for review.
        touched: when they last did something of this lesson that is kept; None when nothing is.
    """

    lesson: Lesson
    read: tuple[str, ...] = ()
    quiz: Progress | None = None
    due: int = 0
    touched: datetime | None = None

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The modes that are still to be read."""
        return tuple(mode for mode in self.lesson.pages if mode not in self.read)

    @cached_property
    def state(self) -> State:
        """Not begun: nothing of it is kept. Done: its quiz is, or without one, every mode is read."""
        if self.touched is None:
            return State.NOT_BEGUN
        is_done = self.quiz.is_done if self.quiz else not self.unread
        return State.DONE if is_done else State.UNDER_WAY

    @property
    def questions(self) -> int:
        """How many questions the quiz asks this learner."""
        return len(self.quiz.goes[0].asked) if self.quiz else 0

    @property
    def answered(self) -> int:
        """How many of them are settled."""
        return len(self.quiz.goes[0].settled) if self.quiz else 0

    @cached_property
    def score(self) -> Score | None:
        """The score of first attempts, once every question of the first go is settled."""
        return self.quiz.score if self.quiz and self.quiz.is_begun and self.quiz.goes[0].current is None else None


class To(Enum):
    """A kind of thing that a learner goes on to."""

    QUIZ = "the quiz of a lesson"
    MODE = "a mode of a lesson"
    REVIEW = "what is due"
    LESSON = "a lesson that is not begun"
    NOTHING = "everything is done"


@dataclass(frozen=True)
class Onward:
    """The way on of a learner: to what, and of which lesson and mode where it is of one."""

    to: To
    lesson: Lesson | None = None
    mode: str = ""


@dataclass(frozen=True)
class CourseProgress:
    """The progress of a learner in the whole course.

    Attributes:
        lessons_progress: of each lesson, in the order of the course, by slug.
        gone_lessons: how many lessons that they worked on the course no longer has.
        gone_modes: how many modes that they read lessons of the course no longer have.
    """

    lessons_progress: Mapping[str, LessonProgress]
    gone_lessons: int = 0
    gone_modes: int = 0

    @cached_property
    def due(self) -> int:
        """How many items are due for review, of all lessons together."""
        return sum(lesson_progress.due for lesson_progress in self.lessons_progress.values())

    @cached_property
    def is_begun(self) -> bool:
        """Whether anything is kept of any lesson that there is."""
        return any(lesson_progress.touched for lesson_progress in self.lessons_progress.values())


def course_progress(
    nothing_kept: CourseProgress,
    read: Iterable[tuple[str, str]],
    quizzes: Mapping[str, Progress],
    touched: Mapping[str, datetime],
    due: Mapping[str, int],
) -> CourseProgress:
    """Put together what is kept about a learner, lesson by lesson.

    Args:
        nothing_kept: the course as it is now, for one of whom nothing is kept: so are the lessons that nothing below
            names. What is kept of what the course no longer has is only counted.
        read: the lesson and the mode of everything that they read.
        quizzes: how far they are with each quiz of the course that they have answered, by lesson.
        touched: when they last did something, by lesson.
        due: how many items are due, by lesson.
    """
    found, read_modes = dict(nothing_kept.lessons_progress), set(read)
    for slug in {slug for slug, _ in read_modes}.union(quizzes, touched, due) & found.keys():
        lesson = found[slug].lesson
        found[slug] = LessonProgress(
            lesson,
            tuple(mode for mode in lesson.pages if (slug, mode) in read_modes),
            quizzes.get(slug, found[slug].quiz),
            due.get(slug, 0),
            touched.get(slug),
        )
    return CourseProgress(
        found,
        gone_lessons=sum(slug not in found for slug in touched),
        gone_modes=sum(slug in found and mode not in found[slug].lesson.pages for slug, mode in read_modes),
    )


def onward(whole: CourseProgress) -> Onward:
    """Where to go on: to what was begun last, then to what is due, then to the next lesson."""
    under_way = [
        (lesson_progress.touched, lesson_progress)
        for lesson_progress in whole.lessons_progress.values()
        if lesson_progress.touched and lesson_progress.state is State.UNDER_WAY
    ]
    if under_way:
        # Of those that were touched at the same time, the first in the course.
        return _within(max(under_way, key=lambda found: found[0])[1])
    if whole.due:
        return Onward(To.REVIEW)
    for lesson_progress in whole.lessons_progress.values():
        if lesson_progress.state is State.NOT_BEGUN:
            return Onward(To.LESSON, lesson_progress.lesson)
    return Onward(To.NOTHING)


def onward_from(whole: CourseProgress, slug: str, mode: str) -> Onward | None:
    """Where to go on from a page of a lesson: within the lesson while it is under way. None when that is the page."""
    lesson_progress = whole.lessons_progress[slug]
    way = _within(lesson_progress) if lesson_progress.state is State.UNDER_WAY else onward(whole)
    is_here = way.lesson is lesson_progress.lesson and (way.to is To.LESSON or (way.to is To.MODE and way.mode == mode))
    return None if is_here else way


def _within(found: LessonProgress) -> Onward:
    """Where to go on in a lesson that is under way: a quiz that was begun first, then what is unread, then the quiz."""
    quiz_is_open = found.quiz is not None and found.quiz.is_begun and not found.quiz.is_done
    if quiz_is_open or not found.unread:
        return Onward(To.QUIZ, found.lesson)
    return Onward(To.MODE, found.lesson, found.unread[0])
