from uuid import UUID

from quiz.progress import Attempt, Progress, Score, progress
from quiz.questions import Quiz
from tests.quiz.conftest import SOURCE, quiz_from

LEARNER = UUID(int=1)


def at(*recorded: tuple[str, int, int, bool], goes: dict[int, list[str]] | None = None, quiz: Quiz | None = None):
    """The progress after attempts at (question, go, attempt, right)."""
    attempts = [Attempt(question, go, number, [], float(right), right, "v") for question, go, number, right in recorded]
    return progress(quiz or quiz_from(SOURCE), LEARNER, attempts, goes or {})


def open_at(state: Progress) -> tuple[int, str, int] | None:
    current = state.go.current
    return (state.go.number, current.question.id, len(current.attempts) + 1) if current else None


RIGHT = [("single", 1, 1, True), ("several", 1, 1, True), ("last", 1, 1, True)]


def test_it_begins_with_the_first_question():
    assert open_at(at()) == (1, "single", 1)
    assert not at().is_begun


def test_a_right_answer_opens_the_next_question():
    assert open_at(at(RIGHT[0])) == (1, "several", 1)


def test_a_wrong_answer_leaves_one_more_try_and_then_the_next_question():
    assert open_at(at(("single", 1, 1, False))) == (1, "single", 2)
    assert open_at(at(("single", 1, 1, False), ("single", 1, 2, False))) == (1, "several", 1)
    assert open_at(at(("single", 1, 1, False), ("single", 1, 2, True))) == (1, "several", 1)


def test_only_first_attempts_count_for_the_score():
    state = at(("single", 1, 1, False), ("single", 1, 2, True), *RIGHT[1:])
    assert state.is_over
    assert state.score == Score(2, 3)
    assert state.missed == ("single",)


def test_a_later_go_asks_what_was_missed_and_leaves_the_score():
    missed = [("single", 1, 1, False), ("single", 1, 2, True), *RIGHT[1:]]
    state = at(*missed, goes={2: ["single"]})
    assert open_at(state) == (2, "single", 1)
    state = at(*missed, ("single", 2, 1, False), ("single", 2, 2, False), goes={2: ["single"]})
    assert state.is_over
    assert (state.score, state.go.score, state.missed, state.latest) == (Score(2, 3), Score(0, 1), ("single",), 2)
    state = at(*missed, ("single", 2, 1, True), goes={2: ["single"]})
    assert (state.score, state.go.score, state.missed) == (Score(2, 3), Score(1, 1), ())


def test_the_order_in_which_answers_are_read_makes_no_difference():
    recorded = [("single", 1, 1, False), ("single", 1, 2, False), *RIGHT[1:]]
    assert at(*recorded) == at(*reversed(recorded))


def test_a_question_that_has_left_the_quiz_plays_no_part():
    shorter = quiz_from(SOURCE[: SOURCE.index("## The last?")])
    assert at(("last", 1, 1, False), *RIGHT[:2], quiz=shorter).score == Score(2, 2)
    state = at(*RIGHT[:2], goes={2: ["last"]}, quiz=shorter)
    assert state.is_over
    assert state.go.number == 1


def test_a_question_that_is_new_in_the_quiz_is_asked_in_the_first_go():
    longer = quiz_from(SOURCE + SOURCE[SOURCE.index("## The last?") :].replace("{#last}", "{#new}"))
    state = at(*RIGHT, goes={2: ["single"]}, quiz=longer)
    assert open_at(state) == (1, "new", 1)
    state = at(
        *RIGHT, ("new", 1, 1, False), ("new", 1, 2, False), ("single", 2, 1, True), goes={2: ["single"]}, quiz=longer
    )
    assert (state.go.number, state.missed) == (2, ("new",))


def test_an_answer_to_an_older_version_stands_and_is_told_apart():
    state = at(RIGHT[0])
    assert state.go.settled[0].has_changed
