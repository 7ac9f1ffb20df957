"""What the reader of GIFT makes of files that are wrong, strange or hostile. What it makes of good ones: corpus/."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.foreign import MOST_PARTS
from teach.exchange import aiken, gift
from teach.exchange.importing import MOST_QUESTIONS, MOST_SAID, imported

BIG = 200 * 1024


def said(text: str, format_name: str = "gift") -> list[str]:
    return [f"{one.line}: {one.message}" for one in imported(text, "one", (), format_name).report]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no question in it"),
        ("\n\nWho?{=a", 3, "between { and }"),
        ("Who?}", 1, "between { and }"),
        ("Who?}{=a", 1, "between { and }"),
        ("a\n\nWho?{=a}{=b}", 3, "second brace"),
        ("Who?{~a ~b}", 1, "no option is right"),
        ("Who?{=%0%a}", 1, "no answer that can be carried is right"),
        ("When?{#}", 1, "no answer that can be carried is right"),
        ("When?{#1..x}", 1, "no number"),
        ("When?{#3:-1}", 1, "below 0"),
        ("When?{#1e99999999}", 1, "no number"),
        ("When?{#0.1234567890123456}", 1, "no number"),
        ("Who?{" + "=a ~b" * 14 + "}", 1, "at most 26"),
        ("Who?{=" + "a" * 201 + "}", 1, "more than 200 characters"),
        ("Who?{=a ~b#" + "c" * 10_001 + "}", 1, "more than 10,000 characters"),
        ("[html]Look!<a href\\='https\\://a.b'>x</a>{=a ~b}", 1, "a picture is a file in the lesson's own folder"),
        ("[markdown]Who?" + "[" * 101 + "{=a ~b}", 1, "more than 100 brackets"),
        ("Order{=a -> 1 =b -> 2}", 1, "a matching"),
        ("Order{=a -> 1 =b}", 1, "a matching"),
        ("[html]<p></p>{=a ~b}", 1, "no text"),
        ("Which word?{1:SA:=for}", 1, "embedded in the text (Cloze)"),
        ("a\n\nThe {1:MC:~a~=b} and {2:NM:=3}", 3, "embedded in the text (Cloze)"),
        ("When?{#1,500}", 1, "can be read in two ways"),
        ("Who?{~ ~}", 1, "an answer without any text is skipped"),
    ],
)
def test_what_is_wrong_is_said_by_its_line(text: str, line: int, words: str):
    assert any(one.startswith(f"{line}: ") and words in one for one in said(text)), said(text)
    assert not imported(text, "one", (), "gift").questions


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "~",
        "=",
        "\\",
        "#",
        ":",
        "%",
        "[",
        "<",
        "<!--",
        "`",
        "->",
        "{#",
        "{=",
        "::",
        "//\n",
        "\n\n{",
        "a\n\n",
        "{T}\n\n",
        "&",
        "*",
        "_",
    ],
)
def test_a_large_file_of_one_mark_is_read_in_a_moment(text: str):
    many = (text * BIG)[:BIG]
    for whole in (many, f"Who?{{=a ~{many}", f"Who?{{=a ~{many}}}", f"[html]{many}{{=a ~b}}", f"Who?{{#{many}}}"):
        began = time.process_time()
        imported(whole, "one", (), "gift")
        assert time.process_time() - began < 5, "seconds; a reader that looks at each mark once takes a tenth of that"


@pytest.mark.parametrize("read", [gift.read, aiken.read])
@pytest.mark.parametrize("text", ["{~", "=", "#", "A. a\n", "\\"])
def test_twice_as_much_takes_about_twice_as_long(read: Callable[[str], object], text: str):
    def seconds(count: int) -> float:
        best = 99.0
        for _ in range(3):
            began = time.process_time()
            read(text * count)
            best = min(best, time.process_time() - began)
        return best

    count = 4 * BIG // len(text) // 8
    assert seconds(4 * count) < 12 * seconds(count) + 0.05, (
        "four times as much; a reader that is quadratic takes 16 times"
    )


def test_so_many_questions_are_read_and_no_more():
    found = imported("Is it?{T}\n\n" * (MOST_QUESTIONS + 3), "one", (), "gift")
    assert len(found.questions) == MOST_QUESTIONS
    assert [(one.line, "own" in one.message) for one in found.report] == [(2 * MOST_QUESTIONS + 1, True)]


def test_a_report_has_an_end():
    report = imported("}\n\n" * 5000, "one", (), "gift").report
    assert len(report) == MOST_SAID + 1
    assert f"{MOST_PARTS + 1 - MOST_SAID} more" in report[-1].message


def test_ids_are_new_to_the_lesson():
    found = imported("::a::Who?{T}\n\n::a::Who else?{F}", "one", {"a", "a-2"})
    assert [taken.drafted.id for taken in found.questions] == ["a-3", "a-4"]


@given(st.text(max_size=300))
def test_any_text_is_read_as_aiken(text: str):
    questions, problems = aiken.read(text)
    lines = [one.line for one in questions] + [one.line for one in problems]
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@pytest.mark.parametrize("steps", [3, 4])
def test_no_order_is_lost_because_of_how_it_was_drawn(steps: int):
    answers = " ".join(f"=step {chr(96 + place)} -> {place}" for place in range(1, steps + 1))
    found = imported("".join(f"::{number}::What first?{{{answers}}}\n\n" for number in range(60)), "one", ())
    assert len(found.questions) == 60
    assert any(taken.drafted.id.endswith("-2") for taken in found.questions)
    assert found.report == ()


def test_a_picture_without_words_is_no_answer():
    assert any("no text" in one for one in said("[html]Who?{=<img src\\='a.png'> ~b}"))


def test_code_that_is_too_deep_is_refused_with_words():
    assert any("nested deeper" in one for one in said(f"[markdown]Who?\\n\\n{'*' * 4000}x{'*' * 4000}{{=a ~b}}"))
