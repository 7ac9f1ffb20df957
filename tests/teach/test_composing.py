"""Whatever a text holds, it comes back as the same piece of the same question."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from lessons.prose import ProseRenderer
from quiz.kinds.kind import plain
from quiz.parsing import parse
from quiz.reading import read
from quiz.written import DraftedOption, DraftedQuestion
from teach.composing import appended, carried, compose, drafted, slug_of
from tests.quiz.every_kind import SOURCE as EVERY_KIND

LINES = [
    "# a", "## b {#b}", "   ###### c", "#", "- [ ] a", "- [x] b", "  * [~] 3 s", "1. [x] a", "+ [none] a", "-[ ]",
    "> q", "> Hint: h", "> **Why:** w", ">Runs: line 1 in web", "**why**: w", "Hint: h", "Why:", ">", "> ```",
    "  > - [x] a",
    "/// quiz", "///", "   /// | x", "```", "````", "```python", "~~~", "  ```", "    ```", "``` a `b`", "---", "===",
    "\tcode", "    code", "  two", "", " ", "a", "plain text", "\u2028", "\x0b", "\r", "\r\n", "\x00", "\x85",
    "\xa0a\xa0",
    "{#id}", "{: .x }", "<div>", "&#47;", "\\", "\\#", "| a |", ": b", "\ud800", "'", "`", "``", "`a`",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(LINES), max_size=8).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=6)), max_size=6).map("".join),
)
FAMILIES = [[" ", "x"], ["~", " "], ["=", " "], ["1", "2", "3", "17"], [">", " "], ["web", "worker", "both", "none"]]


@st.composite
def questions(draw: st.DrawFn) -> DraftedQuestion:
    marks = st.sampled_from(draw(st.sampled_from(FAMILIES)))
    options = st.lists(st.builds(DraftedOption, texts, marks, texts), max_size=4).map(tuple)
    quotes = texts.map(lambda text: (("runs", text),))
    return draw(st.builds(DraftedQuestion, texts, texts, texts, options, texts, texts, quotes))


def one(text: str = "", **fields: object) -> DraftedQuestion:
    """A question of which only one piece matters."""
    return DraftedQuestion("Q", "q", **{"stem": "", "options": (DraftedOption(text or "a", "x"),), **fields})  # type: ignore[arg-type]


def again(question: DraftedQuestion) -> DraftedQuestion:
    """The question after it was written and read, without a problem."""
    found, problems = parse(compose(question))
    assert problems == []
    assert len(found) == 1
    return drafted(found[0])


@hypothesis(max_examples=300)
@given(questions())
@example(one("a\n\n    code"))
@example(one("```\n> x"))
@example(one("> ```\n- [x] a"))
@example(one(stem="> ```\n> Hint: h"))
@example(one(hint="```python\nx"))
@example(one(why="w\n```\nWhy: x\n```\nWhy: y"))
def test_any_question_comes_back_as_it_was_written(question: DraftedQuestion):
    there = again(question)
    assert there == carried(question)
    assert carried(there) == there, "what was carried once is carried as it is"
    assert again(there) == there


@hypothesis(max_examples=60)
@given(
    st.lists(questions(), max_size=4), st.sampled_from(["", "\r\n", "---\ntitle: T\n---", "## A {#a}\r\n\r\n- [x] b"])
)
def test_questions_stay_apart_in_one_file(drafts: list[DraftedQuestion], source: str):
    for draft in drafts:
        source = appended(source, compose(draft))
    body = source.removeprefix("---\ntitle: T\n---")
    found, problems = parse(body)
    assert problems == []
    assert [drafted(question) for question in found if question.id != "a"] == [
        carried(draft) for draft in drafts if carried(draft).id != "a"
    ]


@pytest.mark.parametrize(
    "source", [EVERY_KIND, (Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text()]
)
def test_what_an_author_wrote_stays_word_for_word(source: str):
    body = source.partition("---\n")[2].partition("---\n")[2] if source.startswith("---") else source
    found, _ = parse(body)
    assert found
    for question in map(drafted, found):
        assert again(question) == question


def shown(markdown: str) -> str:
    return str(ProseRenderer().render(markdown))


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("# a", "# a"),
        ("- [x] a", "[x] a"),
        ("/// quiz", "/// quiz"),
        ("> Hint: h", "Hint: h"),
    ],
)
def test_what_was_escaped_in_a_stem_reads_as_it_was(line: str, seen: str):
    stem = again(one(stem=line)).stem
    assert stem != line
    assert seen in shown(stem)


def test_a_quote_in_an_option_reads_as_it_was():
    assert "&gt; q" in shown(again(one("a\n> q")).options[0].text)


@pytest.mark.parametrize("text", ["# root", "- [x] a", "> q", "/// a", "`x`", "{#a}", "a:b"])
def test_an_answer_that_is_typed_is_never_escaped(text: str):
    options = (DraftedOption(text, "=", "f"), DraftedOption(text + "!", " "))
    assert [option.text for option in again(one(options=options)).options] == [text, text + "!"]


def test_what_is_printed_keeps_its_lines():
    options = (DraftedOption("# a\n\n  ```\n- [x] b", ">"),)
    assert plain(again(one(options=options)).options[0].text) == "# a\n\n  ```\n- [x] b"


def test_a_question_written_so_can_be_asked():
    options = (
        DraftedOption("yes\n\n```python\nx = 1\n```", "x", "Right.\n\nSo it is."),
        DraftedOption("no", " ", "No."),
    )
    quiz, problems = read(compose(DraftedQuestion("Is it?", "is-it", "Look:", options, "Look up.", "It is.")), "one")
    assert problems == []
    assert [option.is_right for option in quiz.questions[0].options].count(True) == 1


def test_no_other_mark_is_taken():
    with pytest.raises(ValueError, match="mark"):
        compose(one(options=(DraftedOption("a", "] b"),)))


def test_a_question_is_put_at_the_end_in_the_line_ends_of_the_file():
    question = compose(one("b"))
    assert appended("", question) == question
    assert appended("## A {#a}", question).startswith("## A {#a}\n\n## Q")
    windows = appended("## A {#a}\r\n", question)
    assert windows.startswith("## A {#a}\r\n\r\n## Q")
    assert windows.count("\n") == windows.count("\r\n")


@given(st.text(max_size=200), st.integers(0, 12))
def test_an_id_is_always_found(text: str, count: int):
    taken: list[str] = []
    for _ in range(count):
        name = slug_of(text, taken)
        assert name not in taken
        assert slug_of(name, ()) == name
        assert 1 <= len(name) <= 60
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        taken.append(name)


def test_an_id_says_what_the_question_says():
    assert slug_of("Why does `.delay()` return?", ()) == "why-does-delay-return"
    assert slug_of("a", {"a", "a-2"}) == "a-3"
    assert slug_of("word " * 40, ()) == "-".join(["word"] * 12)
    assert slug_of("?", ()) == "question"
