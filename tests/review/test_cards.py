import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.registry import RenderedBlock
from review.cards import context, read
from tests.review.conftest import CARDS


def messages(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in read(text, "one")[1]]


def test_a_card_has_a_front_with_prose_and_code_and_a_back_that_goes_on():
    text = (
        "---\ntitle: T\n---\n\n## What is 1. `x`? {#x}\n\n> A quote of the front\n\n"
        "```text\n## no heading\n> no quote\n```\n\n"
        "> **Back:** first\n>\n> ```text\n> code\n> ```\n>\n> - a\n> - b\n"
    )
    cards, problems = read(text, "one")
    assert not problems
    card = cards.find("x")
    assert card
    assert (cards.title, cards.lesson, card.id) == ("T", "one", "x")
    assert card.front_html == "What is 1. <code>x</code>?"
    assert "A quote of the front" in card.stem_html
    assert "no heading" in card.stem_html
    assert "no quote" in card.stem_html
    assert card.back == "first\n\n```text\ncode\n```\n\n- a\n- b"
    assert "<li>b</li>" in card.back_html
    assert cards.find("y") is None


def test_the_version_changes_with_either_side_and_with_nothing_else():
    def version(text: str) -> str:
        return read(text, "one")[0].cards[0].version

    card = "## Front {#x}\n\nstem\n\n> Back: back\n"
    assert version(card) == version("---\ntitle: T\n---\n" + card.replace("> Back:", "> **Back:**"))
    changed = [card.replace(old, "else") for old in ("Front", "stem", " back")]
    assert len({version(card), *map(version, changed)}) == 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "there is no card"),
        ("text\nmore\n\n## F {#f}\n\n> Back: b\n", 1, "before the first card"),
        ("## F\n\n> Back: b\n", 1, "needs an id"),
        ("## F {#F f}\n\n> Back: b\n", 1, "must be 1 to 60"),
        ("## {#f}\n\n> Back: b\n", 1, "no front"),
        ("## F {#f}\n", 1, "no back"),
        ("## F {#f}\n\n> **Back:**\n", 3, "no back"),
        ("## F {#f}\n\n> Back: b\n\n## G {#f}\n\n> Back: c\n", 5, "that of the card on line 1"),
        ("## F {#f}\n\n> Back: b\n> Back: c\n", 4, "has a back already, on line 3"),
        ("## F {#f}\n\n> Back: b\nmore\nand more\n", 4, "goes on with >"),
        ("## F {#f}\n\n> Back: b\n\nmore\n", 5, "goes on with >"),
        ("## F {#f}\n\n> Back: b\n\n> more\n", 5, "goes on with >"),
        ("### F {#f}\n", 1, "the only heading"),
        ("## F {#f}\n\n/// quiz\n///\n\n> Back: b\n", 3, "holds no blocks"),
        ("## F {#f}\n\n> Back: b\n\n```\n", 5, "never closed"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str):
    cards, problems = read(text, "one")
    found = [problem for problem in problems if words in problem.message]
    assert [problem.line for problem in found] == [line], problems
    assert not cards.cards


def test_of_several_lines_without_a_place_the_first_says_it():
    assert len(messages("a\nb\n\nc\n## F {#f}\n\n> Back: b\n\nx\ny\n")) == 2


def test_the_block_shows_every_card_the_same_to_everyone():
    block = RenderedBlock("cards", "one", "", "", {}, {}, "")
    cards, _ = read(CARDS, "one")
    assert context(block, {"cards.md": cards}) == {"lesson": "one", "cards": cards.cards}
    assert context(block, {})["cards"] == ()


PIECES = [
    *{line + "\n" for line in CARDS.split("\n")},
    "```\n", "> ```\n", "~~~\n", "---\n", "/// cards\n", "<div>", "{#", "}", "> ", "> back:", "\t", "\r\n", "# x\n",
    "\u2028", "\x0c", "\x00", "|a|\n|-|\n", "[^1]", "*[a]: b\n", "&", "{: #a .b }",
]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_any_text_gives_cards_or_problems_with_lines(text: str):
    cards, problems = read(text, "one")
    rows = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(rows)
        assert problem.column >= 1
    assert bool(cards.cards) is not any(not problem.warning for problem in problems)
    assert all(card.id and card.front and card.back for card in cards.cards)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(CARDS)), st.integers(0, 40), st.text(max_size=10))
def test_any_edit_of_good_cards_gives_cards_or_problems(place: int, cut: int, insert: str):
    cards, problems = read(CARDS[:place] + insert + CARDS[place + cut :], "one")
    assert cards.cards or problems
