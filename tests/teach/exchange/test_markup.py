"""Other systems' markup in our Markdown: what a reader sees is what was meant."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.prose import ProseRenderer
from quiz.foreign import BREAK, Format, Piece
from teach.exchange.importing import imported
from teach.exchange.literal import literal
from teach.exchange.markup import markdown_of

LINES = [
    "# a", "## b", "- c", "+ d", "* e", "1. f", "12) g", "> h", "---", "===", "~~~", "```", "/// i", ": j", "| k |",
    "a | b", "*[x]: y", "[l]: m", "![n](o)", "[p](q)", "<b>r</b>", "&lt;", "&#35;", "`s`", "*t*", "__u__", "_v_",
    "a_b", "\\w", "{: .x}", "{#y}", "C#", "[TOC]", "    z", "1 -> 2", "a  b", "2 * 3", "\\# a", "http://a.b/c_d_e",
]  # fmt: skip


def seen(markdown: str) -> str:
    """What a reader sees, with white space as it is seen."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", ProseRenderer().render(markdown))).split())


@given(
    st.lists(
        st.one_of(st.sampled_from(LINES), st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)), max_size=5
    )
)
def test_every_character_of_a_plain_text_is_seen(rows: list[str]):
    text = "\n".join(rows)
    assert seen(literal(text)) == " ".join(text.split())


def html(text: str, markup: Format = "html") -> str:
    return markdown_of(Piece(1, text, markup)).text


@pytest.mark.parametrize(
    ("given_html", "markdown"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b", "a  \nb"),
        ("<b>a</b> <em>b</em>", "**a** *b*"),
        ("a<b>b</b>c", "a<strong>b</strong>c"),
        ("<b>a<i>b</i></b>", "<strong>a</strong><strong><em>b</em></strong>"),
        ("<code>a*b</code>", "`a*b`"),
        ("<code>`</code>", "`` ` ``"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("<pre>a\n\n  b</pre>", "```text\na\n\n  b\n```"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n\n2. b"),
        ('<a href="https://a.b/c?d=1&amp;e">x</a>', "[x](<https://a.b/c?d=1&e>)"),
        ("1. is no list", r"1\. is no list"),
        ("<p># is no heading</p>", r"\# is no heading"),
        ("a &lt; b &amp;&amp; c", "a &lt; b && c"),
        ("5 < 6 > 4", "5 &lt; 6 > 4"),
        ("a\n   b", "a b"),
        ("a<br><br>b", "a\n\nb"),
        ("<code>a<br>b</code>", "```text\na\nb\n```"),
        ("for x in y:<br>&nbsp; &nbsp; z", "```text\nfor x in y:\n    z\n```"),
        ("x = 1<br>print(x)", "```text\nx = 1\nprint(x)\n```"),
        ("x is 1<br>print it", "x is 1  \nprint it"),
        ("<pre>a <img alt='two lanes'> b</pre>", "```text\na (Picture: two lanes) b\n```"),
        ("<table><tr><th>a</th></tr><tr><td>b|c<br>d</td></tr></table>", "| a |\n| --- |\n| b\\|c<br>d |"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<a href='https://a.b'>x<br>y</a>", "[x](<https://a.b>)  \n[y](<https://a.b>)"),
        ("<a href='https://a.b'><p>x</p></a>", "[x](<https://a.b>)"),
    ],
)
def test_simple_html_is_markdown(given_html: str, markdown: str):
    assert html(given_html) == markdown


def test_a_new_line_that_was_asked_for_is_one():
    assert html(f"a{BREAK}b{BREAK}{BREAK}c\nd", "moodle") == "a  \nb\n\nc  \nd"
    assert html(f"a{BREAK}b\nc", "plain") == "a  \nb  \nc"
    assert html(f"a{BREAK}b\nc", "html") == "a b c"
    assert html(f"a{BREAK}b", "markdown") == "a\nb"


ASKING = [
    ("What prints?<br>x = 1<br>print(x)", "html", "What prints?\n\n```text\nx = 1\nprint(x)\n```"),
    ("What is it?\none thing\nor another", "moodle", "What is it?\n\none thing  \nor another"),
    ("What is it?\n\none thing", "plain", "What is it?\n\none thing"),
    ("What\nis it?", "html", "What is it?"),
    ("What\n<b>is</b>\nit?", "moodle", "What **is** it?"),
    ("What?<ul><li>a</li></ul>", "html", "What?\n\n- a"),
    ("What?<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", "html", "What?\n\n| a |\n| --- |\n| b |"),
    ("What?<pre>a\n b</pre>", "html", "What?\n\n```text\na\n b\n```"),
    ("    What?\n    a  b", "plain", "What?\n\n```text\na  b\n```"),
    ("print(x)", "html", "print(x)"),
    ("What?<div>x = 1</div><div>print(x)</div>", "html", "What?\n\n```text\nx = 1\nprint(x)\n```"),
    ("<p>What?</p><p>x = 1</p><p>print(x)</p>", "html", "What?\n\n```text\nx = 1\nprint(x)\n```"),
    ("What?\nx = 1\n\nif x:\n    y", "moodle", "What?\n\n```text\nx = 1\n\nif x:\n    y\n```"),
    ("What?\nx = 1\n\nif x:\n    y\n\nSo?", "plain", "What?\n\n```text\nx = 1\n\nif x:\n    y\n```\n\nSo?"),
]


@pytest.mark.parametrize(("text", "markup", "markdown"), ASKING)
def test_the_first_line_of_a_question_stands_apart(text: str, markup: Format, markdown: str):
    assert markdown_of(Piece(1, text, markup), asks=True).text == markdown


@pytest.mark.parametrize("html_of_table", [
    "<table><tr><th>a</th><th>b</th></tr><tr><td>c|d</td><td><code>e|f</code></td></tr></table>",
    "<table><tr><td>a<td>b<tr><td>*c*<td>`d`</table>",
])  # fmt: skip
def test_each_cell_of_a_table_is_seen(html_of_table: str):
    rendered = ProseRenderer().render(html(html_of_table))
    assert rendered.count("<td>") == 2
    assert rendered.count("<th>") == 2
    cells = re.findall(r"<t[dh]>(.*?)</t[dh]>", rendered)
    assert [seen_cell for cell in cells if (seen_cell := unescape(re.sub("<[^<>]*>", "", cell)))] == [
        words for words in re.split(r"<[^<>]*>", html_of_table) if words
    ]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<",
                    ">",
                    "</",
                    "<table>",
                    "</table>",
                    "<tr>",
                    "<td>",
                    "</td>",
                    "<br>",
                    "<b>",
                    "</i>",
                    "<p",
                    "<a href='",
                    "<li>",
                    "<pre>",
                    "<!--",
                    "-->",
                    "&",
                    "x",
                ]
            ),
            st.text(max_size=3),
        ),
        max_size=20,
    ).map("".join)
)
def test_any_html_gives_markdown_that_scripts_nothing(text: str):
    for markup in ("html", "moodle"):
        rendered = ProseRenderer().render(html(text, markup))
        assert "<script" not in rendered
        assert "javascript:" not in rendered


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("[html]<ol><li>a</li><li>b</li></ol>", "1. a\n\n2. b"),
        ("[html]<ol><li>a</li></ol><p>Which?</p>", "1. a\n\nWhich?"),
        ('[html]<ol start\\="5"><li>a</li><li>b</li></ol><p>Which?</p>', "5. a\n\n6. b\n\nWhich?"),
        ("[markdown]1. a\n2. b\n", "1. a\n2. b"),
        ("[markdown]3. a\\n   more\\n\\n4. b\\n\\nWhich?", "3. a\n   more\n\n4. b\n\nWhich?"),
    ],
)
def test_a_title_stands_above_a_text_that_begins_with_a_numbered_list(text: str, stem: str):
    found = imported(f"::t::{text}{{=a ~b}}", "one", (), "gift")
    assert [(taken.drafted.text, taken.drafted.stem) for taken in found.questions] == [("t", stem)]
    assert [one.message for one in found.report] == ["the text begins with no sentence, so “t” stands above it"]


@pytest.mark.parametrize("text", ["[markdown]1. Who?", "[markdown]1986. A year?", "[markdown]1. Who?\\n\\nThat one."])
def test_a_question_with_its_number_is_no_list(text: str):
    found = imported(f"::t::{text}{{=a ~b}}", "one", (), "gift")
    assert found.questions[0].drafted.text == text.removeprefix("[markdown]").partition("\\n")[0]
    assert found.report == ()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<ol type="A"><li>a</li></ol>', "not as in the type A"),
        ('<ol><li value="3">a</li></ol>', "items are counted here"),
        ('<ol start="-2"><li>a</li></ol>', "begins at 1 here, and not at -2"),
        ("<ol reversed><li>a</li></ol>", "and not downwards"),
    ],
)
def test_numbers_that_markdown_has_not_are_reported(html: str, words: str):
    marked = markdown_of(Piece(1, f"Which?{html}", "html"))
    assert marked.text == "Which?\n\n1. a"
    assert any(words in one for one in marked.lost)
    assert markdown_of(Piece(1, '<ul type="disc"><li>a</li></ul>', "html")).lost == ()


@pytest.mark.parametrize(
    ("formula", "command"),
    [
        (r"\(\nabla f\)", r"\nabla"),
        (r"\\(a \neq b\\)", r"\neq"),
        (r"\[\nu\]", r"\nu"),
        (r"$$x \not\in y$$", r"\not"),
    ],
)
def test_a_command_in_a_formula_is_no_new_line_and_it_is_said(formula: str, command: str):
    found = imported(f"::t::What\n is {formula}?{{=a ~b}}", "one", (), "gift")
    assert command.replace("\\", "\\\\") in found.questions[0].markdown
    assert [(one.line, one.warning) for one in found.report if f"{command} stays whole here" in one.message] == [
        (2, True)
    ]


@pytest.mark.parametrize(
    "text", [r"(a\neq b)", r"\(a\) b\neq c \(d", r"\(a\nb\)", r"[1\neq 2]", r"\\[1]\neq \\[2]", r"\(\\nabla f\)"]
)
def test_a_new_line_elsewhere_is_one(text: str):
    found = imported(f"::t::What is?\\n\\n{text}{{=a ~b}}", "one", (), "gift")
    assert not any("stays whole" in one.message for one in found.report)
