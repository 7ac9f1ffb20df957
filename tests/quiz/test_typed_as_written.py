"""An answer that is to be typed is no Markdown: what looks like a tag in it is text, and nothing else is said of it."""

import pytest

from quiz.reading import read
from quiz.written import DraftedOption, DraftedQuestion
from teach.question_form import with_question

FRONT = "---\ntitle: T\n---\n\n"
TEXT = "## Q {#q}\n\n- [=] %s\n  > f\n- [ ] a %s\n  > f\n"
OUTPUT = "## Q {#q}\n\n```python\n1\n```\n\n- [>] %s\n  > f\n- [ ]\n  ```text\n  a\n  %s\n  ```\n  > f\n"
every_answer = pytest.mark.parametrize("answer", ["List<String>", "<b>", "<script>", "<String>"])
every_source = pytest.mark.parametrize("source", [TEXT, OUTPUT], ids=["text", "output"])


@every_answer
@every_source
def test_a_typed_answer_has_no_tags_and_none_is_told_of(source: str, answer: str):
    quiz, problems = read(FRONT + source.replace("%s", answer) + "\n> Hint: h\n\n> **Why:** w\n", "one")
    assert problems == []
    assert all(answer in option.words for option in quiz.questions[0].options)


@every_answer
@every_source
def test_a_tag_beside_a_typed_answer_is_told_where_it_stands(source: str, answer: str):
    text = FRONT + source.replace("%s", answer).replace("> f", f"> {answer}") + f"\n> Hint: {answer}\n"
    rows = text.split("\n")
    found = [problem.line for problem in read(text, "one")[1] if "the tag" in problem.message]
    assert sorted(found) == [number for number, row in enumerate(rows, 1) if row.lstrip().startswith(">")]


@pytest.mark.parametrize("answers", [("<b>", "<i>"), ("<!-- x -->", "<!-- y -->"), ("&lt;", "<"), ("*a*", "_a_")])
def test_typed_answers_that_would_look_alike_as_markdown_are_two(answers: tuple[str, str]):
    quiz, problems = read("## Q {{#q}}\n\n- [=] {}\n- [ ] {}\n".format(*answers), "one")
    assert not [problem for problem in problems if not problem.warning]
    assert [option.words for option in quiz.questions[0].options] == list(answers)


def test_an_answer_that_nobody_sees_is_none():
    problems = read("## Q {#q}\n\n- [=] \u2800\n- [ ] x\n", "one")[1]
    assert (3, "the answer has no text") in [(problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize("answer", ["List<String>", "<b>"])
def test_in_the_studios_form_too(answer: str):
    options = (DraftedOption(answer, "=", "f"), DraftedOption("<i>", " ", "f"))
    quiz, _, wrong = with_question("", DraftedQuestion("Q", "", "", options, "h", "w"))
    assert wrong == []
    read_back, problems = read(quiz, "one")
    assert problems == []
    assert [option.words for option in read_back.questions[0].options] == [answer, "<i>"]
