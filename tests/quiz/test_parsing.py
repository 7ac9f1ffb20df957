import pytest

from quiz.parsing import parse
from quiz.reading import read
from tests.quiz.conftest import SOURCE


def problems(source: str, *, warnings: bool = False) -> list[str]:
    found = read(source, "one")[1]
    return [f"{p.line}:{p.column}: {p.message}" for p in found if p.warning is warnings]


def test_a_question_is_read_piece_by_piece():
    questions, found = parse(
        "## Why `this`? {#why-this}\n\nProse.\n\n```python\n## no heading\n- [x] no option\n```\n\n"
        "| a |\n|---|\n| 1 |\n\n> a quote\n\n> Hint: look\n>\n> closely\n\n"
        "- [ ] one\n  goes on\n  > no\n  > at all\n- [X] two\n\n  ```python\n  code()\n  ```\n  > yes\n"
        "* [ ] three\n+ [ ] four\n\n"
        "> **Why:** because\n> of it\n"
    )
    assert not found
    (question,) = questions
    assert (question.text, question.id) == ("Why `this`?", "why-this")
    assert (
        question.stem == "Prose.\n\n```python\n## no heading\n- [x] no option\n```\n\n| a |\n|---|\n| 1 |\n\n> a quote"
    )
    assert question.hint == "look\n\nclosely"
    assert question.why == "because\nof it"
    assert [(option.text, option.feedback, option.is_right) for option in question.options] == [
        ("one\ngoes on", "no\nat all", False),
        ("two\n\n```python\ncode()\n```", "yes", True),
        ("three", "", False),
        ("four", "", False),
    ]


@pytest.mark.parametrize("text", ["> Hint: h", "> **Hint:** h", "> **hint**: h", ">HINT: h"])
def test_a_hint_may_be_written_as_people_write_it(text: str):
    assert parse(f"## Q {{#q}}\n{text}\n")[0][0].hint == "h"


def test_code_in_an_option_keeps_what_it_is_indented_by():
    question = parse("## Q {#q}\n- [ ] a\n\n    ```python\n    if x:\n        y()\n    ```\n")[0][0]
    assert question.options[0].text == "a\n\n```python\nif x:\n    y()\n```"


def test_a_good_quiz_has_no_problems():
    assert problems(SOURCE) == []
    assert problems(SOURCE, warnings=True) == []


GOOD = "\n- [ ] a\n  > f\n- [x] b\n  > f\n\n> Hint: h\n\n> **Why:** w\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "1:1: there is no question"),
        ("## Q" + GOOD, "1:5: the question needs an id"),
        ("## {#q}" + GOOD, "1:3: the question has no text"),
        ("## Q {#No}" + GOOD, "1:8: the id “No” must be"),
        ("## Q {#}" + GOOD, "1:8: the question needs an id"),
        (f"## Q {{#{'q' * 61}}}" + GOOD, "1:8: the id “qqq"),
        ("## Q {#q}" + GOOD + "## R {#q}" + GOOD, "10:8: the id “q” is that of the question on line 1"),
        ("text\n\n## Q {#q}" + GOOD, "1:1: there is text before the first question"),
        ("# Title\n\n## Q {#q}" + GOOD, "1:1: the only heading"),
        ("## Q {#q}\n### More\n" + GOOD, "2:1: the only heading"),
        ("## Q {#q}\n- [x] a\n", "1:1: a question has 2 to 26 options, not 1"),
        ("## Q {#q}\n", "1:1: a question has 2 to 26 options, not 0"),
        ("## Q {#q}\n- [ ] a\n- [ ] b\n", "1:1: no option is right"),
        ("## Q {#q}\n- [ ]\n- [x] b\n", "2:6: the option has no text"),
        ("## Q {#q}\n- [ ] a\n- [x] a\n", "3:7: the option says the same as the one on line 2"),
        ("## Q {#q}\n- [ ] a\n- [x]b\n- [x] c\n", "3:1: an option begins at the left edge"),
        ("## Q {#q}\n- [ ] a\n  - [x] b\n- [x] c\n", "3:3: an option begins at the left edge"),
        ("## Q {#q}\n1. [ ] a\n- [ ] b\n- [x] c\n", "2:1: an option begins at the left edge"),
        ("## Q {#q}\n- [y] a\n- [ ] b\n- [x] c\n", "2:1: an option begins at the left edge"),
        ("## Q {#q}\n/// tips\n///\n" + GOOD, "2:1: a quiz holds no blocks"),
        ("## Q {#q}\n" + GOOD + "\nmore\nand more\n", "12:1: text after the options"),
        ("## Q {#q}\n- [ ] a\nlazy\n- [x] b\n", "3:1: what belongs to an option is indented"),
        ("## Q {#q}\n- [ ] a\n - b\n- [x] b\n", "3:2: what belongs to an option is indented"),
        ("## Q {#q}\n- [ ] a\n  > f\n  lazy\n- [x] b\n", "4:3: an option's text stands above its feedback"),
        ("## Q {#q}\n> Hint: h\nlazy\n" + GOOD, "3:1: a quote goes on with >"),
        ("## Q {#q}\n> Hint: h\n\n> lost\n" + GOOD, "4:1: a quote here begins with"),
        ("## Q {#q}\n- [ ] a\n  > f\n> Why not\n- [x] b\n", "4:1: a quote here begins with"),
        ("## Q {#q}\n> Hint: h\n" + GOOD, "9:1: the question has a second hint"),
        ("## Q {#q}\n- [ ] a\n- [x] b\n> Hint: h\n  > lost\n", "5:3: this belongs to no option"),
        ("## Q {#q}\n```\n" + GOOD, "2:1: the code block is never closed"),
        ("---\ntitel: x\n---\n## Q {#q}" + GOOD, "2:1: unknown field “titel”"),
        ("---\ntitle: x\n---\n## Q" + GOOD, "4:5: the question needs an id"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_column(source: str, expected: str):
    found = problems(source)
    assert any(problem.startswith(expected) for problem in found), found


def test_everything_that_is_wrong_is_reported_at_once():
    assert len(problems("lost\n## Q\n- [ ] a\n## R {#R}\n- [x]\n- [ ] \n")) == 6


def test_lines_in_a_row_are_reported_once():
    assert len(problems("one\ntwo\nthree\n\n## Q {#q}" + GOOD)) == 1


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("\n  > f\n- [x]", "2:1: the option has no feedback"),
        ("> Hint: h\n\n", "1:1: the question has no hint"),
        ("> **Why:** w\n", "1:1: the question has no why"),
    ],
)
def test_a_missing_explanation_is_a_warning(without: str, expected: str):
    source = "## Q {#q}" + GOOD.replace(without, "\n- [x]" if "[x]" in without else "")
    assert problems(source) == []
    assert [problem.startswith(expected) for problem in problems(source, warnings=True)] == [True]


def test_every_option_right_is_a_warning():
    found = problems("## Q {#q}" + GOOD.replace("[ ]", "[x]"), warnings=True)
    assert [problem.startswith("1:1: every option is right") for problem in found] == [True]


def test_a_link_in_a_list_is_no_option():
    assert problems("## Q {#q}\n- [x](/y)\n- [a](/b)\n\n" + GOOD) == []
