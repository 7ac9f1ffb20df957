from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.kinds import grade
from quiz.questions import short_hash
from quiz.reading import read
from tests.quiz.conftest import SOURCE, quiz_from

IDS = st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True)


CHOICE = "- [x] one\n- [ ] two\n- [ ] three\n- [ ] four\n"
STEPS = "- [1] one\n- [2] two\n- [3] three\n- [4] four\n"


def shown(question_id: str, options: str) -> list[str]:
    return [option.text for option in read(f"## Q {{#{question_id}}}\n\n{options}", "one")[0].questions[0].options]


@given(IDS, st.permutations(CHOICE.splitlines()))
def test_options_are_shown_in_one_order_whatever_the_files(question_id: str, rows: list[str]):
    assert shown(question_id, "\n".join(rows)) == shown(question_id, CHOICE)


def test_the_right_option_is_shown_at_every_place():
    assert {shown(f"question-{number}", CHOICE).index("one") for number in range(100)} == {0, 1, 2, 3}


@given(IDS)
def test_steps_are_never_shown_in_their_right_order(question_id: str):
    quiz, problems = read(f"## Q {{#{question_id}}}\n\n{STEPS}", "one")
    if any("drawn in their right order" in problem.message for problem in problems):
        return  # and so not asked
    (question,) = quiz.questions
    assert sorted(option.text for option in question.options) == sorted(["one", "two", "three", "four"])
    assert [option.text for option in question.options] != ["one", "two", "three", "four"]


@given(IDS)
def test_the_order_of_steps_as_shown_does_not_follow_from_the_right_one(question_id: str):
    sources = [STEPS, "- [4] one\n- [3] two\n- [2] three\n- [1] four\n"]
    asked = [read(f"## Q {{#{question_id}}}\n\n{source}", "one")[0].questions for source in sources]
    orders = {tuple(option.text for option in question.options) for questions in asked for question in questions}
    assert len(orders) == 1  # at most one of the two is refused, and where neither is, they look alike


@settings(deadline=None)
@given(st.sets(st.integers(0, 3)))
def test_several_are_right_only_when_exactly_the_key_is_chosen(chosen: set[int]):
    question = quiz_from(SOURCE).questions[1]
    keys = [question.options[place].key for place in chosen]
    assert (grade(question, keys) == 1) is all(
        option.is_right is (place in chosen) for place, option in enumerate(question.options)
    )


def test_a_single_choice_has_one_right_option_and_a_multiple_choice_several():
    quiz = quiz_from(SOURCE)
    assert [question.has_several_right for question in quiz.questions] == [False, True, False]


def test_the_version_changes_with_what_is_asked_and_not_with_how_it_is_explained():
    def version(source: str) -> str:
        return quiz_from(source).questions[0].version

    assert version(SOURCE) == version(SOURCE.replace("feedback-single-1", "better").replace("why-single", "better"))
    assert version(SOURCE) == version(SOURCE.replace("{#last}", "{#other}"))
    changed = [
        SOURCE.replace("One of three?", "One of these?"),
        SOURCE.replace("Stem of the first.", "Another stem."),
        SOURCE.replace("wrong one", "wrong 1"),
        SOURCE.replace("- [ ] wrong one", "- [x] wrong one"),
    ]
    assert len({version(SOURCE), *map(version, changed)}) == 5


def test_an_option_keeps_its_key_wherever_it_stands():
    moved = (
        SOURCE.replace("right one", "x").replace("wrong one", "right one").replace("- [ ] right one", "- [x] right one")
    )
    keys = {option.text: option.key for option in quiz_from(SOURCE).questions[0].options}
    assert keys["right one"] in {option.key for option in quiz_from(moved).questions[0].options}


def test_parts_of_a_hash_do_not_run_into_each_other():
    assert short_hash("ab", "c") != short_hash("a", "bc") != short_hash("abc")
