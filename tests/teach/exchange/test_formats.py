"""Which format a text has is told by its lines, and what is not read is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teach.exchange.formats import FORMATS, NotRead, format_of
from teach.exchange.importing import imported
from tests.quiz.test_any_text import texts

AIKEN = "Who?\nA. one\nB. two\nANSWER: A\n"


@pytest.mark.parametrize(
    "text",
    [
        AIKEN,
        "Which is a dict?\nA. {}\nB. []\nANSWER: A",
        "Which is a dict?\nA. {=a}\nB. []\nANSWER: A",
        "// a note\n\n" + AIKEN,
        "who?\na) one\nb) two\nanswer : b",
        f"Queues\n\n{AIKEN}\nAnd {{so}} on",
        "Who?\nA. one\nB. two\n",
        "ANSWER: A",
    ],
)
def test_lines_with_an_answer_are_aiken(text: str):
    assert format_of(text) == "aiken"


@pytest.mark.parametrize(
    "text",
    [
        "Who?{=a ~b}",
        "Who?{\n=a\n~b\n}",
        "Who?{T}",
        "Who?{#3}",
        "Who?{}",
        "just some words",
        "",
        "{=Valkey =Redis} is the broker",
        "Which?\nA. one\nB. two\n{=A ~B}",
        "Answer this: {=a ~b}",
        "Who, where, when?{=a ~b}\n\nWho, what, why?{=a ~b}",
    ],
)
def test_braces_with_answers_are_gift(text: str):
    assert format_of(text) == "gift"


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ('\n<?xml version="1.0"?>\n<quiz>\n<question type="multichoice">', 2, "Moodle XML"),
        ("<quiz><question>{=a ~b}</question></quiz>", 1, "Moodle XML"),
        ('<?xml version="1.0"?><questestinterop>', 1, "QTI"),
        ('<?xml version="1.0"?><other>', 1, "XML"),
        ("<!DOCTYPE html><p>Who?", 1, "a web page"),
        ("{\\rtf1\\ansi Who?}", 1, "RTF"),
        ('[{"question": "Who?", "options": ["a", "b"]}]', 1, "JSON"),
        ("Question,A,B,Answer\nWho?,one,two,A\n", 1, "commas (CSV)"),
        ('Question;A;B\n"Who;\nreally?";one;two\n', 1, "semicolons (CSV)"),
        ("MC\tWho?\tone\tcorrect\ttwo\tincorrect\nTF\tIs it?\ttrue\n", 1, "tabs (TSV)"),
        ("1. Who?\na) one\nb) two*\n", 3, "an asterisk marks the right answer"),
        ("1. Who?\n*a. one\nb. two\n", 2, "an asterisk marks the right answer"),
        ("## Who? {#who}\n\n- [x] a\n- [ ] b\n", 1, "a quiz.md"),
    ],
)
def test_what_is_not_read_is_named_by_its_line(text: str, line: int, name: str):
    found = imported(text, "one", ())
    assert (found.format, found.questions) == ("", ())
    (said,) = found.report
    assert said.line == line
    assert name in said.message
    assert "which is not read" in said.message
    assert not said.warning


def test_a_format_that_was_asked_for_is_taken_unless_it_is_surely_another_one():
    assert format_of("Who?{=a ~b}", "aiken") == "aiken"
    assert format_of(AIKEN, "gift") == "gift"
    assert format_of("a,b,c\nd,e,f", "gift") == "gift"
    with pytest.raises(NotRead, match="Moodle XML"):
        format_of("<quiz></quiz>", "gift")


@given(st.one_of(texts, st.text(max_size=200), st.text("a,;\t\"'{}[]\n*.)A: ", max_size=60)))
def test_any_text_has_a_format_or_a_name(text: str):
    found = imported(text, "one", ())
    assert found.format in ("", *FORMATS)
    assert found.format or len(found.report) == 1
    assert all(1 <= one.line <= text.count("\n") + 1 for one in found.report)
