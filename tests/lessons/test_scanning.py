import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.scanning import Block, Prose, lines, scan


def problems(source: str) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in scan(source)[1]]


def test_prose_and_blocks_keep_their_lines():
    pieces, found = scan("one\n\n/// tips\n\n- a\n///\nlast", first=10)
    assert found == []
    assert [(type(piece), piece.line) for piece in pieces] == [(Prose, 10), (Block, 12), (Prose, 16)]


def test_an_option_knows_where_its_value_stands():
    (block,) = scan("/// demo | A title\n:seconds: 3\n///")[0]
    assert isinstance(block, Block)
    assert block.argument == "A title"
    assert (block.options["seconds"].line, block.options["seconds"].column) == (2, 11)


def test_blocks_stand_inside_blocks():
    (outer,) = scan("/// samples | x\n/// sample | y\ntext\n///\n///")[0]
    assert isinstance(outer, Block)
    assert [inner.name for inner in outer.blocks] == ["sample"]


def test_nothing_in_a_code_block_is_a_block():
    pieces, found = scan("```\n/// tips\n```")
    assert found == []
    assert isinstance(pieces[0], Prose)


@pytest.mark.parametrize("mark", ["///", "//// tips"])
def test_what_follows_a_mark_that_is_none_keeps_its_line(mark: str):
    assert scan(f"one\n{mark}\nthree")[0] == (Prose(1, "one"), Prose(3, "three"))


@pytest.mark.parametrize("end", ["\f", "\u2028", "\x0b", "\x85"])
def test_only_a_newline_ends_a_line(end: str):
    assert problems(f"a{end}b\n///") == [(2, 1)]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("/// tips\ntext", (1, 1)),
        ("text\n///", (2, 1)),
        ("  /// tips\n///", (1, 3)),
        ("/// Tips\n///", (1, 1)),
        ("///tips\n///", (1, 1)),
        ("//// tips", (1, 1)),
        ("text\n```python\ncode", (2, 1)),
        ("/// demo\n:seconds: 1\n:seconds: 2\n///", (3, 2)),
    ],
)
def test_what_cannot_be_read_is_reported_where_it_stands(source: str, place: tuple[int, int]):
    assert place in problems(source)


def test_a_code_block_that_swallowed_the_end_of_its_block_is_named():
    found = scan("/// tips\n```python\ncode\n///\n\n```python\nmore\n```\n")[1]
    assert any(problem.line == 2 and "holds the /// of line 4" in problem.message for problem in found)


def test_a_longer_fence_holds_shorter_ones():
    assert scan("````\n```\n/// no\n````\n")[1] == []


@given(st.text(alphabet=st.sampled_from("/`~:>|-[]x# \n\rab\f\u2028"), max_size=200))
def test_any_text_gives_pieces_or_problems_with_lines_of_the_text(source: str):
    pieces, found = scan(source)
    last = source.count("\n") + 1
    assert all(1 <= problem.line <= last for problem in found)
    assert all(1 <= piece.line <= last for piece in pieces)


@given(st.text(max_size=200))
def test_lines_lose_nothing_but_carriage_returns(source: str):
    joined = "\n".join(line.text for line in lines(source))
    assert joined.replace("\r", "") == source.replace("\r", "")
