"""Asks every room what it keeps of a learner's way through the course. The number of lessons adds no query."""

from datetime import datetime
from uuid import UUID

from lessons.catalog import Course
from progress.lesson_progress import CourseProgress, course_progress
from progress.readings import read_by
from quiz.activity import last_done
from quiz.kept import KeptCourse
from quiz.questions import Quiz
from quiz.reading import QUIZ
from quiz.recording import nothing_answered, progress_of_all
from review.activity import last_reviewed
from review.due import due_counts
from review.history import history_of


def learner_progress(course: Course, learner: UUID, at: datetime) -> CourseProgress:
    """Where a learner is, and what is due at that time."""
    read, kept = read_by(learner), KeptCourse(learner)
    quizzes = progress_of_all(_quizzes(course), learner, kept)
    history = history_of(learner, kept, {lesson: found.goes[0] for lesson, found in quizzes.items()})
    touched: dict[str, datetime] = {}
    marked = [(lesson, reading.last) for (lesson, _), reading in read.items()]
    for lesson, at_last in [*marked, *last_done(learner, kept), *last_reviewed(history)]:
        touched[lesson] = max(at_last, touched.get(lesson, at_last))
    return course_progress(course, read, quizzes, touched, due_counts(learner, at, history))


def visitor_progress(course: Course, learner: UUID) -> CourseProgress:
    """Where a visitor is, who would be this learner. Asks no database."""
    quizzes = {quiz.lesson: nothing_answered(quiz, learner) for quiz in _quizzes(course)}
    return course_progress(course, (), quizzes, {}, {})


def _quizzes(course: Course) -> list[Quiz]:
    return [quiz for lesson in course.lessons.values() if (quiz := lesson.get(QUIZ))]
