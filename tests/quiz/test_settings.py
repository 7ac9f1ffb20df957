"""What an author may set for a whole quiz: attempts, the pass mark, how many are drawn, options that stay in order."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.progress import Attempt, progress
from quiz.questions import Quiz
from quiz.reading import read
from quiz.sampling import sampled

QUESTION = """## Question {0}? {{#q{0}}}

> Hint: h

- [x] right {0}
  > f
- [ ] wrong {0}
  > f
- [ ] something else
  > f

> **Why:** w

"""
POOL = "".join(QUESTION.format(number) for number in range(1, 9))


def quiz(front_matter: str, source: str = POOL) -> Quiz:
    found, problems = read(f"---\n{front_matter}\n---\n{source}", "one")
    assert not problems
    return found


DRAWN = quiz("draw: 3")


def attempt(question: str, number: int = 1, *, right: bool) -> Attempt:
    return Attempt(question, 1, number, [], float(right), right, "")


def test_as_many_attempts_as_the_author_gives():
    three = quiz("attempts: 3")
    state = progress(three, uuid4(), [attempt("q1", number, right=False) for number in (1, 2)], {})
    assert state.go.current
    assert state.go.current.question.id == "q1"
    state = progress(three, uuid4(), [attempt("q1", number, right=False) for number in (1, 2, 3)], {})
    assert state.go.current
    assert state.go.current.question.id == "q2"


def test_with_one_attempt_a_hint_would_never_be_seen_and_need_not_be_there():
    assert quiz("attempts: 1", QUESTION.format(1).replace("> Hint: h\n", "")).tries == 1


@pytest.mark.parametrize(("right", "passes"), [(5, False), (6, True), (8, True)])
def test_a_quiz_is_passed_from_the_pass_mark_on(right: int, passes: bool):
    attempts = [attempt(f"q{number}", right=number <= right) for number in range(1, 9)]
    attempts += [attempt(f"q{number}", 2, right=True) for number in range(right + 1, 9)]
    state = progress(quiz("pass: 75"), uuid4(), attempts, {})
    assert state.is_over
    assert state.has_passed is passes
    assert state.is_done is passes


@pytest.mark.parametrize(("mark", "grades"), [(75, (1, 2 / 3, 2 / 3, 2 / 3)), (50, (1, 1 / 3, 1 / 3, 1 / 3))])
def test_who_is_exactly_on_the_pass_mark_has_passed(mark: int, grades: tuple[float, ...]):
    four = quiz(f"pass: {mark}", "".join(map(QUESTION.format, range(1, 5))))
    attempts = [Attempt(f"q{at}", 1, 1, [], grade, grade == 1, "") for at, grade in enumerate(grades, 1)]
    attempts += [attempt(f"q{number}", 2, right=True) for number in (2, 3, 4)]
    state = progress(four, uuid4(), attempts, {})
    assert state.has_passed


def test_without_a_pass_mark_whoever_answered_everything_is_done():
    attempts = [attempt(f"q{number}", n, right=False) for number in range(1, 9) for n in (1, 2)]
    assert progress(quiz("title: t"), uuid4(), attempts, {}).is_done


@given(st.uuids())
def test_each_learner_is_asked_as_many_as_are_drawn_and_always_the_same(learner: UUID):
    asked = sampled(DRAWN, learner, frozenset())
    assert len(asked) == 3
    assert asked == sampled(DRAWN, learner, frozenset())
    # What was answered is among what is asked: answering draws nothing anew.
    for question in asked:
        assert sampled(DRAWN, learner, {question}) == asked


def test_learners_are_drawn_different_questions():
    assert len({sampled(DRAWN, UUID(int=number), frozenset()) for number in range(50)}) > 10


@settings(deadline=None)
@given(st.uuids(), st.integers(1, 8))
def test_a_question_that_leaves_the_pool_is_replaced_and_no_other_one_changes(learner: UUID, gone: int):
    before = sampled(DRAWN, learner, frozenset())
    rest = "".join(QUESTION.format(number) for number in range(1, 9) if number != gone)
    after = sampled(quiz("draw: 3", rest), learner, frozenset())
    assert len(after) == 3
    assert before - {f"q{gone}"} <= after


@settings(deadline=None)
@given(st.uuids())
def test_what_was_answered_stays_when_fewer_are_drawn(learner: UUID):
    answered = {"q1", "q2", "q3", "q4"}
    assert sampled(quiz("draw: 2"), learner, answered) == answered


def test_options_that_must_stay_in_order_do():
    kept = quiz("keep-order: q1, q3").questions
    assert [option.text for option in kept[0].options] == ["right 1", "wrong 1", "something else"]
    assert [option.text for option in kept[1].options] != ["right 2", "wrong 2", "something else"]


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("attempts: 0", "2:11: “attempts”"),
        ("attempts: 6", "2:11: “attempts”"),
        ("pass: 101", "2:7: “pass”"),
        ("pass: high", "2:7: “pass”"),
        ("title: t\ndraw: 9", "3:1: “draw” is 9, and there are 8 questions to draw from"),
        ("keep-order: q1, q9", "2:1: “keep-order” names “q9”, and no question has that id"),
        ("marks: 3", "2:1:"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_with_its_line(front_matter: str, expected: str):
    problem = read(f"---\n{front_matter}\n---\n{POOL}", "one")[1][0]
    assert f"{problem.line}:{problem.column}: {problem.message}".startswith(expected)
