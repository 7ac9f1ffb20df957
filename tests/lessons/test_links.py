import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.links import Link, links_in, problems_of
from lessons.words import pieces, without_code, words_of
from tests.lessons.conftest import PAGE, Tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [a](b).", [(1, 9, "b")]),
        ("[a](<b c> 'title') [d]( e )", [(1, 6, "b c"), (1, 25, "e")]),
        ("[words that go\non](there)", [(2, 5, "there")]),
        ("[`code]`](there)", [(1, 11, "there")]),
        ("[a [b] c](x_(y)_z)", [(1, 11, "x_(y)_z")]),
        ("[![A picture](p.svg)](there)", [(1, 23, "there")]),
        ("[a]()", [(1, 5, "")]),
        ("[a][b]\n\n[b]: <there>", [(3, 7, "there")]),
        ("<https://example.org/>", [(1, 2, "https://example.org/")]),
        ('<a class="x" href="there">a</a>', [(1, 20, "there")]),
        ("> - ([a](b))", [(1, 10, "b")]),
        ("![A picture](p.svg) `[a](b)` <!-- [a](b) --> \\[a](b) a](b)\n\n```text\n[a](b)\n```", []),
    ],
)
def test_links_are_found_where_they_stand(text: str, expected: list[tuple[int, int, str]]):
    assert links_in(text) == tuple(Link(*link) for link in expected)
    assert links_in(f"\n{text}", 7) == tuple(Link(line + 7, column, target) for line, column, target in expected)


@pytest.mark.parametrize(
    "target",
    [
        "", "#", "http://", "https:///x", "http://[::1", "https://example.org:99999/", "http://exa mple.org/",
        "javascript:alert(1)",
        "ftp://example.org/",
    ],
)  # fmt: skip
def test_a_target_that_leads_nowhere_by_itself_is_warned_of(target: str):
    (problem,) = problems_of([Link(3, 4, target)])
    assert (problem.line, problem.column, problem.warning) == (3, 4, True)


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org", "http://localhost:8000/x?y#z", "mailto:a@example.org", "/x/", "#x",
        "https://doi.org/10.1/s(1)2",
    ],
)  # fmt: skip
def test_a_target_that_may_be_there_is_fine(target: str):
    assert not list(problems_of([Link(1, 1, target)]))


def said(tree: Tree) -> list[str]:
    return [str(problem).removeprefix(f"{tree.root}/") for problem in tree.catalog().course.problems]


@pytest.mark.parametrize(
    "target",
    [
        "#first", "#main", "/", "/lessons/one/", "/lessons/one/why/", "/lessons/one/why/#first",
        "/lessons/one", "../why/", "?x=1",
        "/demos/blocking/?seconds=3", "/review/", "/quiz/one/", "/static/site.css", "#recorded-run",
        "#figure-inp", "#by-hand",
    ],
)  # fmt: skip
def test_a_link_to_what_is_there_is_fine(tree: Tree, target: str):
    tree.write("one/why.md", f"{PAGE}\n[a]({target}) <b id='by-hand'>b</b>\n\n/// definitions\n///\n")
    assert said(tree) == []


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("#nowhere", "the page has no heading or place “nowhere”"),
        ("/lessons/one/why/#nowhere", "the page has no heading or place “nowhere”"),
        ("/lessons/two/", "the course has no lesson “two”"),
        ("/lessons/two/why/", "the course has no lesson “two”"),
        ("/quiz/two/", "the course has no lesson “two”"),
        ("/lessons/one/deep/", "the lesson “one” has no mode “deep”"),
        ("learn.md", "no page of this site has that address"),
        ("www.example.org", "another site's begins with https://"),
        ("/nowhere/", "no page of this site has that address"),
    ],
)
def test_a_link_that_leads_nowhere_is_warned_of_at_its_place(tree: Tree, target: str, why: str):
    tree.write("one/why.md", f"{PAGE}\nSee\n[a]({target})\n")
    (problem,) = said(tree)
    assert problem.startswith(f"one/why.md:15:5: warning: “{target}” leads nowhere: ")
    assert why in problem


def test_a_link_leads_nowhere_as_soon_as_its_page_is_gone_and_is_fine_when_it_is_there_again(tree: Tree):
    tree.write("one/deep.md", f"{PAGE}\n[a](/lessons/one/why/#first)\n")
    catalog = tree.catalog()
    assert not catalog.course.problems
    tree.write("one/why.md", PAGE.replace("## First", "## Second"))
    catalog.refresh()
    (problem,) = catalog.course.problems
    assert problem.path.endswith("one/deep.md")
    tree.write("one/why.md", PAGE)
    catalog.refresh()
    assert not catalog.course.problems


@pytest.mark.parametrize("target", ["#first", "learn.md"])
def test_a_card_stands_on_several_pages_so_its_links_are_whole_addresses(tree: Tree, target: str):
    card = "## F {{#f}}\n\n> Back: [a]({})\n"
    tree.write("one/cards.md", card.format(target))
    (problem,) = said(tree)
    assert problem.startswith("one/cards.md:3:13: warning: this is shown on several pages")
    tree.write("one/cards.md", card.format("/lessons/one/why/#first"))
    assert said(tree) == []


def test_a_retired_lesson_is_no_place_to_lead_to(tree: Tree):
    tree.write("two/why.md", PAGE)
    tree.write("one/why.md", f"{PAGE}\n[a](/lessons/two/)\n")
    tree.write("course.toml", 'title = "A"\nlessons = ["one"]\nretired = ["two"]\n')
    assert [problem for problem in said(tree) if "no lesson “two”" in problem]


PIECES = [
    "[",
    "](",
    "]",
    ")",
    "!",
    "\\",
    "`",
    "``",
    "<!--",
    "-->",
    "<",
    ">",
    "a",
    " ",
    "\n",
    "\n\n",
    "```\n",
    "https:",
    "]: ",
    "//",
    "é",
]
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


@given(texts)
def test_any_text_has_links_whose_targets_stand_at_their_places(text: str):
    rows = text.split("\n")
    for link in links_in(text):
        assert rows[link.line - 1][link.column - 1 :].startswith(link.target)
    list(problems_of(links_in(text)))


@given(texts)
def test_any_text_is_the_sum_of_its_pieces_and_nothing_moves_where_code_is_taken_out(text: str):
    assert "".join(piece.raw for piece in pieces(text)) == text
    blank = without_code(text)
    assert len(blank) == len(text)
    assert all(left in (" ", was) for left, was in zip(blank, text, strict=True))


@given(st.lists(st.sampled_from(["Ein", "Wort", "snake_case", "3", "x"]), min_size=1, max_size=6))
def test_markup_changes_nothing_in_what_a_text_says(words: list[str]):
    plain = " ".join(words)
    marked = f"**{words[0]}** " + " ".join(f"_{word}_" for word in words[1:]) + " <!-- said twice -->"
    assert words_of(marked) == words_of(plain) == plain


@given(st.text(min_size=1, max_size=60), st.text(max_size=20))
def test_any_target_can_be_judged(target: str, rest: str):
    list(problems_of([Link(1, 1, target + rest), Link(1, 1, f"http://{target}"), Link(1, 1, f"https://a:{target}")]))


@pytest.mark.parametrize(
    "piece",
    [
        "](", "[", "[a](", "[a](/x) ", "`", "` ", "`a``", "<!--", "<a ", "<https:", "\\", "[a]((", "[a]: b\n",
        "a](", "![", "]((",
    ],
)  # fmt: skip
def test_links_take_time_in_proportion_to_the_text(piece: str):
    began = time.process_time()
    text = piece * (250_000 // len(piece))
    list(problems_of(links_in(text)))
    words_of(text)
    assert time.process_time() - began < 10  # some 1 s; what looks again at everything for each sign takes minutes
