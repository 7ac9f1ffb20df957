import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.scanning import Problem
from quiz.predictions.reading import ids_of_questions
from quiz.predictions.reading import read as read_predictions
from quiz.reading import read
from tests.lessons.conftest import Tree
from tests.quiz.conftest import PREDICTED, SOURCE, predictions_from, quiz_from

REST = "\n> Hint: h\n\n> **Why:** w\n\n"


def question(number: int, *options: str) -> str:
    """A question whose first option is right, unless an option says so itself."""
    marked = [text if text.startswith(("[ ] ", "[x] ")) else f"[ ] {text}" for text in options]
    if not any(text.startswith("[x]") for text in marked):
        marked[0] = marked[0].replace("[ ]", "[x]")
    return f"## Q{number}? {{#q{number}}}\n\n" + "".join(f"- {text}\n  > f\n" for text in marked) + REST


def advised(source: str, word: str = "") -> list[Problem]:
    """The warnings of a quiz that can be asked, or those with a word in them."""
    quiz, problems = read(source, "one")
    assert quiz.questions, problems
    assert all(problem.warning for problem in problems)
    return [problem for problem in problems if word in problem.message]


def pool(*rights: str, others: tuple[str, ...] = ("a wrong option", "one more of them", "the last of them")) -> str:
    return "".join(question(number, right, *others) for number, right in enumerate(rights, 1))


LONG = "a right option that says more than the others do"
SHORT = "a right one"


def test_the_right_option_that_is_mostly_the_longest_is_warned_of_at_the_first_such_question():
    found = advised(pool(SHORT, LONG, LONG, LONG), "longest")
    assert [(problem.line, problem.column) for problem in found] == [(16, 1)]
    assert "in 3 of 4 single choices" in found[0].message
    assert pool(SHORT, LONG, LONG, LONG).split("\n")[15] == "## Q2? {#q2}"


@pytest.mark.parametrize(
    "rights",
    [
        (SHORT, SHORT, LONG, LONG),  # not more than half
        (LONG, LONG, LONG),  # too few to tell from chance
        tuple(["a right option!!"] * 5),  # longer by a sign or two, which nobody sees
        (SHORT, LONG, f"[{SHORT}](https://example.org/{'x' * 80})", SHORT),  # an address is not seen
    ],
)
def test_a_right_option_that_does_not_stand_out_is_fine(rights: tuple[str, ...]):
    assert not advised(pool(*rights), "longest")


def test_a_few_characters_more_do_not_stand_out_however_short_the_others_are():
    assert not advised(pool(*["four"] * 5, others=("two", "six", "ten")), "longest")


def test_of_two_options_chance_alone_makes_the_right_one_the_longest_in_three_of_four():
    assert not advised(pool(LONG, LONG, LONG, SHORT, others=("a wrong option",)), "longest")
    assert advised(pool(LONG, LONG, LONG, LONG, others=("a wrong option",)), "longest")


def test_a_choice_of_several_has_no_longest_right_option():
    several = "".join(question(number, f"[x] {LONG}", "[x] b", "[ ] c") for number in range(5))
    assert not advised(several, "longest")


@pytest.mark.parametrize(
    "text",
    [
        "All of the above", "none of the above.", "*All* of these", "None of those", "All the above are correct",
        "both A and B", "Only A and C", "Neither (A) nor (B)", "Answers A, B and D", "all of the other options",
        "None of the others", "any of the options below", "All answers are right",
    ],
)  # fmt: skip
def test_an_option_about_the_others_is_warned_of_where_it_stands(text: str):
    source = question(1, "[x] a thing", "[ ] a second one", f"[ ] {text}")
    (problem,) = advised(source, "about the other options")
    assert (problem.line, problem.column) == (7, 7)
    assert "another order" in problem.message
    (kept,) = advised(f"---\nkeep-order: q1\n---\n{source}", "about the other options")
    assert "another order" not in kept.message


@pytest.mark.parametrize(
    "text",
    [
        "An option “all of these”", "None: the view has ended", "Both of them", "`a` and `b`", "1 or 2", "A and B",
        "All requests share a few threads", "Neither Django nor the worker", "both a and b",
        "None, until somebody asks for the result", "Everything above the fold", "All of the above is cached",
    ],
)  # fmt: skip
def test_an_option_about_the_thing_that_is_asked_is_fine(text: str):
    assert not advised(question(1, "[x] a thing", "[ ] a second one", f"[ ] {text}"), "about the other options")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the broker", "The  Broker"),
        ("the broker", "the **broker**"),
        ("`delay()`", "delay()"),
        ("the broker", "[the broker](https://example.org)"),
        ("the broker", "_the_ broker <!-- the right one -->"),
    ],
)
def test_options_that_differ_in_nothing_that_is_seen_are_warned_of(one: str, other: str):
    (problem,) = advised(question(1, one, "something else", other), "but for case")
    assert (problem.line, problem.column, problem.message[-6:]) == (7, 7, "line 3")


@pytest.mark.parametrize(
    ("one", "other"), [("`True`", "`true`"), ("`a  b`", "`a b`"), ("a_b", "ab"), ("3 * 4", "34"), ("a", "b")]
)
def test_options_that_differ_in_code_or_in_words_are_two(one: str, other: str):
    assert not advised(question(1, one, other), "but for case")


def test_options_whose_code_is_indented_differently_are_two():
    code = "- [{}] this\n\n  ```python\n  if a:\n  {}b()\n  ```\n  > f\n"
    assert not advised(f"## Q? {{#q}}\n\n{code.format('x', '    ')}{code.format(' ', '')}{REST}", "but for case")


def test_predictions_and_their_reasons_are_looked_at_too():
    twice = PREDICTED.replace("- [later] afterwards", "- [later] AT that time").replace(
        "wrong reason\n  > feedback-reason-wrong", "none of the above\n  > feedback-reason-wrong"
    )
    asked, problems = read_predictions(twice, "one")
    assert asked.asked
    rows = twice.split("\n")
    assert [(rows[problem.line - 1], problem.message[:12]) for problem in problems] == [
        ("- [later] AT that time", "but for case"),
        ("- [ ] none of the above", "“none of the"),
    ]


def test_the_key_always_at_the_same_place_is_warned_of_where_the_order_of_the_file_is_shown():
    source = f"---\nkeep-order: q1, q2, q3, q4\n---\n{pool(*[SHORT] * 4)}"
    (problem,) = advised(source, "shown as")
    assert "shown as A in all 4 single choices" in problem.message
    assert (problem.line, problem.column) == (4, 1)


def test_the_key_always_first_in_the_file_does_not_matter_where_the_order_is_drawn():
    source = pool(*[SHORT] * 4)
    places = {next(i for i, option in enumerate(q.options) if option.is_right) for q in quiz_from(source).questions}
    assert len(places) > 1  # or else this test would say nothing
    assert not advised(source, "shown as")


def test_an_unlucky_draw_is_warned_of():
    drawn = "".join(
        question(number, f"right {number}", "wrong a", "wrong b")
        for number in range(60)
        if quiz_from(question(number, f"right {number}", "wrong a", "wrong b")).questions[0].options[2].is_right
    )
    (problem,) = advised(drawn, "shown as")
    assert "shown as C in all" in problem.message


def test_an_id_in_both_files_of_a_lesson_is_warned_of_at_the_prediction(tmp_path: Path):
    same = PREDICTED.replace("{#ready-reason}", "{#single}")
    files = {"quiz.md": quiz_from(SOURCE), "predictions.md": predictions_from(same)}
    ((filename, problem),) = ids_of_questions(files)
    assert (filename, problem.line, problem.warning) == ("predictions.md", 14, True)
    assert ids_of_questions({"quiz.md": files["quiz.md"]}) == []
    tree = Tree(tmp_path)
    tree.write("one/quiz.md", SOURCE)
    tree.write("one/predictions.md", same)
    (told,) = tree.catalog().course.problems
    message = "warning: the id “single” is that of line 5 of quiz.md, too"
    assert str(told) == f"{tree.root}/one/predictions.md:14:1: {message}"


def test_a_question_without_an_id_is_offered_one_made_of_its_text():
    source = "## What is `a_queue` for, and why? {#q}\n\n- [ ] a\n- [x] b\n"
    lost = source.replace(" {#q}", "")
    _, problems = read(lost + lost + source.replace("#q", "#what-is-a-queue-for-and-why"), "one")
    offers = [problem.message for problem in problems if "needs an id" in problem.message]
    assert ["{#what-is-a-queue-for-and-why-1}" in offers[0], "{#what-is-a-queue-for-and-why-" in offers[1]] == [
        True
    ] * 2
    assert offers[0] != offers[1]


@given(st.text(max_size=80))
def test_an_offered_id_is_one_that_can_be_taken(text: str):
    text = " ".join(text.split()).replace("{", "").replace("}", "")
    body = "\n\n- [ ] a\n- [x] b\n"
    _, problems = read(f"## {text}{body}", "one")
    offers = [problem.message for problem in problems if "needs an id" in problem.message]
    for message in offers:
        offered = message.partition("{#")[2].partition("}")[0]
        assert not [found for found in read(f"## Q {{#{offered}}}{body}", "one")[1] if not found.warning]


PIECES = [
    "a",
    "*",
    "`",
    "_",
    "[",
    "](",
    ")",
    "\\",
    "<",
    ">",
    "<!--",
    "-->",
    " ",
    "all of the above",
    "A and B",
    "~~",
    "É",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join), min_size=2, max_size=5))
def test_any_options_are_advised_on_without_an_exception(options: list[str]):
    source = "".join(question(number, *options) for number in range(4))
    for problem in read(source, "one")[1]:
        assert 1 <= problem.line <= source.count("\n") + 1
        assert problem.column >= 1


@pytest.mark.parametrize("piece", ["`", "](", "_a", "**", "<!--", "a_", "<a ", "A, A and ", "all of the ", "\\["])
def test_advice_takes_time_in_proportion_to_the_text(piece: str):
    from quiz.advice import advice
    from quiz.parsing import parse

    written, _ = parse("".join(question(number, piece * 60_000, "b", "c") for number in range(4)))
    began = time.process_time()
    list(advice(written))
    assert time.process_time() - began < 10  # some 0.3 s; what looks again at everything for each sign takes minutes
