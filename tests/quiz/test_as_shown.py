"""A line of a file is shown as its own characters wherever it is shown, and what is checked is what is shown."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lessons.catalog import Course, Lesson
from lessons.reading import ModePage
from lessons.scanning import Problem
from lessons.shown import words_in
from quiz.personal_data import in_words
from quiz.predictions.reading import read as read_predictions
from quiz.questions import Question, Quiz
from quiz.reading import read
from tests.lessons.test_lines import LINES, one_line, shown
from tests.quiz.journey import Journey

# As they stand in a file, at the end of a line that begins with a box or a sign: without white space around them.
TYPED = [line for line in LINES if line == one_line(line)]


def source(option: str = "right", text: str = "Q", other: str = "another", below: str = "") -> str:
    return f"## {text} {{#q}}\n\n> Hint: h\n\n- [x] {option}\n{below}  > f\n- [ ] {other}\n  > f\n\n> **Why:** w\n"


def question(text: str) -> Question:
    quiz, problems = read(text, "one")
    assert quiz.questions, problems
    return quiz.questions[0]


def told(text: str) -> list[tuple[int, str, bool]]:
    return [(problem.line, problem.message, problem.warning) for problem in read(text, "one")[1]]


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


@pytest.mark.parametrize("line", TYPED)
def test_an_option_is_shown_as_its_characters(line: str):
    option = question(source(line)).right[0]
    assert option.words.strip() == shown(option.html) == one_line(line)


@pytest.mark.parametrize("line", TYPED)
def test_a_question_is_shown_as_its_characters(line: str):
    assert shown(question(source(text=line)).text_html) == one_line(line)


@pytest.mark.parametrize("line", TYPED)
def test_a_step_is_shown_as_its_characters(line: str):
    quizzes = (read(f"## Q {{#q}}\n\n- [1] {line}\n- [2] b\n- [3] {third}\n", "one")[0] for third in "cdefghij")
    steps = next(quiz.questions[0] for quiz in quizzes if quiz.questions)  # an order may be drawn that is the right one
    assert shown(next(option.html for option in steps.options if option.place == 1)) == one_line(line)


@pytest.mark.parametrize("line", TYPED)
def test_a_hint_and_a_why_show_the_characters_beside_their_names(line: str):
    asked = question(f"## Q {{#q}}\n\n> Hint: {line}\n\n- [x] a\n- [ ] b\n\n> **Why:** {line}\n")
    assert shown(asked.hint_html) == shown(asked.why_html) == one_line(line)


@pytest.mark.parametrize("line", TYPED)
def test_a_prediction_is_shown_as_its_characters(line: str):
    asked, problems = read_predictions(
        f"## {line} {{#p}}\n\n> Measured: report-order\n\n- [sooner] {line}\n- [same] s\n- [later] l\n\n"
        f"## {line} {{#r}}\n\n- [x] {line}\n- [ ] other\n",
        "one",
    )
    assert not errors(problems)
    found = asked.asked[0]
    texts = [
        found.question.text_html,
        found.question.options[0].html,
        found.reason.text_html,
        found.reason.right[0].html,
    ]
    assert [shown(html) for html in texts] == [one_line(line)] * 4


SEEN = re.compile(
    r'<h3[^>]*>(.*?)</h3>|class="option-text"[^>]*>(.*?)(?: <span class="mark">[^<]*</span>)?</(?:span|div)>', re.DOTALL
)


def seen(page: str) -> list[str]:
    """The question and its options on a page."""
    return [shown(heading or option) for heading, option in SEEN.findall(page) if heading != "Your score"]


@pytest.mark.django_db
@pytest.mark.parametrize("begin", range(0, len(TYPED), 20))
def test_the_quiz_shows_the_characters_before_and_after_the_answer(begin: int, ask: Callable[[str], Quiz]):
    lines = TYPED[begin : begin + 20]
    options = "".join(f"- [{'x' if line == lines[0] else ' '}] {line}\n" for line in lines)
    quiz = ask(f"## {lines[0]} {{#q}}\n\n{options}")
    wanted = [one_line(lines[0]), *(option.words.strip() for option in quiz.questions[0].options)]
    assert {*wanted} == {one_line(line) for line in lines}
    journey = Journey()
    assert seen(journey.look()) == wanted
    (right,) = (place for place, option in enumerate(quiz.questions[0].options, 1) if option.is_right)
    assert seen(journey.choose(right)) == wanted


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Quiz]:
    """Makes a text the quiz of the lesson `one`, though it could be better."""

    def write(text: str) -> Quiz:
        quiz, problems = read(text, "one")
        assert not errors(problems)
        page = ModePage("performance", {"title": "A lesson"}, (), (), ())
        course = Course("A course", {"one": Lesson("one", 1, {"performance": page}, {"quiz.md": quiz})})
        monkeypatch.setattr("quiz.views.course", lambda: course)
        return quiz

    return write


MARKS = ["# ", "- ", "+ ", "1. ", "9) ", ": ", "| ", "> ", "{: ", "===", "---", "* ", ""]
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Cf", "Z"], exclude_characters="*_`<>&[]!\\~:@"), min_size=1
)


@given(st.sampled_from(MARKS), st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
@example("", "{#a}")
@example("", "\u0301")
def test_any_option_without_inline_marks_is_shown_as_its_characters(mark: str, text: str):
    line = (mark + text).strip()
    quiz, problems = read(source(line, other="an other one"), "one")
    if line != "an other one":
        assert quiz.questions, problems
        assert quiz.questions[0].right[0].words == one_line(line)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<b>", "<i>"), ("<b></b>", "a"), ("<Foo/>", "a"), ("<div>", "a"), ("<!-- a -->", "b"), ("&nbsp;", "a"),
        ("\u200b", "a"), ("&#8203;", "a"), ("\u00ad\u2060", "a"), ("<br>", "a"), ("\u3164", "a"), ("[](/a/)", "b"),
        ("\ufe0f", "a"), ("<script>a</script>", "b"), ("\u00a0", "a"),
    ],
)  # fmt: skip
def test_an_option_that_shows_nothing_is_an_error(one: str, other: str):
    line = next(message for message in told(source(one, other=other)) if not message[2])
    assert line[0] == 5
    assert "no text" in line[1]


def test_two_options_that_show_nothing_are_two_errors():
    found = [(line, message) for line, message, is_warning in told(source("<b>", other="<i>")) if not is_warning]
    assert [line for line, _ in found] == [5, 7]
    assert all("`<b>`" in message for _, message in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("&lt;b", "<b"), ("a  b", "a b"), ("\u00e9", "e\u0301"), ("ab", "a\u200bb"), ("a b", "a&nbsp;b"),
        ("*a*", "_a_"), ("**a**", "<b>a</b>"), ("<span>a</span>", "a"), ("List<String>", "List"),
        ("[a](/b/)", "[a](/c/)"), ("a<b></b>", "a"), ("a", "a\ufeff"), ("a&shy;b", "ab"), ("&#97;", "a"),
        ("<!-- b -->a", "a"), ("``a``", "`a`"), ("1&#46; a", "1. a"),
    ],
)  # fmt: skip
def test_two_options_that_look_the_same_are_an_error(one: str, other: str):
    found = [(line, message) for line, message, is_warning in told(source(one, other=other)) if not is_warning]
    assert [line for line, _ in found] == [7]
    assert "line 5" in found[0][1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("**a**", "a"),
        ("`True`", "True"),
        ("A b", "a B"),
        ("H<sub>2</sub>O", "H2O"),
        ("\ufb01x", "fix"),
        ("<u>a</u>", "a"),
    ],
)
def test_two_options_that_differ_in_markup_or_case_alone_are_a_warning(one: str, other: str):
    found = [
        (line, is_warning) for line, message, is_warning in told(source(one, other=other)) if "but for case" in message
    ]
    assert found == [(7, True)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("`True`", "`true`"), ("`a  b`", "`a b`"), ("a", "b"), ("![a](a.svg)", "![a](b.svg)"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u062e"),
        ("\u2764\ufe0f", "\u2764"), ("-5", "5"), ("a_b", "ab"), ("< 5", "> 5"),
    ],
)  # fmt: skip
def test_options_that_look_different_are_two(one: str, other: str):
    assert not [message for _, message, _ in told(source(one, other=other)) if "line 5" in message]


@pytest.mark.parametrize(
    ("text", "tag", "shown_as"),
    [
        ("List<String>", "<String>", "List"),
        ("If a<b and b>c", "<b and b>", "If ac"),
        ("x <Foo/> y", "<Foo/>", "x y"),
        ("map<int, List<T>>", "<T>", "map<int, List>"),
        ("The <script> tag stops it", "<script>", "The tag stops it"),
        ("Set<int> is one", "<int>", "Set is one"),
        ("a <div> b", "<div>", "a b"),
    ],
)
@pytest.mark.parametrize(
    ("write", "line"),
    [
        ("## Q {#q}\n\n- [x] %s\n- [ ] b\n", 3),
        ("## %s {#q}\n\n- [x] a\n- [ ] b\n", 1),
        ("## Q {#q}\n\n- [x] a\n  > f\n  > %s\n- [ ] b\n", 5),
        ("## Q {#q}\n\n> Hint: %s\n\n- [x] a\n- [ ] b\n", 3),
        ("## Q {#q}\n\n- [x] a\n- [ ] b\n\n> **Why:** one\n> `%s` %s\n", 7),
    ],
)
def test_a_tag_that_is_taken_out_is_told_with_its_line(text: str, tag: str, shown_as: str, write: str, line: int):
    whole = write.replace("%s", text)
    found = [problem for problem in read(whole, "one")[1] if f"the tag {tag} " in problem.message]
    assert [(problem.line, problem.warning) for problem in found] == [(line, True)]
    assert f"`{tag}`" in found[0].message
    row = whole.split("\n")[line - 1]
    assert row.startswith(tag, found[0].column - 1)
    assert f"`{text}" not in row[: found[0].column] or found[0].column > row.rindex("`")


def test_what_a_tag_leaves_is_what_a_reader_sees():
    assert (
        words_in(question(source("std::vector<int> v; map<int, List<T>>")).right[0].html)
        == "std::vector v; map<int, List>"
    )


def test_a_question_that_shows_nothing_is_an_error():
    found = [
        (line, is_warning) for line, message, is_warning in told(source(text="<b>")) if "question shows" in message
    ]
    assert found == [(1, False)]


def test_a_hint_a_why_or_feedback_that_shows_nothing_is_a_warning():
    text = "## Q {#q}\n\n> Hint: <b>\n\n- [x] a\n  > <i>\n- [ ] b\n  > f\n\n> **Why:** &nbsp;\n"
    assert [line for line, message, is_warning in told(text) if "shows no text" in message and is_warning] == [3, 10, 5]


def test_an_option_with_a_list_shows_it_below_its_line():
    html = question(source("text", below="  - a\n  - b\n")).right[0].html
    assert html == "<p>text</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_an_option_below_its_box_is_markdown():
    html = question(source("", below="  - a\n  - b\n")).right[0].html
    assert html == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_a_why_below_its_name_is_markdown():
    assert question(source().replace("> **Why:** w", "> **Why:**\n> - a\n> - b")).why_html.startswith("<ul>")


def test_what_a_learner_takes_along_has_the_characters_of_their_answer():
    asked = question(source("&lt;b> *is* 1 &amp; 2"))
    assert in_words([asked.right[0].key], asked) == ["<b> is 1 & 2"]


@pytest.mark.django_db
def test_a_question_and_its_options_take_the_direction_of_their_words(ask: Callable[[str], Quiz]):
    ask(source("\u05e9\u05dc\u05d5\u05dd `delay()`", text="\u0633\u0644\u0627\u0645"))
    page = Journey().look()
    assert re.search(r'<h3 id="question-q-text" dir="auto">\u0633\u0644\u0627\u0645</h3>', page)
    assert re.search(r'class="option-text" dir="auto">\u05e9\u05dc\u05d5\u05dd <code dir="ltr">delay\(\)</code>', page)
