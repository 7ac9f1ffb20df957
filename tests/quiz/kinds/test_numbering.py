"""A line is asked for by its number, so the program has numbers: wherever it is shown, and none of them is copied."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from quiz.kinds.process import numbered
from quiz.questions import Question
from quiz.reading import read

PROGRAM = 'import os\n\n\ndef report():\n    """Says\n\n    much."""\n    return [\n        os,\n    ]\n'
OTHER = "```python\nother = 1\n```\n\n"


def asked(stem: str, line: int = 4) -> Question:
    options = "- [web] a\n  > f\n- [worker] b\n  > f\n- [none] c\n  > f\n"
    quiz, problems = read(f"## Who? {{#q}}\n\n{stem}\n\n> Runs: line {line} in web\n\n{options}", "one")
    assert quiz.questions, problems
    return quiz.questions[0]


def fenced(program: str, language: str = "python") -> str:
    return f"```{language}\n{program}```\n"


def lines_of(html: str) -> list[str]:
    found = re.findall(r'<span class="line">(.*?\n)</span>', html, re.DOTALL)
    return [unescape(strip_tags(line)) for line in found]


@pytest.mark.parametrize(
    "program",
    [
        PROGRAM,
        "x = 1\n",
        'print("<b>&amp;</b>")\n',
        "if x:\n\ty = 1\n",
        "x = 1\n\n\n",
        "\nx = 1\n",
        "# a remark\nx = '''\n\n  text   \n'''\n",
        "".join(f"x = {number}\n" for number in range(120)),
    ],
)
def test_each_line_of_the_program_is_one_that_is_counted(program: str):
    question = asked(fenced(program), 1)
    assert question.trace
    shown = [line.rstrip() for line in lines_of(question.stem_html)]
    run = [line.rstrip() for line in question.trace.program.split("\n")]
    assert shown == run[: len(shown)]
    assert not any(run[len(shown) :]), "of empty lines in the end nothing is asked"
    assert question.stem_html.count('class="numbered"') == 1


def test_what_is_copied_is_the_program():
    html = asked(fenced(PROGRAM)).stem_html
    code = re.search(r"<code[^>]*>(.*?)</code>", html, re.DOTALL)
    assert code
    assert unescape(strip_tags(code[1])) == PROGRAM


def test_only_the_program_has_numbers():
    text = "```text\nother = 1\n```\n\n"
    html = asked(f"Before.\n\n{text}{fenced(PROGRAM)}\nBehind, another one:\n\n{OTHER}").stem_html
    assert len(lines_of(html)) == PROGRAM.count("\n")
    assert html.count("<pre") == 3


def test_a_program_of_which_no_line_is_asked_for_has_none():
    quiz, _ = read(f"## What? {{#q}}\n\n{fenced(PROGRAM)}\n- [>] 1\n  > f\n", "one")
    assert "numbered" not in quiz.questions[0].stem_html


def test_html_without_the_program_stays_as_it_is():
    html = asked(fenced(PROGRAM)).stem_html
    assert numbered(html, "another = 1\n") == html
