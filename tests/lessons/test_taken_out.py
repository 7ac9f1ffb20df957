"""A tag that no reader sees, or that was meant as words, is told with its line, in pages and blocks and cards."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons.prose import ProseRenderer
from lessons.reading import read
from lessons.scanning import Problem
from lessons.shown import words_in
from lessons.taken_out import problems_of
from review.cards import read as read_cards
from tests.lessons.conftest import PAGE
from tests.lessons.test_lines import shown

FIRST = PAGE.count("\n") + 2  # the line behind the page and an empty one


def told(text: str) -> list[Problem]:
    """What is told of tags in a text alone."""
    prose = ProseRenderer()
    prose.render(text)
    return list(problems_of(prose.taken, text))


def on_page(text: str) -> list[tuple[int, str]]:
    _, problems = read(f"{PAGE}\n{text}", "one", "why.md")
    return [(problem.line, problem.message) for problem in problems if problem.message.startswith("the tag")]


CODE = "```python\n1\n```\n///\n"
SAMPLES = (
    "/// samples | {title}\n:caption: {caption}\n/// sample | A\n:lane: hold\n{inside}"
    f"{CODE}/// sample | B\n:lane: free\n{CODE}///\n"
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A List<String> is one.", FIRST),
        ("text\n\n- a\n- List<String>", FIRST + 3),
        ("text\n\n> quoted\n> List<String>", FIRST + 3),
        ("### List<String>", FIRST),
        ("| a | b |\n| - | - |\n| 1 | List<String> |", FIRST + 2),
        ("```java\nList<String>\n```\n\nList<String>", FIRST + 4),
        ("`List<String>`, and List<String>", FIRST),
        ("/// tips\n- a\n- List<String>\n///", FIRST + 2),
        (SAMPLES.format(title="List<String>", caption="c", inside=""), FIRST),
        (SAMPLES.format(title="T", caption="List<String>", inside=""), FIRST + 1),
        (SAMPLES.format(title="T", caption="c", inside="a List<String>\n\n"), FIRST + 4),
    ],
)
def test_a_tag_that_is_taken_out_of_a_page_is_told_with_its_line(text: str, line: int):
    found = on_page(text)
    assert [place for place, _ in found] == [line], found
    assert found[0][1] == "the tag <String> is taken out: to show it, write it as code, `<String>`, or as \\<String>"


@pytest.mark.parametrize(
    ("text", "message", "left"),
    [
        ("If a<b and b>c", "the tag <b and b> loses “and b”", "If ac"),
        ("a<b>c", "the tag <b> is never closed", "ac"),
        ("<p onclick='x()'>a</p>", "the tag <p onclick='x()'> loses “onclick”", "a"),
        ("<p style='color:red'>a</p>", "loses “style”", "a"),
        ("The <script> tag stops it", "the tag <script> is taken out", "The tag stops it"),
        ("a <title> b", "the tag <title> is taken out", "a b"),
        ("a <plaintext> b", "the tag <plaintext> is taken out", "a b"),
        ("Set<int> is one, and so on", "the tag <int> is taken out", "Set is one, and so on"),
        ("x <?php echo 1 ?> y", "the tag <?php echo 1 ?> is taken out", "x y"),
        ("<!DOCTYPE html> x", "the tag <!DOCTYPE html> is taken out", "x"),
        ("<Foo\n  bar> z", "the tag <Foo bar> is taken out", "z"),
        ("x</b> y", "the tag </b> ends nothing", "x y"),
        ("x </T> y", "the tag </T> is taken out", "x y"),
    ],
)
def test_what_becomes_of_a_tag_is_said_and_its_words_stay(text: str, message: str, left: str):
    found = told(text)
    assert len(found) == 1
    assert message in found[0].message
    assert shown(ProseRenderer().render(text)) == left


@pytest.mark.parametrize(
    "text",
    [
        "a <kbd>b</kbd> <br> H<sub>2</sub>O", "<details>\n<summary>a</summary>\nb\n</details>", "a < b and c > d",
        "<3", "a <- b", "`List<String>`", "```html\n<script>\n```", "    <script>", "&lt;b>", "<https://a.example>",
        "<a@b.example>", "<p class='x' id='y' title='z' lang='he' dir='rtl'>a</p>", "<!-- a <b> c -->",
        "| a |\n|--:|\n| 1 |", "[a](javascript:b)", "<div>\n\n*a*\n\n</div>", "<img src='a.svg' alt='b'>",
        "- a\n- b\n{: .x }", "<p>a", "<a href='/a/'>b</a>",
    ],
)  # fmt: skip
def test_nothing_is_told_of_what_is_shown(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("card", "line"),
    [
        ("## List<String> {#a}\n\n> Back: b\n", 1),
        ("## A {#a}\n\nList<String>\n\n> Back: b\n", 3),
        ("## A {#a}\n\n> Back: b\n> List<String>\n", 4),
    ],
)
def test_a_tag_that_is_taken_out_of_a_card_is_told_with_its_line(card: str, line: int):
    cards, problems = read_cards(card, "one")
    assert cards.cards
    assert [(problem.line, problem.warning) for problem in problems] == [(line, True)]


@pytest.mark.parametrize(
    ("front", "back", "line"), [("<b>", "b", 1), ("&nbsp;", "b", 1), ("a", "<i>", 3), ("a", "\u200b", 3)]
)
def test_a_side_of_a_card_that_shows_nothing_is_an_error(front: str, back: str, line: int):
    cards, problems = read_cards(f"## {front} {{#a}}\n\n> Back: {back}\n", "one")
    assert not cards.cards
    assert [problem.line for problem in problems if not problem.warning] == [line]


def test_a_title_of_a_block_that_shows_nothing_is_an_error():
    _, problems = read(f"{PAGE}\n{SAMPLES.format(title='<b>', caption='c', inside='')}", "one", "why.md")
    assert [problem.line for problem in problems if not problem.warning] == [FIRST]


PIECES = [
    "<", ">", "</", "/>", "<!", "<?", "<!--", "-->", "b", "i", "int", "String", "script", "style", "title",
    "textarea", "div", "p", " ", "\n", "\n\n", "x", "word", "and", "=", '"', "'", "`", "``", "- ", "> ", "# ", "1. ",
    "&", ";", "lt", "svg", "math", "a href", "td", "table", "li", "iframe", "plaintext", "noscript", "template",
    "select", "option", "xmp", "br", "hr", "details", "DOCTYPE",
]  # fmt: skip
FENCE = re.compile(r"^([ >+*0-9.)-]*`{3,}).*", re.MULTILINE)
MARKUP = re.compile(r"`+|<!--.*?-->|&(?:#\d+|lt|amp|gt);|</?[a-z]+>|[^\w\s]", re.DOTALL)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("<title> x")
@example("<!String")
@example("```ltlt")
@example("><script")
@example('</p `"word\n\nword')
@example("<!---->&</'word-->word")
@example("<!-- a word")
@example("<div\n\nword")
@example("x<int>word\nword")
def test_whatever_words_a_reader_does_not_see_something_is_told(text: str):
    prose = ProseRenderer()
    html = prose.render(text)
    text_alone = FENCE.sub(r"\1", text)  # what stands behind a fence is the name of a language
    words = re.findall(r"[a-zA-Z]{4,}", MARKUP.sub(" ", text_alone))
    seen = words_in(html)
    if any(seen.count(word) < words.count(word) for word in words):
        assert prose.taken, (text, html)


@pytest.mark.parametrize("piece", ["<T> ", "<b> ", "<T>\n\n", "</b>", "<script> ", "<int>\n", "<T"])
def test_many_tags_are_told_in_a_moment(piece: str):
    text = "\n\n".join([piece * 60] * 100)
    prose = ProseRenderer()
    prose.render(text)
    began = time.process_time()
    assert len(list(problems_of(prose.taken, text))) in (0, 200)
    assert time.process_time() - began < 5  # some 0.1 s


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Press <b>here.\n\nUse List<String>", [(1, 7), (3, 9)]),
        ("<kbd>A</kbd>\n\n<kbd>B</kbd>\n\n<kbd>C here", [(5, 1)]),
        ("<b>x</b>\n\na</b> <b>y</b>", [(3, 2)]),
        ("\\<T> <T>", [(1, 6)]),
        ("`<T>`\n\n<T>", [(3, 1)]),
        ('<p align="center">\n\nx\n\n</p>\n\nList<T>', [(1, 1), (7, 5)]),
        ('a\n\n<img src="https://x.example/a.png" alt="b">', [(3, 1)]),
        ("If a<b and b>c", [(1, 5)]),
    ],
)
def test_a_tag_is_told_where_it_stands(text: str, places: list[tuple[int, int]]):
    prose = ProseRenderer()
    prose.render(text)
    assert [(problem.line, problem.column) for problem in problems_of(prose.taken, text)] == places
