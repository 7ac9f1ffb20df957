"""Whatever line an author types, it goes out to Moodle and comes back as it was written."""

import pytest
from hypothesis import assume, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from quiz.kinds.kind import plain
from quiz.parsing import parse
from quiz.reading import read
from quiz.written import DraftedQuestion
from teach.composing import begins_beside, carried, drafted
from teach.exchange.exporting import gift_of
from teach.exchange.importing import imported
from teach.exchange.one_line import incoming, outgoing

LINES = [
    "> 90 degrees", "- 90 degrees", "- 5", "+ 5", "* 5", "-", "# 3", "###", "#", "1986. A year", "1) one", "0.", "C#",
    "What is C#", "---", "***", "* * *", "___", "===", "```", "``` python", "~~~", "`a` b", "[a]: b", "[^1]: note",
    "*[ab]: c", "| a | b |", "|-|", ": x", "{: .x}", "{#q}", "{=a ~b}", "a -> b", "=a", "~a", "%50%a", "%", "####a",
    "//a", "::a::", "[html]<b>a</b>", "[markdown]a", "[x]", "$CATEGORY: a", "<b>", "<div>a</div>", "<pre>",
    "<!-- a -->", "<span></span><pre>",
    "\\", "\\\\", "\\n", "\\> 9", "\\# 3", "&#62; 9", "&#062; 9", "&#35;", "1986\\. A", "1986&#46; A",
    "/// quiz", "a  b", "**a** *b*", "_a_", "&lt;", "&amp;lt;", "List<String>", "If a<b and b>c", "1,500", "ANSWER: A",
    "A. a", "T", "TRUE", "*", "*a*", "\\*", "\N{NO-BREAK SPACE}a", "\u2028", "\u202eabc", "אבג", "a\tb", "Hint: x",
    "**Why:** x", "https://a.example/b_c", "@@PLUGINFILE@@", "_____", "\\(x\\)", "$$x$$", "[a](b)", "- [x] a",
    "~~~ a ~~~",
]  # fmt: skip
lines = st.one_of(
    st.sampled_from(LINES),
    st.tuples(st.sampled_from(LINES), st.sampled_from(LINES)).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12),
    st.text("#>-+*~`_|=:.)0123456789 \\&;[]{}<>!/%n", max_size=8),
)


def there_and_back(source: str) -> tuple[list[DraftedQuestion], list[DraftedQuestion]]:
    """What a quiz.md holds, and what is left of it after an export and an import."""
    assume(not [one for one in read(source, "one")[1] if not one.warning])
    written, _ = parse(source)
    assume(all(begins_beside(option.text) for question in written for option in question.options))
    gift, report = gift_of(source)
    assume(not [one for one in report if not one.warning or "picture" in one.message])  # it is no question, and said
    first = [carried(drafted(question)) for question in written]
    return first, [one.drafted for one in imported(gift, "one", (), "gift").questions]


@pytest.mark.parametrize("line", LINES)
def test_a_line_goes_out_and_comes_back(line: str):
    assert incoming(outgoing(line)) == line


@given(lines)
@hypothesis(max_examples=500)
def test_any_line_goes_out_and_comes_back(line: str):
    assert incoming(outgoing(line)) == line


@given(lines, lines, lines, lines)
@example("> 90 degrees", "> 90 degrees", "> 90 degrees", "> 90 degrees")
@example("What is C#", "- 5", "# 3", "1986. A year")
@hypothesis(max_examples=300, deadline=None)
def test_any_line_of_a_choice_comes_back_as_written(text: str, option: str, feedback: str, why: str):
    source = f"## {text} {{#q}}\n\n- [x] {option}\n  > {feedback}\n- [ ] other\n\n> **Why:** {why}\n"
    first, again = there_and_back(source)
    assert again == first


@given(st.lists(lines.filter(str.strip), min_size=3, max_size=3, unique=True))
@hypothesis(max_examples=200, deadline=None)
def test_any_steps_come_back_as_written(steps: list[str]):
    one, two, three = steps
    source = f"## Order? {{#q}}\n\n- [1] {one}\n- [2] {two}\n- [3] {three}\n"
    first, again = there_and_back(source)
    assert again == first


@given(lines, lines)
@hypothesis(max_examples=200, deadline=None)
def test_any_answer_to_be_typed_comes_back_without_what_does_not_count(answer: str, feedback: str):
    first, again = there_and_back(f"## Which? {{#q}}\n\n- [=] {answer}\n  > {feedback}\n")
    assert [[one.feedback for one in question.options] for question in again] == [
        [one.feedback for one in question.options] for question in first
    ]
    for question in again:
        (there,), (here,) = question.options, first[0].options
        assert there.text == " ".join(plain(there.text).split())
        assert there.text in " ".join(here.text.split())
