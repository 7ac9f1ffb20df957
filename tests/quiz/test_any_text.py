"""Whatever somebody saves as quiz.md, they get questions or problems that name a line of it. Never an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.predictions.reading import read as read_predictions
from quiz.reading import read
from tests.quiz.conftest import PREDICTED, SOURCE
from tests.quiz.every_kind import SOURCE as EVERY_KIND

PIECES = [
    *{line + "\n" for source in (SOURCE, EVERY_KIND) for line in source.split("\n")},
    "- [~] 3 s ± 10 %\n", "- [~] ", "- [>]\n", "- [12] ", "- [=] `\n", "- [none] a\n", "> Runs: line 9 in both\n",
    "---\nattempts: 1\ndraw: 2\n---\n", "±", "1e99", "9" * 40,
    "```\n", "  ```python\n", "> ```\n", "~~~\n", "---\n", "/// quiz\n", "<div>", "{#", "}", "[x]", "- [", "\t", "\r\n",
    "\u2028", "\x0c", "\x00", "|a|\n|-|\n", "[^1]", "*[a]: b\n", "&", "{: #a .b }", "![a](b)", "1. [x] a\n", "`",
]  # fmt: skip

TYPED = {"number", "text", "output"}  # one accepted answer is enough

texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@settings(max_examples=150, deadline=None)
@given(texts)
def test_any_text_gives_questions_or_problems_with_lines(text: str):
    quiz, problems = read(text, "one")
    rows = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(rows)
        assert problem.column >= 1
    if not any(not problem.warning for problem in problems):
        assert quiz.questions
        for question in quiz.questions:
            assert len(question.options) >= (1 if question.kind in TYPED else 2)
            assert question.right or question.kind == "order"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([SOURCE, EVERY_KIND]), st.floats(0, 1), st.integers(0, 40), st.text(max_size=10))
def test_any_edit_of_a_good_quiz_gives_questions_or_problems(source: str, share: float, cut: int, insert: str):
    place = round(share * len(source))
    quiz, problems = read(source[:place] + insert + source[place + cut :], "one")
    assert quiz.questions or problems


@settings(max_examples=100, deadline=None)
@given(texts)
def test_any_text_can_be_feedback(text: str):
    quoted = "\n".join(f"  > {row}" for row in text.split("\n"))
    quiz, problems = read(f"## Q {{#q}}\n\n- [ ] a\n{quoted}\n- [x] b\n", "one")
    broken = [problem for problem in problems if not problem.warning]
    assert bool(quiz.questions) is not bool(broken)
    assert not broken or any("never closed" in problem.message for problem in broken)


predicted = st.lists(
    st.sampled_from([*PIECES, *{line + "\n" for line in PREDICTED.split("\n")}, "- [sooner]", "> Measured: inp\n"]),
    max_size=25,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), predicted))
def test_any_text_gives_predictions_or_problems_with_lines(text: str):
    asked, problems = read_predictions(text, "one")
    rows = text.split("\n")
    assert all(1 <= problem.line <= len(rows) and problem.column >= 1 for problem in problems)
    assert bool(asked.asked) is not any(not problem.warning for problem in problems)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PREDICTED)), st.integers(0, 40), st.text(max_size=10))
def test_any_edit_of_good_predictions_gives_predictions_or_problems(place: int, cut: int, insert: str):
    asked, problems = read_predictions(PREDICTED[:place] + insert + PREDICTED[place + cut :], "one")
    assert asked.asked or problems
