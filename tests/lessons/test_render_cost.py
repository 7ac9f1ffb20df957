"""What would take too long to render is refused by line; everything that an author would write is not."""

import time

import pytest

from config.environment import ROOT
from lessons.reading import read
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
    assert time.process_time() - began < 20  # without the bound, some take hours


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
