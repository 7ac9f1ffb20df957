"""Which lines of a file in Aiken belong to a question, and what is said of those that belong to none."""

import pytest

from teach.exchange.importing import Imported, imported

BELOW = "A. x\nB. y\nANSWER: A\n"


def read(text: str) -> Imported:
    return imported(text, "one", (), "aiken")


def said(text: str) -> list[str]:
    return [f"{one.line}: {one.message}" for one in read(text).report]


@pytest.mark.parametrize(
    ("above", "text", "stem"),
    [
        ("Django is slow\nWhy?\n", "Django is slow", "Why?"),
        ("Given this code\nWhich is right?\n", "Given this code", "Which is right?"),
        ("Consider this program\nWhat prints?\n", "Consider this program", "What prints?"),
        ("What prints?\n\nx = [1, 2]\nprint(x)\n\n", "What prints?", "```text\nx = [1, 2]\nprint(x)\n```"),
        ("What prints\n\nprint(1)\n\n", "What prints", "```text\nprint(1)\n```"),
        (
            "Look at it\n\nx = 1\nprint(x)\n\nWhat prints?\n",
            "Look at it",
            "```text\nx = 1\nprint(x)\n```\n\nWhat prints?",
        ),
        ("Test 1 fails.\nWhy?\n", "Test 1 fails.", "Why?"),
        ("Part 2 of what?\nOf this one.\n", "Part 2 of what?", "Of this one."),
        ("# include it\nWhy?\n", r"\# include it", "Why?"),
    ],
)
def test_every_line_above_the_options_belongs_to_the_question(above: str, text: str, stem: str):
    for before in ("", "Who?\nA. x\nB. y\nANSWER: B\n\n", "Who?\nA. x\nB. y\nANSWER: B\n"):
        found = read(f"{before}{above}{BELOW}")
        drafted = found.questions[-1].drafted
        assert (drafted.text, drafted.stem) == (text, stem)
        assert found.report == ()


@pytest.mark.parametrize(
    "heading", ["Chapter 3 Queues", "Kapitel 3:", "Week IV", "-----", "Queues\n", "Chapter 3\nQueues\n", "# Queues\n"]
)
def test_a_heading_is_left_out_by_name(heading: str):
    found = read(f"{heading}\nWho?\n{BELOW}")
    assert [(taken.drafted.text, taken.drafted.stem) for taken in found.questions] == [("Who?", "")]
    assert [one.message for one in found.report] == [
        f"the line “{row}” belongs to no question, and is not carried" for row in heading.split("\n") if row
    ]


@pytest.mark.parametrize("row", ["(A) x", "A: x", "A - x", "A – x", "1) x", "a: x"])
def test_of_what_was_meant_as_an_option_it_is_said_how_options_are_written(row: str):
    other = row.replace("x", "y").replace("A", "B").replace("1", "2").replace("a", "b")
    assert said(f"Who?\n{row}\n{other}\nANSWER: A") == [
        "1: the question has no options, and is left out",
        f"2: the line “{row}” is no option: options are written “A. text” or “A) text”, each on a line of its own",
    ]


def test_an_option_that_is_none_among_others_is_named():
    how = "options are written “A. text” or “A) text”, each on a line of its own"
    assert f"3: the line “(B) y” is no option: {how}" in said("Who?\nA. x\n(B) y\nC. z\nANSWER: A")


def test_lines_that_belong_to_no_question_are_named():
    assert said("stray\nlines\nANSWER: A") == [
        "1: the line “stray” belongs to no question, and is not carried",
        "2: the line “lines” belongs to no question, and is not carried",
        "3: an ANSWER belongs to the question and the options above it, and there are none: left out",
    ]


def test_a_letter_that_only_looks_like_one_is_named():
    (one,) = said("Who?\nA. x\nB. y\nANSWER: В")
    assert "the answer “В” is none of A, B" in one
    assert "“В” is a Cyrillic letter" in one
    assert any("“А” is a Cyrillic letter" in one for one in said("Who?\nА. x\nВ. y\nANSWER: A"))
    assert any("“Β” is a Greek letter" in one for one in said("Who?\nA. x\nΒ. y\nANSWER: A"))


def test_braces_in_options_make_no_gift_of_it():
    found = imported("Which is a dict?\nA) {=x}\nB) {~y}\nANSWER: B", "one", ())
    assert (found.format, found.report) == ("aiken", ())
    assert [option.text for option in found.questions[0].drafted.options] == [r"\{=x}", r"\{~y}"]
