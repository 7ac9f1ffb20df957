"""Import, export, import: whatever a file holds, what was carried once is carried again, the same."""

from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from quiz.parsing import parse
from quiz.reading import read
from quiz.written import DraftedOption, DraftedQuestion
from teach.composing import compose, drafted
from teach.exchange.exporting import gift_of
from teach.exchange.importing import Imported, imported
from tests.quiz.test_any_text import texts

PIECES = [
    "{", "}", "~", "=", "#", "####", "::", ":", "%", "%50%", "%-100%", "%33.33333%", "->", "..", "{#", "{T}",
    "{}", "3", "0.5", "1..2", "*", "\\", "\\n", "\\n\\n", "\\{", "\\}", "\\~", "\\=", "\\#", "\\:", "\\\\",
    "\n", "\n\n", "\n// ", "[html]", "[markdown]", "[plain]", "[moodle]", "$CATEGORY: a", "<p>", "</p>", "<b>",
    "</b>", "<i>", "</i>", "<br>", "<pre>", "</pre>", "<ul>", "<li>", "</ul>", "<code>", "</code>",
    "<table>", "</table>", "<tr>", "<td>", "<th colspan\\=2>", "\nx \\= 1\n", "\n&nbsp;&nbsp;y", "\\> ", "&\\#62; ",
    "<a href='https\\://a/b'>", "</a>", "<img alt='x'>", "<!--", "-->", "&lt;", "&amp;", "&#35;", "`", "```",
    "  ", " ", "    ", "- ", "- [x] ", "> ", "# ", "1. ", "|", "_", "__", "Hint\\: ", "Why?", "a", "b c",
    "\\n    code", "\\n```\\n", "\\n- ", "\\n> ", "![a](b.png)", "\\(", "\u2028", "\ufdd6", "T", "TRUE", "\xa0",
    "---", "///",
]  # fmt: skip
MARKS = {"{", "}", "~", "=", "#", "####", "\n\n", "{T}", "{}", "{#", "->"}
soup = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join)
words = st.lists(
    st.one_of(
        st.sampled_from([piece for piece in PIECES if piece not in MARKS]),
        st.text("abc \\", max_size=5),
    ),
    min_size=1,
    max_size=6,
).map("".join)


@st.composite
def questions(draw: st.DrawFn) -> str:
    """A question of GIFT that is in order but for its texts."""
    formats = st.sampled_from(["", "[html]", "[markdown]", "[plain]", "[moodle]"])
    title = draw(st.one_of(st.just(""), words.map(lambda text: f"::{text}::")))
    answers = draw(
        st.one_of(
            st.lists(st.tuples(st.sampled_from("~="), formats, words, words), min_size=2, max_size=4).map(
                lambda rows: "".join(f"\n{mark}{tag}{text}#{said}" for mark, tag, text, said in rows)
            ),
            st.lists(
                st.tuples(st.sampled_from(["%50%", "%-50%", "%100%"]), formats, words), min_size=2, max_size=4
            ).map(lambda rows: "".join(f"\n~{weight}{tag}{text}" for weight, tag, text in rows)),
            st.lists(st.tuples(st.sampled_from(["", "%50%", "%0%"]), words, words), min_size=1, max_size=4).map(
                lambda rows: "".join(f"\n={weight}{text}#{said}" for weight, text, said in rows)
            ),
            st.lists(
                st.tuples(st.integers(-99, 99), st.sampled_from([":0", ":0.5", "..100", ""]), words),
                min_size=1,
                max_size=3,
            ).map(lambda rows: "#" + "".join(f"\n={number}{more}#{said}" for number, more, said in rows)),
            st.lists(words, min_size=3, max_size=5).map(
                lambda rows: "".join(f"\n={text} -> {place}" for place, text in enumerate(rows, 1))
            ),
            st.just("FALSE#a#b"),
        )
    )
    general = draw(st.one_of(st.just(""), words.map(lambda text: f"####{text}")))
    return f"{title}{draw(formats)}{draw(words)}{{{answers}{general}}}{draw(st.sampled_from(['', '', ' more.']))}\n\n"


def written(found: Imported) -> str:
    return "\n".join(taken.markdown for taken in found.questions)


def check_stable(text: str) -> Imported:
    first = imported(text, "one", (), "gift")
    gift, report = gift_of(written(first))
    again = imported(gift, "one", (), "gift")
    left_out = {one.line for one in report if not one.warning}
    kept = [question.id for question in parse(written(first))[0] if question.line not in left_out]
    assert [one.drafted for one in again.questions] == [
        one.drafted for one in first.questions if one.drafted.id in kept
    ]
    assert all(1 <= one.line <= text.count("\n") + 1 and one.column >= 1 for one in first.report)
    return first


@hypothesis(max_examples=200)
@example("<code>{=a}![a](b.png)")
@given(soup)
def test_any_text_gives_questions_that_come_back(text: str):
    check_stable(text)


@hypothesis(max_examples=200)
@example("Which\\: one?{\n=[html][html]#a\n=b}\n\n")
@given(st.lists(questions(), min_size=1, max_size=3).map("".join))
def test_questions_of_any_texts_come_back(text: str):
    first = check_stable(text)
    quiz, problems = read(written(first), "one")
    assert not first.questions or not [one for one in problems if not one.warning]
    assert len(quiz.questions) == len(first.questions)


def test_the_questions_that_are_made_up_here_can_be_carried():
    """Otherwise the test above would be content with nothing."""
    rows = "Which\\: one?{=[html]<b>a</b>#b ~%50%c\n~d####e}\n\nHow many?{#=1:0.5#a =%50%3#b}\n\nWho?{=a#b}\n\n"
    assert len(check_stable(rows).questions) == 3


def test_a_choice_of_many_right_ones_has_weights_that_make_a_whole():
    for count in (2, 3, 10, 13, 20):
        options = (*(DraftedOption(f"o{place}", "x") for place in range(count)), DraftedOption("w", " "))
        gift, _ = gift_of(compose(DraftedQuestion("Q", "q", "", options)))
        gains = [float(part.partition("%")[0]) for part in gift.split("~%")[1:] if not part.startswith("-")]
        assert len(gains) == count
        assert abs(sum(gains) - 100) < 0.001
        assert drafted(parse(compose(imported(gift, "one", ()).questions[0].drafted))[0][0]).options == options


def test_more_right_ones_than_moodle_has_weights_for_are_left_out():
    options = tuple(DraftedOption(f"o{place}", "x", "") for place in range(21))
    gift, report = gift_of(compose(DraftedQuestion("Q", "q", "", options)))
    assert gift == ""
    assert "no weights for 21" in report[0].message


@hypothesis(max_examples=150)
@given(texts)
def test_any_quiz_is_exported_or_reported(text: str):
    gift, report = gift_of(text)
    rows = text.count("\n") + 1
    assert all(1 <= one.line <= rows for one in report)
    assert gift.count("[markdown]") >= len(imported(gift, "one", (), "gift").questions)
    quiz, _ = read(text, "one")
    assert not quiz.questions or gift or any(not one.warning for one in report)
