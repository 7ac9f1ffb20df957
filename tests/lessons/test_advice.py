import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.advice import claims_without_source, skipped_levels, unlabelled_code
from lessons.reading import read
from lessons.scanning import Problem, Prose, scan
from tests.lessons.conftest import PAGE, Tree

TOP = PAGE.partition("## First")[0]
FIRST = TOP.count("\n") + 1  # the line of what is put below it


SAMPLES = """/// samples | S
/// sample | A
:lane: hold
```
a
```
///
/// sample | B
:lane: free
```python
b
```
///
///"""
VERDICTS = """/// verdicts
/// verdict | A
:lane: hold
:says: s
:figure: 3 s
:of: o
Why.
///
/// verdict | B
:lane: free
:says: s
:figure: [[celery held]]
:of: o
Why.
///
///"""


def advised(body: str) -> list[tuple[int, int, str]]:
    """The warnings of a page with this text: the line within the text, the column, the message."""
    page, problems = read(TOP + body, "one", "why.md")
    assert page is not None
    assert all(problem.warning for problem in problems), problems
    return [(problem.line - FIRST + 1, problem.column, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("```\ncode\n```", (1, 1)),
        ("Prose.\n\n> ~~~~\n> code\n> ~~~~", (3, 3)),
        (SAMPLES, (4, 1)),
    ],
)  # fmt: skip
def test_code_without_a_language_is_warned_of(body: str, place: tuple[int, int]):
    ((line, column, message),) = advised(body)
    assert (line, column) == place
    assert "no language" in message


@pytest.mark.parametrize("body", ["```python\na\n```", "~~~ text\na\n~~~", "`a`", "    indented", "```text\n```"])
def test_code_with_a_label_is_fine(body: str):
    assert advised(body) == []


@pytest.mark.parametrize("filename", ["quiz.md", "cards.md"])
def test_code_in_stems_options_and_cards_is_looked_at_too(filename: str):
    source = "## F {#f}\n\n```\na\n```\n\n"
    source += "> Back: b\n" if filename == "cards.md" else "- [x] a\n\n  ```\n  b\n  ```\n- [ ] b\n"
    found = [problem for problem in read(source, "one", filename)[1] if "no language" in problem.message]
    expected = [(3, 1)] if filename == "cards.md" else [(3, 1), (9, 3)]
    assert [(problem.line, problem.column) for problem in found] == expected


def test_where_something_is_wrong_nothing_is_advised():
    problems = read("## F\n\n```\na\n```\n", "one", "quiz.md")[1]
    assert not [problem for problem in problems if "no language" in problem.message]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("## A\n\n#### B", 3),
        ("### A", 1),
        ("A\n---\n\n#### B\n\n##### C", 4),
        ("## A\n\n### B\n\n/// tips\n- t\n///\n\n##### C", 9),
    ],
)
def test_a_heading_that_skips_a_level_is_warned_of(body: str, line: int):
    ((at, column, message),) = advised(body)
    assert (at, column) == (line, 1)
    assert "skips a level" in message


@pytest.mark.parametrize(
    "body", ["## A\n\n### B\n\n#### C\n\n## D", "Prose", "## A\n\n```text\n#### no heading\n```", "A\n===\n\n## B"]
)
def test_headings_that_follow_each_other_are_fine(body: str):
    assert advised(body) == []


@pytest.mark.parametrize(
    ("body", "column", "said"),
    [
        ("It is known. It saves 40 % of the time.", 23, "40 %"),
        ("Celery is 3 times as fast.", 11, "3 times as"),
        ("That made it 2.5x quicker", 14, "2.5x"),
        ("It runs twice as fast.", 9, "twice as"),
        ("Research has shown that it helps.", 1, "Research has show"),
        ("A page is usually there in 200 ms.", 28, "200 ms"),
        ("The median is 3 s.", 15, "3 s"),
        ("| Way | Time |\n| --- | --- |\n| a | 40 % |", 7, "40 %"),
    ],
)
def test_a_claim_in_a_section_without_a_source_is_warned_of(body: str, column: int, said: str):
    ((line, at, message),) = advised(f"## A\n\n{body}")
    assert (line, at) == (3 + body.count("\n"), column)
    assert f"“{said}”" in message


@pytest.mark.parametrize(
    "body",
    [
        "A stranger asks for a page of 5 ms.",  # a task, and no claim
        "It asks 3 times, 2 times a day.",
        "The setting `timeout=40%` is usually there.",
        "It saves 40 % ([a study](https://example.org/)).",
        "It saves 40 % (Miller et al., 2013).",
        "It saves 40 %, as [the demo](/demos/blocking/) shows.",
        "It saves 40 %.\n\n/// source\nA study.\n///",
        "It saves 40 %.\n\n### Below\n\nSo say Smith and Jones, 2001.",
        "It saves 40 %.\n\n/// demo | Try\n///",
        "It saves 40 %.\n\n/// measured\n[[blocking held]]\n///\n\n/// definitions\n///",
    ],
)
def test_a_claim_beside_its_source_and_a_figure_that_claims_nothing_are_fine(body: str):
    assert advised(f"## A\n\n{body}") == []


def test_a_source_counts_for_its_own_section_alone():
    body = "## A\n\nIt saves 40 %.\n\n## B\n\nIt saves 30 % ([a study](https://example.org/))."
    assert [(line, column) for line, column, _ in advised(body)] == [(3, 10)]


def test_a_claim_inside_a_block_is_looked_at_too():
    assert [(line, column) for line, column, _ in advised("## A\n\n/// tips\n- It saves 40 %.\n///")] == [(4, 12)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("/// comparison | C\n| a |\n| --- |\n| 40 ms |\n///", [(4, 3)]),
        ("/// comparison | C\n:source: me\n| a |\n| --- |\n| 40 ms |\n///", []),
        ("/// comparison | C\n| a |\n| --- |\n| 40 ms, [[blocking held]] |\n///", []),
        (VERDICTS, [(5, 10)]),
    ],
)
def test_a_figure_typed_where_a_measured_one_belongs_is_warned_of(block: str, expected: list[tuple[int, int]]):
    found = advised(f"{block}\n\n/// definitions\n///")
    assert [(line, column) for line, column, _ in found] == expected
    assert all("typed by hand" in message for *_, message in found)


PIECES = [
    "a", "40 % ", "3 times as", " usually 3 s", ".", "\n", "\n\n", "```", "~~~\n", "`", "#", "## A\n",
    "#### B\n", "---\n", "===\n",
    "> ", "- ", "|", "[a](", ")", "<!--", "-->", "\\", "(A, 2001)", "/// tips\n", "///\n", "/// source\n",
    "\t", "\r\n", "\x0c",
]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@given(texts)
def test_any_page_is_advised_on_with_places_that_are_there(text: str):
    pieces, _ = scan(text)
    rows = text.split("\n")
    for problem in [*unlabelled_code(text), *skipped_levels(pieces), *claims_without_source(pieces)]:
        assert problem.warning
        assert 1 <= problem.line <= len(rows)
        assert 1 <= problem.column <= len(rows[problem.line - 1]) + 1


@pytest.mark.parametrize(
    "piece",
    [
        "`", "` ", "<!--", "40 %. ", "40 % ", "9", "9.", "A-", "A ", "a\n=\n", "# a\n", "\n> ", "```\n",
        "\n\n", "[a](", "usually ",
        "#### a\n", "- 40 %\n", "| 40 % |\n", "twice as\n",
    ],
)  # fmt: skip
def test_advice_takes_time_in_proportion_to_the_text(piece: str):
    text = piece * (250_000 // len(piece))
    began = time.process_time()
    checks: list[list[Problem]] = [
        list(unlabelled_code(text)),
        list(skipped_levels([Prose(1, text)])),
        list(claims_without_source([Prose(1, text)])),
    ]
    assert len(checks) == 3
    assert time.process_time() - began < 10  # some 1 s; what looks again at everything for each line takes 20 s


def test_advice_keeps_no_page_from_being_shown(tree: Tree):
    tree.write("one/why.md", PAGE + "\n#### B\n\n```\nIt saves 40 %.\n```\n\nIt saves 40 %.\n")
    course = tree.catalog().course
    assert len(course.problems) == 3
    assert "It saves" in str(course.lessons["one"].pages["why"].parts)
