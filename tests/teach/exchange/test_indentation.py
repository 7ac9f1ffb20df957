r"""Code on lines of a file comes without its indentation, as in Moodle. That is said, by the line, once a question."""

import pytest

from teach.exchange.importing import imported

LOST = "the indentation of code is lost from here on, as in Moodle"


def told(text: str) -> list[int]:
    return [one.line for one in imported(text, "one", (), "gift").report if LOST in one.message]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[markdown]What prints?\\n\\n```\\nfor x in y:\n    print(x)\n```{=a ~b}", 2),
        ("[markdown]What prints?\n```\nfor x in y:\n    print(x)\n```\n{=a ~b}", 4),
        ("[markdown]What?\n- a\n  - b\n{=a ~b}", 3),
        ("[html]What?<pre>for x in y:\n    print(x)\n</pre>{=a ~b}", 2),
        ("What?<pre>\nfor x in y\\:\n\tprint(x)\n</pre>{=a ~b}", 3),
        ("What?\nfor x in y\\:\n    print(x)\n{=a ~b}", 3),
        ("[plain]What?\nfor x in y\\:\n    print(x)\n{=a ~b}", 3),
        ("[html]Which?{\n  =<pre>if x\\:\n      y\n  z</pre>\n  ~<pre>x\n    y</pre>}", 3),
        ("Which?{=a ~b#No:<pre>if x\\:\n  y</pre>####<pre>if x\\:\n  y</pre>}", 2),
    ],
)
def test_indentation_that_is_lost_is_said_once(text: str, line: int):
    assert told(text) == [line]
    assert imported(text, "one", (), "gift").questions


@pytest.mark.parametrize(
    "text",
    [
        "[markdown]What?\\n\\n```\\nfor x in y:\\n    print(x)\\n```\n  {\n  =a\n  ~b\n}",
        "[markdown]What?\n  ```\n  x\n  y\n  ```\n{=a ~b}",
        "[html]What?<pre>for x in y\\:\\n    print(x)\\n</pre>\n   and so on\n{=a ~b}",
        "What is it\n    that goes on?{\n\t=a\n\t\t~b\n}",
        "[plain]What is it\n    that goes on?{=a ~b}",
    ],
)
def test_where_nothing_is_lost_nothing_is_said(text: str):
    assert told(text) == []


def test_options_that_differ_in_indentation_alone_are_left_out_with_that_reason():
    text = "[html]Which?{=<pre>if x\\:\n    y\nz</pre> ~<pre>if x\\:\n    y\n    z</pre>}"
    found = imported(text, "one", (), "gift")
    assert found.questions == ()
    assert any("two of its options differ in indentation alone" in one.message for one in found.report)
    assert len(imported(text.replace("\n", "\\n"), "one", (), "gift").questions) == 1
