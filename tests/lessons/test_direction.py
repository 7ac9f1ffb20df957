"""Text from right to left gets its direction wherever it stands, and code keeps its own."""

import time

import pytest

from lessons.direction import directed
from lessons.prose import ProseRenderer

HEBREW, ARABIC = "\u05e9\u05dc\u05d5\u05dd", "\u0633\u0644\u0627\u0645"


@pytest.mark.parametrize("word", [HEBREW, ARABIC])
@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("{} a", ['<p dir="auto">']),
        ("# {}", ['<h1 dir="auto" id=']),
        ("- {}\n- b", ['<ul dir="rtl">', '<li dir="auto">']),
        ("- a\n- {}", ["<ul>", '<li dir="auto">']),
        ("1. `x` {}", ['<ol dir="rtl">', '<li dir="auto"><code dir="ltr">x']),
        ("| {} | b |\n| - | - |\n| 1 | 2 |", ['<table dir="rtl">', '<th dir="auto">', '<td dir="auto">']),
        ("> {}", ['<blockquote dir="rtl">', '<p dir="auto">']),
        (
            "{}\n\n```python\nx = 1\n```",
            ['<pre dir="ltr" tabindex="0" role="group" aria-label="Code"><span></span><code>'],
        ),
        ("{}\n: b", ['<dl dir="rtl">', '<dt dir="auto">', '<dd dir="auto">']),
        ("`delay()` {} <kbd>x</kbd>", ['<p dir="auto"><code dir="ltr">delay()', '<kbd dir="ltr">']),
        ('<p dir="ltr">{}</p>', ['<p dir="ltr">']),
    ],
)
def test_what_holds_words_from_right_to_left_gets_their_direction(word: str, text: str, tags: list[str]):
    html = ProseRenderer().render(text.format(word))
    assert all(tag in html for tag in tags), html


@pytest.mark.parametrize(
    "text", ["a", "# a\n\n- b\n\n> c\n\n`d` \u00e9\u4e2d\u0434", "```python\nx = 1\n```", "| a |\n| - |\n| b |"]
)
def test_other_text_stays_as_it_is(text: str):
    assert "dir=" not in ProseRenderer().render(text) + ProseRenderer().inline(text)


def test_code_in_a_line_keeps_its_direction():
    assert ProseRenderer().inline(f"{HEBREW} `a`") == f'{HEBREW} <code dir="ltr">a</code>'


def test_an_option_of_one_paragraph_has_no_tags():
    assert ProseRenderer().item(f"{HEBREW}\nb") == f"{HEBREW}\nb"


def test_many_lists_get_their_direction_in_a_moment():
    began = time.process_time()
    html = directed("<ul><li>1</li></ul>" * 10_000 + HEBREW)
    assert html.startswith("<ul><li ")
    assert time.process_time() - began < 10  # some 2 s
