"""What a code host shows otherwise is said by line and column; what it shows the same is not mentioned."""

import pytest

from lessons.dialect.advice import differences
from lessons.prose import ProseRenderer

PART = "/// tips\n- a\n///\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a\n\nTerm\n: what it is", 4, 1, "definition"),
        ("Term\n\n:   what it is", 3, 1, "definition"),
        ("> Term\n> : what it is", 2, 3, "definition"),
        ("10. Term\n    : what it is", 2, 5, "definition"),
        ("Term\n:     what it is", 2, 1, "definition"),
        ("a\n\n\n: what it is", 4, 1, "definition"),
        ("> HTML\n>\n> *[HTML]: HyperText", 3, 3, "abbreviation"),
        ("- *[HTML]: HyperText", 1, 3, "abbreviation"),
        ("> ## Queue {#queue}", 1, 12, "address"),
        ("Queue {#queue}\n===", 1, 7, "address"),
        ("> [^1]: by whom", 1, 3, "footnote"),
        ("an HTML page\n\n*[HTML]: HyperText", 3, 1, "abbreviation"),
        ("## Queue {#queue}", 1, 10, "address"),
        ("[^1]: by whom", 1, 1, "footnote"),
        ("https://a.org/b\\\nc", 1, 16, "address"),
        ("> [!NOTE]\n> Mind this.", 1, 3, "box"),
        ("about ~this~ much", 1, 7, "strikes"),
        (f"[a][b]\n\n{PART}\n[b]: /quiz/x/", 1, 4, "[b]: …"),
    ],
)
def test_each_is_a_warning_at_its_place(text: str, line: int, column: int, said: str):
    (problem,) = differences(text)
    assert (problem.line, problem.column, problem.warning) == (line, column, True)
    assert said in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "~~struck~~ and ~5 ms to ~6 ms, \\~a~",
        "`x ~y~`, `[^1]`\n\n```text\nTerm\n: a\n*[b]: c\n[^1]\n```",
        "[a][b]\n\n[b]: /quiz/x/",
        f"[a][b]\n\n[b]: /quiz/x/\n\n{PART}",
        "> a quote",
        "as measured[^1]",
        "code:\n\n    : x\n    *[a]: b",
        "{#queue}\n\n---",
        "<https://a.org/b>\\\nc [a](https://a.org/[b])",
        "## What is {x}",
    ],
)
def test_nothing_else_is(text: str):
    assert list(differences(text)) == []


def test_a_footnote_is_told_at_its_mark_and_at_its_text():
    assert [problem.line for problem in differences("as measured[^1]\n\n[^1]: by whom")] == [1, 3]


def test_the_line_is_counted_in_the_file():
    (problem,) = differences("a\nTerm\n: b", first=10)
    assert problem.line == 12


def test_questions_have_ids_in_their_headings():
    assert list(differences("## Which? {#which}", has_ids=True)) == []


def test_a_part_of_a_page_is_read_by_itself():
    """What is warned of is so: the address is not known there."""
    assert "<a" not in ProseRenderer().render("[a][b]")
