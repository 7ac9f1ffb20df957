"""What is typed into the studio's form of a question is shown as the same text in a quiz.md would be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions import Question
from quiz.reading import read
from quiz.written import DraftedOption, DraftedQuestion
from teach.composing import compose
from teach.question_form import with_question
from tests.lessons.test_lines import LINES, one_line, shown
from tests.quiz.test_as_shown import MARKS, WORDS


def written(option: str = "right", text: str = "Q", quote: str = "h", other: str = "another") -> DraftedQuestion:
    options = (DraftedOption(option, "x", "f"), DraftedOption(other, " ", "f"))
    return DraftedQuestion(text, "", "", options, quote, quote)


def asked(question: DraftedQuestion) -> Question:
    quiz, _, wrong = with_question("", question)
    assert wrong == []
    return read(quiz, "one")[0].questions[0]


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_form_is_shown_as_its_characters(line: str):
    question = asked(written(line, line, line))
    shown_to_learners = [question.text_html, question.right[0].html, question.hint_html, question.why_html]
    assert [shown(html) for html in shown_to_learners] == [one_line(line)] * 4


@pytest.mark.parametrize("line", LINES)
def test_a_step_of_the_form_is_shown_as_its_characters(line: str):
    def steps(third: str) -> DraftedQuestion:
        rows = enumerate((line, "b", third), 1)
        return DraftedQuestion("Q", "", "", tuple(DraftedOption(text, str(place)) for place, text in rows))

    drafts = (with_question("", steps(third)) for third in "cdefghij")
    quiz = next(text for text, _, wrong in drafts if not wrong)  # an order may be drawn that is the right one
    assert one_line(line) in [shown(option.html) for option in read(quiz, "one")[0].questions[0].options]


@given(st.sampled_from(MARKS), st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_any_option_of_the_form_is_shown_as_its_characters(mark: str, text: str):
    line = (mark + text).strip()
    assert asked(written(line, other="an other one" if line != "an other one" else "b")).right[0].words == one_line(
        line
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("text\n- a\n- b", "<p>text</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> 90\nmore", "&gt; 90\nmore"),
        ("# 3  \nmore", "# 3<br>\nmore"),
        ("- 5\n\nmore", "<p>- 5</p>\n<p>more</p>"),
        ("- 5  ", "- 5"),
        ("# 3\n\n- a\n- b", "<p># 3</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ],
)
def test_a_field_of_several_lines_begins_with_a_line(text: str, html: str):
    question = asked(written(text, quote=text))
    assert question.right[0].html == html
    quoted = html if html.startswith("<") else f"<p>{html}</p>"
    assert question.hint_html == question.why_html == quoted


@pytest.mark.parametrize(("one", "other", "wrong"), [("<b>", "a", "shows no text"), ("&lt;a", "<a", "looks the same")])
def test_what_is_not_shown_is_told_in_the_form(one: str, other: str, wrong: str):
    _, _, found = with_question("", written(one, other=other))
    assert [message for message in found if wrong in message and message.startswith("Row ")]


def test_a_tag_that_is_taken_out_is_told_in_the_editor_to_which_the_form_leads():
    quiz, _, wrong = with_question("", written("List<String>"))
    assert wrong == []
    (problem,) = (each for each in read(quiz, "one")[1] if "the tag <String>" in each.message)
    assert quiz.split("\n")[problem.line - 1] == "- [x] List<String>"


def test_a_list_in_an_option_stands_below_its_box():
    assert "- [x]\n  - a\n  - b\n" in compose(written("- a\n- b"))
