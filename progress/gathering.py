"""Asks every room what it keeps of a learner's way through the course. The number of lessons adds no query.

Nor does a lesson of which nothing is kept add work: those are the same for everybody, and made once of a course.
"""

from datetime import datetime
from uuid import UUID

from lessons.catalog import Course
from lessons.of_course import of_course
from progress.lesson_progress import CourseProgress, LessonProgress, course_progress
from progress.readings import read_by
from quiz.activity import last_done
from quiz.kept import KeptCourse
from quiz.reading import QUIZ
from quiz.recording import nothing_answered, progress_of_all
from review.activity import last_reviewed
from review.due import due_counts
from review.history import history_of

ANYBODY = UUID(int=0)


def learner_progress(course: Course, learner: UUID, at: datetime) -> CourseProgress:
    """Where a learner is, and what is due at that time."""
    read, kept = read_by(learner), KeptCourse(learner)
    answered = [quiz for lesson in kept.answers.keys() | kept.goes.keys() if (quiz := course.get(lesson, QUIZ))]
    quizzes = progress_of_all(answered, learner, kept)
    history = history_of(learner, kept, {lesson: found.goes[0] for lesson, found in quizzes.items()})
    touched: dict[str, datetime] = {}
    marked = [(lesson, reading.last) for (lesson, _), reading in read.items()]
    for lesson, at_last in [*marked, *last_done(learner, kept), *last_reviewed(history)]:
        touched[lesson] = max(at_last, touched.get(lesson, at_last))
    return course_progress(visitor_progress(course), read, quizzes, touched, due_counts(learner, at, history))


@of_course
def visitor_progress(course: Course) -> CourseProgress:
    """Where a visitor is, and everybody in lessons of which nothing is kept of them. Asks no database.

    Which questions somebody would be asked, where a quiz draws some of them, plays no part: only how many.
    """
    quizzes = {slug: quiz for slug, lesson in course.lessons.items() if (quiz := lesson.get(QUIZ))}
    return CourseProgress(
        {
            slug: LessonProgress(lesson, (), nothing_answered(quizzes[slug], ANYBODY) if slug in quizzes else None)
            for slug, lesson in course.lessons.items()
        }
    )
