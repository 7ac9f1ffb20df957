"""A line is a line: whatever it begins with, it is shown as its own characters."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lessons.prose import ProseRenderer
from lessons.registry import RenderedBlock
from lessons.rendering import render
from lessons.scanning import scan
from review.cards import read as read_cards

LINES = [
    "> 90 degrees", "- 90 degrees", "+ 5", "- 5", "* a", "1986. A year", "1) a", "0. a", "# 3", "###### 3", "#",
    "What is C#", "3 ##", ": x", "| a | b |", "[a]: b", "[a]: /x", "*[abbr]: x", "[^1]: x", "===",
    "---", "***", "___", "* * *", "```", "``` python", "~~~", "{: .x}", "{: #x }", "text {: .x}", "[TOC]", "- [x] a",
    "-", "+", "*", ">", "|-|-|", "&", "a & b", "&foo;", "<", "a < b", "5 <6> 7", "<3", "\\", "a\\", "`", "``", "!",
    "[", "]", "](", "/// quiz", ":a: b", "1. 2. 3.", "- - a", "> > a", "# # a", "2026-11-28", "*", "_", "~", "a_b_c",
    "2 * 3 * 4", "f(*args)", "\u2028a", "\fa",
]  # fmt: skip


def shown(html: str) -> str:
    """What a reader sees of HTML that was cleaned, in one line."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_shown_as_its_characters(line: str):
    html = ProseRenderer().inline(line)
    assert shown(html) == one_line(line)
    assert not re.search(r"<(?!/?(?:code|em|strong)>)", html), html


# Everything but what begins a mark that counts within a line.
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="*_`<>&[]!\\~:@"), max_size=30)


@given(st.sampled_from(["", "# ", "- ", "+ ", "1. ", "9) ", ": ", "| ", "    ", "{: ", "=", "---"]), PLAIN)
@example("", "{#a}")
def test_any_line_without_inline_marks_is_shown_as_its_characters(mark: str, text: str):
    assert shown(ProseRenderer().inline(mark + text)) == one_line(mark + text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30))
def test_any_line_can_be_written_with_references_to_its_characters(text: str):
    written = re.sub(r"[^\w\s]|_", lambda found: f"&#{ord(found[0])};", text)
    assert shown(ProseRenderer().inline(written)) == one_line(text)


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("> *a* and `b`", "&gt; <em>a</em> and <code>b</code>"),
        ("- [a](/b/)", '- <a href="/b/" rel="noopener">a</a>'),
        ("# ![a](b.svg)", '# <img alt="a" src="b.svg">'),
        ("1. H<sub>2</sub>O &lt; \\*x\\*", "1. H<sub>2</sub>O &lt; *x*"),
        ("`s`{1, 2}", "<code>s</code>{1, 2}"),
        ("*b*{: .x}", "<em>b</em>{: .x}"),
        ("`{% if %}`", "<code>{% if %}</code>"),
        ("<https://a.example/{b}>", '<a href="https://a.example/{b}" rel="noopener">https://a.example/{b}</a>'),
    ],
)
def test_marks_within_a_line_count(line: str, html: str):
    assert ProseRenderer().inline(line) == html


def test_a_line_begins_no_block_and_keeps_nothing_for_the_next():
    prose = ProseRenderer()
    prose.inline("[a]: http://elsewhere.example")
    prose.inline("*[HTML]: x")
    assert prose.inline("[a] HTML") == "[a] HTML"
    assert not prose.inline("# A heading").startswith("<h1")
    assert prose.headings == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- 5\nmore", "- 5\nmore"),
        ("text\n- a\n- b", "<p>text</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- 5\n- a\n- b", "<p>- 5</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# 3\n1. a\n2. b", "<p># 3</p>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> 90\n\nmore", "<p>&gt; 90</p>\n<p>more</p>"),
        ("text\n===", "<p>text</p>\n<p>===</p>"),
        ("text\n---", "<p>text</p>\n<hr>"),
        ("\n- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ],
)
def test_the_first_line_of_an_item_is_a_line_and_the_others_are_markdown(text: str, html: str):
    assert ProseRenderer().item(text) == html


@pytest.mark.parametrize("text", ["# 3\n```text\nx\n```", "# 3\n~~~text\nx\n~~~", "# 3\n\n```text\nx\n```"])
def test_code_below_the_first_line_of_an_item_is_code(text: str):
    html = ProseRenderer().item(text)
    assert html.startswith("<p># 3</p>\n<div")
    assert shown(html) == "# 3 x"


@pytest.mark.parametrize("text", ["a | b\n---|---\n1 | 2", "| a | b |\n| - | :-: |\n| 1 | 2 |", "|a|\n|-|\n|1|"])
def test_an_item_may_be_a_table(text: str):
    assert "<th>a</th>" in ProseRenderer().item(text)


@pytest.mark.parametrize("line", [line for line in LINES if line == one_line(line)])
def test_a_card_shows_the_characters_of_its_front_and_behind_the_name_of_its_back(line: str):
    cards, problems = read_cards(f"## {line} {{#a}}\n\n> **Back:** {line}\n", "one")
    assert problems == []
    (card,) = cards.cards
    assert [shown(card.front_html), shown(card.back_html)] == [one_line(line)] * 2


@pytest.mark.parametrize("line", [line for line in LINES if line == one_line(line)])
def test_a_title_and_an_option_of_a_block_show_their_characters(line: str):
    sample = "/// sample | A\n:lane: {}\n```python\n1\n```\n///\n"
    source = f"/// samples | {line}\n:caption: {line}\n{sample.format('hold')}{sample.format('free')}///\n"
    rendered = render(scan(source)[0], "one")
    assert rendered.problems == ()
    (block,) = rendered.parts
    assert isinstance(block, RenderedBlock)
    assert [shown(block.argument_html), shown(block.options_html["caption"])] == [one_line(line)] * 2
