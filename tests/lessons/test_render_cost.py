"""What would take too long to render is refused by line; everything that an author would write is not."""

import time
from pathlib import Path

import pytest

from config.environment import ROOT
from lessons.catalog import MOST_TOLD, Catalog
from lessons.reading import read, read_course
from lessons.render_cost import too_costly

HEAD = "---\ntitle: T\nsummary: S\nframework: F\nminutes: 1\nimpact: low\naffects: A\n---\n"
SIZE = 200 * 1024
MANY = [
    "[",
    "![",
    "<b ",
    "[a](",
    "*[a]: b\n",
    "```\n",
    "~~~\n",
    "# a\n",
    "<a",
    "a\n-\n",
    "a\n: b\n",
    "<b>\n\n",
    "/// tips\n///\n",
    "[\n\n",
    ("[" * 500) + "\n\n",
    "> [\n",
]


@pytest.mark.parametrize("piece", MANY, ids=range(len(MANY)))
def test_no_text_of_two_hundred_kilobytes_takes_long(piece: str):
    began = time.process_time()
    read(HEAD + piece * (SIZE // len(piece)), "one", "learn.md")
    assert time.process_time() - began < 4  # without the bound, some take hours


@pytest.mark.parametrize("piece", ["[", "<b ", "*[a]: b\n", "```\n\n"])
def test_it_is_named_by_line(piece: str):
    (problem,) = too_costly("one line\n\n" + piece * 5000)
    assert problem.line >= 3
    assert not problem.warning


def test_our_own_content_is_far_from_it():
    for path in ROOT.glob("content/*/*.md"):
        assert too_costly(path.read_text()) == []


def test_a_long_lesson_with_many_links_and_blocks_of_code_is_read():
    paragraph = "A [link](https://example.org/) and a [second](https://example.org/).\n" * 10
    text = (paragraph + "\n" + "```python\nx = [1][0] < 2\n```\n\n") * 200
    assert too_costly(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * 300_000, "the file has 300,000 bytes"),
        ("a\n\n" * 6_000, "10,000 lines"),
        ("one\n\n" + "*a*" * 4_000, "10,000 characters without an empty line"),
        ("one\n\n" + "***\n" * 600, "500 lines without an empty one"),
        ("one\n\n" + "> " * 11 + "a", "10 lists or quotes"),
        ("one\n\n" + "1. " * 11 + "a", "10 lists or quotes"),
        ("one\n\n" + "    " * 11 + "- a", "10 lists or quotes"),
        ("one\n\n" + ("|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 300), "20,000 cells"),
        ("one\n\n" + "[a](b)\n\n" * 4_900 + "[c](d) " * 110, "5,000 links"),
        ("one\n\n" + ("*_" * 4_900 + "\n\n") * 4, "30,000 signs"),
    ],
)
def test_what_is_too_much_is_said_with_its_line(text: str, said: str):
    (problem,) = too_costly(text)
    assert said in problem.message
    assert problem.line == 1 if "bytes" in said else problem.line >= 3


@pytest.mark.parametrize(
    "text",
    [
        "- a\n    - b\n        - c\n            > d\n",
        "```python\n" + " " * 60 + "x = 1\n```\n",
        "|a" * 20 + "\n" + "|-" * 20 + "\n" + "|b" * 20 + "\n",
    ],
)
def test_what_authors_write_is_not(text: str):
    assert too_costly(text) == []


DEEP = "[b" + ".a" * 4_900 + "]\n"


@pytest.mark.parametrize(
    "text", [DEEP + "k = 1\n" * 6_000, "".join(f"b{number}{'.a' * 4_900} = 1\n" for number in range(20))]
)
def test_a_course_of_keys_with_thousands_of_parts_is_refused_by_line(text: str):
    began = time.process_time()
    _, (problem,) = read_course(text)
    assert time.process_time() - began < 1  # 3 s and more without the bound
    assert (problem.line, problem.message) == (1, "more than 100 dots stand in a line")


def test_a_course_may_have_as_many_lessons_as_fit():
    slugs = [f"lesson-{number}" for number in range(9_000)]
    source = 'title = "Much … to learn."\nlessons = [\n' + "".join(f'  "{slug}",\n' for slug in slugs) + "]\n"
    course, problems = read_course(source)
    assert problems == []
    assert course.lessons == tuple(slugs)


def test_of_many_problems_the_first_are_told(tmp_path: Path):
    text = HEAD + "a [link]()\n\n" * 400 + "![a](b.exe)\n\n" + "a" * 2_000
    told = Catalog(tmp_path, None)._read_text("one/learn.md", text).problems
    assert len(told) == MOST_TOLD + 1
    assert [problem.problem.line for problem in told if not problem.problem.warning] == [HEAD.count("\n") + 801]
    assert told[-1].problem.message == "and 201 more: mend these first"
