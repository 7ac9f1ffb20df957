"""What "My data" says of the quiz: all that was done, and nothing that was not earned."""

from collections.abc import Callable

import pytest

from learners.identity import new_learner
from lessons.catalog import Course
from quiz import personal_data, views
from quiz.questions import Quiz
from quiz.recording import begin_again, record
from tests.quiz.conftest import positions
from tests.quiz.test_recording import finish, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_same_course(write_quiz: Callable[[str], Quiz], quiz: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the quiz's views see is what is told of."""
    monkeypatch.setattr("quiz.personal_data.course", vars(views)["course"])


def test_an_answer_is_told_in_the_words_of_its_options(quiz: Quiz):
    learner = new_learner()
    record(quiz, learner, sent(quiz, "single", *positions(quiz, "single", right=True)))
    (row,) = personal_data.answers(learner)
    assert (row["given"], row["right"], row["grade"]) == (["right one"], True, 1.0)


def test_a_question_is_told_in_its_own_words_and_an_option_without_its_marks(
    write_quiz: Callable[[str], Quiz], monkeypatch: pytest.MonkeyPatch
):
    options = "- [x] The **view**, by `x`\n  > f\n- [ ] b\n  > f\n"
    quiz = write_quiz(f"## Who runs `.delay()`? {{#who}}\n\n> Hint: h\n\n{options}\n> **Why:** w\n")
    monkeypatch.setattr("quiz.personal_data.course", vars(views)["course"])
    learner = new_learner()
    record(quiz, learner, sent(quiz, "who", *positions(quiz, "who", right=True)))
    (row,) = personal_data.answers(learner)
    assert (row["question"], row["given"], row["id"]) == ("Who runs .delay()?", ["The view, by x"], "who")


def test_a_grade_is_not_told_before_its_question_is_settled(quiz: Quiz):
    learner = new_learner()
    record(quiz, learner, sent(quiz, "single", *positions(quiz, "single", right=True)))
    right = positions(quiz, "several", right=True)
    record(quiz, learner, sent(quiz, "several", right[0]))
    told = "told when the question is settled"
    assert [row["grade"] for row in personal_data.answers(learner)] == [1.0, told]
    record(quiz, learner, sent(quiz, "several", *right, attempt=2))
    assert [row["grade"] for row in personal_data.answers(learner)] == [1.0, 0.5, 1.0]


def test_what_is_no_longer_asked_is_told_as_it_was_kept(quiz: Quiz, write_quiz, monkeypatch: pytest.MonkeyPatch):
    learner = new_learner()
    finish(quiz, learner)
    begin_again(quiz, learner, after=1)
    monkeypatch.setattr("quiz.personal_data.course", Course)
    assert len(personal_data.answers(learner)) == 4
    assert [row["questions"] for row in personal_data.goes(learner)] == [["single"]]
