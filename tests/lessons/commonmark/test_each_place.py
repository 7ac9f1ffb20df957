"""What a code host shows as a list is one in each place where a list can be written, with its own numbers."""

import pytest

from tests.lessons.commonmark.code_host import shown, tokens
from tests.lessons.commonmark.outline import outline
from tests.lessons.commonmark.places import PLACES, below_an_option

# Each with its outline (outline.py), as CommonMark has it.
SHOWN = {
    "an item two spaces in is inside the item above": (
        "- a\n  - b\n",
        ["ul", "  li", "    : a", "    ul", "      li: b"],
    ),
    "a list may stand right below a paragraph": ("Bring\n- a\n- b\n", ["p: Bring", "ul", "  li: a", "  li: b"]),
    "so may one with numbers": ("Do\n1. a\n2. b\n", ["p: Do", "ol", "  li: a", "  li: b"]),
    "code in an item does not end the list": (
        "1. a\n\n   ```text\n   x\n   ```\n\n2. b\n",
        ["ol", "  li", "    p: a", "    pre", "      |x", "  li", "    p: b"],
    ),
    "a list begins at its own number": ("3. c\n4. d\n", ["ol start=3", "  li: c", "  li: d"]),
    "a year begins a list, too": ("1986. A year\n", ["ol start=1986", "  li: A year"]),
    "bullets and numbers are two lists": (
        "- a\n- b\n\n1. c\n2. d\n",
        ["ul", "  li: a", "  li: b", "ol", "  li: c", "  li: d"],
    ),
    "without a line between them, too": ("- a\n1. b\n", ["ul", "  li: a", "ol", "  li: b"]),
    "what belongs to item ten stands four spaces in": (
        "9. a\n\n   b\n10. c\n\n    d\n",
        ["ol start=9", "  li", "    p: a", "    p: b", "  li", "    p: c", "    p: d"],
    ),
    "a list of item ten, too": (
        "9. a\n   - b\n10. c\n    - d\n",
        ["ol start=9", "  li", "    : a", "    ul", "      li: b", "  li", "    : c", "    ul", "      li: d"],
    ),
    "text between two tildes is struck": ("a ~~b~~\n", ["p: a <del>b</del>"]),
    "a bare address is a link": (
        "See https://example.org/a_b_c.\n",
        ["p: See <a href='https://example.org/a_b_c'>https://example.org/a_b_c</a>."],
    ),
    "tasks have boxes": ("* [ ] a\n* [x] b\n", ["ul", "  li: ☐ a", "  li: ☑ b"]),
    "a backslash at its end breaks a line": ("a\\\nb\n", ["p: a<br>b"]),
}


OF_OPTIONS = {"under a question", "under a prediction", "the form's text"}  # there, a box makes an option
LINES = {"the form's hint", "the form's why"}  # there, what is followed by an empty line is a line, not an item
BELOW_NOTHING = {
    "code in an item does not end the list",
    "a year begins a list, too",
    "what belongs to item ten stands four spaces in",
}


def _is_left_out(name: str, place: str) -> bool:
    return (name == "tasks have boxes" and place in OF_OPTIONS) or (name in BELOW_NOTHING and place in LINES)


@pytest.mark.parametrize(
    ("name", "place"),
    [(name, place) for name in SHOWN for place in PLACES if not _is_left_out(name, place)],
)
def test_it_is_shown_as_on_a_code_host(name: str, place: str):
    text, expected = SHOWN[name]
    assert outline(PLACES[place](text)) == expected


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("- a\n- b\n", [": option", "ul", "  li: a", "  li: b"]),
        ("\n- a\n- b\n", ["p: option", "ul", "  li: a", "  li: b"]),
        ("1. a\n2. b\n", [": option", "ol", "  li: a", "  li: b"]),
        ("- a\n  - b\n", [": option", "ul", "  li", "    : a", "    ul", "      li: b"]),
        ("```text\n- a\n```\n", [": option", "pre", "  |- a"]),
    ],
)
def test_an_option_may_have_a_list_two_spaces_in(below: str, expected: list[str]):
    found = outline(below_an_option(below))
    assert [found[0].removeprefix("p"), *found[1:]] == [expected[0].removeprefix("p"), *expected[1:]]


@pytest.mark.parametrize("name", SHOWN)
def test_the_other_reader_says_so_too(name: str):
    text, expected = SHOWN[name]
    assert outline(shown(tokens(text))) == expected
