from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import pytest

from progress.lesson_progress import (
    CourseProgress,
    LessonProgress,
    Onward,
    State,
    To,
    course_progress,
    onward,
    onward_from,
)
from progress.presenters import ShownProgress, Way, way
from quiz.progress import Attempt, Progress, progress
from tests.progress.conftest import MODES, a_course, a_quiz

RIGHT = [("single", 1, 1, True), ("several", 1, 1, True), ("last", 1, 1, True)]
MISSED = [("single", 1, 1, False), ("single", 1, 2, False), *RIGHT[1:]]


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 12, tzinfo=UTC)


def a_progress(lesson: str, *recorded: tuple[str, int, int, bool], goes=None, pass_mark: int = 0) -> Progress:
    attempts = [Attempt(question, go, number, [], float(right), right, "v") for question, go, number, right in recorded]
    found = progress(a_quiz(lesson), UUID(int=1), attempts, goes or {})
    return Progress(found.goes, pass_mark)


def whole(
    read: tuple[tuple[str, str], ...] = (),
    quizzes: Mapping[str, Progress] | None = None,
    touched: Mapping[str, datetime] | None = None,
    due: Mapping[str, int] | None = None,
    modes: Mapping[str, tuple[str, ...]] = MODES,
) -> CourseProgress:
    asked = {lesson: a_progress(lesson) for lesson in ("one", "two")} | dict(quizzes or {})
    return course_progress(nothing_kept(modes), read, asked, touched or {}, due or {})


def nothing_kept(modes: Mapping[str, tuple[str, ...]]) -> CourseProgress:
    return CourseProgress({slug: LessonProgress(lesson) for slug, lesson in a_course(modes).lessons.items()})


def states(found: CourseProgress) -> list[State]:
    return [lesson_progress.state for lesson_progress in found.lessons_progress.values()]


def test_a_lesson_of_which_nothing_is_kept_is_not_begun():
    assert states(whole()) == [State.NOT_BEGUN] * 3
    assert not whole().is_begun


def test_a_lesson_is_under_way_from_the_first_thing_that_is_kept():
    found = whole(touched={"one": day(1)})
    assert states(found) == [State.UNDER_WAY, State.NOT_BEGUN, State.NOT_BEGUN]


def test_a_lesson_with_a_quiz_is_done_when_the_quiz_is():
    touched = {"one": day(1)}
    assert states(whole(quizzes={"one": a_progress("one", *RIGHT)}, touched=touched))[0] is State.DONE
    assert states(whole(quizzes={"one": a_progress("one", *MISSED)}, touched=touched))[0] is State.DONE
    assert states(whole(quizzes={"one": a_progress("one", *RIGHT[:2])}, touched=touched))[0] is State.UNDER_WAY
    every = (("one", "learn"), ("one", "why"))
    assert states(whole(read=every, touched=touched))[0] is State.UNDER_WAY


def test_a_lesson_is_not_done_while_its_quiz_is_not_passed_or_a_later_go_is_open():
    not_passed = a_progress("one", *MISSED, pass_mark=90)
    second_go = a_progress("one", *MISSED, goes={2: ["single"]})
    for quiz in (not_passed, second_go):
        found = whole(quizzes={"one": quiz}, touched={"one": day(1)})
        assert states(found)[0] is State.UNDER_WAY
        assert str(found.lessons_progress["one"].score) == "2 of 3"
        assert onward(found).to is To.QUIZ


def test_a_lesson_without_a_quiz_is_done_when_every_mode_is_read():
    touched = {"three": day(1)}
    assert states(whole(read=(("three", "learn"),), touched=touched))[2] is State.UNDER_WAY
    both = (("three", "learn"), ("three", "performance"))
    assert states(whole(read=both, touched=touched))[2] is State.DONE


def test_the_score_comes_with_the_last_question_and_until_then_the_answered_ones_are_counted():
    open_one = whole(quizzes={"one": a_progress("one", *RIGHT[:2])}).lessons_progress["one"]
    assert (open_one.answered, open_one.questions, open_one.score) == (2, 3, None)
    assert ShownProgress(open_one).quiz == "2 of 3 questions answered"
    over = whole(quizzes={"one": a_progress("one", *MISSED)}).lessons_progress["one"]
    assert ShownProgress(over).quiz == "2 of 3 points on the first try"


def test_a_question_that_is_new_takes_the_lesson_back_under_way():
    found = whole(quizzes={"one": a_progress("one", *RIGHT[:1], *RIGHT[2:])}, touched={"one": day(1)})
    assert states(found)[0] is State.UNDER_WAY
    assert found.lessons_progress["one"].score is None


def test_what_is_missing_to_pass_is_said():
    found = whole(quizzes={"one": a_progress("one", *MISSED, pass_mark=90)}, touched={"one": day(1)})
    assert ShownProgress(found.lessons_progress["one"]).pass_mark == "not passed yet: 90 % of the points are needed"
    assert not ShownProgress(found.lessons_progress["two"]).pass_mark


READ_LEARN = (("one", "learn"),)


@pytest.mark.parametrize(
    ("found", "to", "lesson", "mode"),
    [
        (whole(), To.LESSON, "one", ""),
        # The lesson that was touched last, in what of it is open: its quiz when that was begun, else what is unread.
        (whole(read=READ_LEARN, touched={"one": day(1)}), To.MODE, "one", "why"),
        (whole(read=(("one", "why"),), touched={"one": day(1)}), To.MODE, "one", "learn"),
        (whole(read=READ_LEARN, touched={"one": day(1), "three": day(2)}), To.MODE, "three", "learn"),
        (whole(quizzes={"one": a_progress("one", RIGHT[0])}, touched={"one": day(1)}), To.QUIZ, "one", ""),
        (whole(read=(("two", "learn"),), touched={"two": day(1)}), To.QUIZ, "two", ""),
        # A lesson that is done leads nowhere, so what is due comes next, and then the next lesson.
        (whole(quizzes={"one": a_progress("one", *RIGHT)}, touched={"one": day(1)}), To.LESSON, "two", ""),
        (whole(quizzes={"one": a_progress("one", *RIGHT)}, touched={"one": day(1)}, due={"one": 2}), To.REVIEW, "", ""),
        (whole(touched={"two": day(1)}, due={"one": 2}), To.MODE, "two", "learn"),
        (
            whole(
                read=(("three", "learn"), ("three", "performance")),
                quizzes={"one": a_progress("one", *RIGHT), "two": a_progress("two", *MISSED)},
                touched={"one": day(1), "two": day(2), "three": day(3)},
            ),
            To.NOTHING,
            "",
            "",
        ),
    ],
)
def test_continue_leads_to_the_right_place(found: CourseProgress, to: To, lesson: str, mode: str):
    way_on = onward(found)
    assert (way_on.to, way_on.lesson.slug if way_on.lesson else "", way_on.mode) == (to, lesson, mode)


def test_of_two_lessons_touched_at_once_the_first_of_the_course_goes_on():
    found = onward(whole(touched={"two": day(1), "one": day(1)}))
    assert found.lesson
    assert found.lesson.slug == "one"


def test_a_page_does_not_lead_to_itself():
    found = whole(touched={"one": day(1)})
    assert onward_from(found, "one", "learn") is None
    there = onward_from(found, "one", "why")
    assert there
    assert there.mode == "learn"
    assert onward_from(whole(), "one", "learn") is None


def test_the_way_is_a_link_in_words():
    found = whole()
    one, two = (found.lessons_progress[slug].lesson for slug in ("one", "two"))
    assert way(Onward(To.LESSON, one), found) == Way("Begin:", "Lesson one", "/lessons/one/")
    assert way(Onward(To.MODE, one, "why"), found) == Way("Continue:", "Lesson one: Why", "/lessons/one/why/")
    assert way(Onward(To.MODE, one, "why"), found, one).words == "Why"
    # The mode that shows the quiz, or, where none does, the quiz's own page.
    assert way(Onward(To.QUIZ, one), found) == Way("Continue:", "Lesson one: Quiz", "/lessons/one/why/#quiz")
    assert way(Onward(To.QUIZ, two), found).url == "/quiz/two/"
    assert way(Onward(To.REVIEW), whole(due={"one": 2, "two": 1})).words == "review what is due (3)"
    assert way(Onward(To.NOTHING), found).url == ""


def test_what_left_the_course_is_counted_and_shown_nowhere():
    found = whole(
        read=(("one", "learn"), ("one", "deep"), ("gone", "learn")),
        touched={"one": day(1), "gone": day(2), "long-gone": day(3)},
        due={"gone": 4},
    )
    assert list(found.lessons_progress) == ["one", "two", "three"]
    assert (found.gone_lessons, found.gone_modes, found.due) == (2, 1, 0)
    assert found.lessons_progress["one"].read == ("learn",)
    assert onward(found).mode == "why"


def test_a_course_without_lessons_leads_nowhere():
    found = course_progress(nothing_kept({}), (), {}, {}, {})
    assert way(onward(found), found) == Way("", "")


def test_only_the_quiz_is_said_to_be_done_while_a_page_is_unread():
    quiz = {"one": a_progress("one", *RIGHT)}
    for read, said in (((), "Quiz done"), ((("one", "learn"), ("one", "why")), "Done")):
        found = whole(read=read, quizzes=quiz, touched={"one": day(1)})
        assert ShownProgress(found.lessons_progress["one"]).state == said
        assert found.lessons_progress["one"].state is State.DONE


def test_where_nothing_is_left_to_go_on_to_the_pages_that_are_unread_are_named():
    modes = {"one": ("learn", "why"), "two": ("learn",)}
    quizzes = {lesson: a_progress(lesson, *RIGHT) for lesson in modes}
    every = (("one", "learn"), ("one", "why"), ("two", "learn"))
    for count, said in (
        (0, "Every quiz is done, and nothing is due. 3 pages are not read yet."),
        (2, "Every quiz is done, and nothing is due. 1 page is not read yet."),
        (3, "You are through with every lesson, and nothing is due."),
    ):
        found = whole(every[:count], quizzes, dict.fromkeys(modes, day(1)), modes=modes)
        assert way(onward(found), found) == Way("", said)
