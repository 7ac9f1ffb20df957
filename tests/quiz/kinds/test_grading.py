"""What answers are worth: never more than 1 or less than 0, and 1 exactly for the key."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quiz.kinds import Unclear, grade, kind_of, take
from quiz.kinds.number.numerals import NotANumber
from quiz.kinds.number.quantities import expected, typed
from quiz.presenters import alone
from quiz.questions import Given, Question
from quiz.reading import read
from quiz.recording import attempt_at
from tests.quiz.every_kind import RIGHT, SOURCE, WRONG, values

QUESTIONS = {question.id: question for question in read(SOURCE, "one")[0].questions}
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip).filter(bool)


def asked(source: str) -> Question:
    quiz, problems = read(source, "one")
    assert quiz.questions, problems
    return quiz.questions[0]


def form(field: str, given: list[str]) -> MultiValueDict[str, str]:
    return MultiValueDict({field: given})


def can_be_shown(question: Question, answer: Given) -> bool:
    return alone(question, attempt_at(question, 1, 1, answer)).is_settled


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_the_key_is_worth_1_and_a_mistake_less(name: str):
    question = QUESTIONS[name]
    assert grade(question, take(question, form(*values(question, RIGHT)))) == 1
    assert 0 <= grade(question, take(question, form(*values(question, WRONG)))) < 1


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=2, max_size=8).filter(any), st.data())
def test_a_choice_is_worth_1_exactly_for_its_key_and_nothing_when_everything_is_ticked(
    marks: list[bool], data: st.DataObject
):
    options = "".join(f"- [{'x' if mark else ' '}] option {place}\n" for place, mark in enumerate(marks))
    question = asked(f"## Q {{#q}}\n\n{options}")
    chosen = data.draw(st.sets(st.integers(1, len(marks)), min_size=1))
    assume(len(chosen) == 1 or question.has_several_right)
    answer = take(question, form("option", list(map(str, chosen))))
    worth = grade(question, answer)
    assert 0 <= worth <= 1
    assert (worth == 1) is (set(answer) == {option.key for option in question.right})
    if question.has_several_right and not all(marks):
        everything = take(question, form("option", [str(place) for place in range(1, len(marks) + 1)]))
        assert grade(question, everything) == 0


@settings(deadline=None)
@given(st.integers(3, 8), st.data())
def test_an_order_is_worth_1_exactly_when_every_step_is_in_its_place(count: int, data: st.DataObject):
    options = "".join(f"- [{place}] step {place}\n" for place in range(1, count + 1))
    question = asked(f"## Q {{#q}}\n\n{options}")
    assert [option.place for option in question.options] != list(range(1, count + 1))
    placed = data.draw(st.permutations(range(1, count + 1)))
    assume(placed != sorted(placed))  # as they were shown, which is no answer
    answer = take(question, form("step", list(map(str, placed))))
    worth = grade(question, answer)
    assert 0 <= worth <= 1
    assert (worth == 1) is ([question.options[place - 1].place for place in placed] == list(range(1, count + 1)))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(QUESTIONS)), st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_sent_is_refused_in_words_or_graded(name: str, sent: list[str]):
    question = QUESTIONS[name]
    for field in ("option", "text", "step"):
        try:
            answer = take(question, form(field, sent))
        except Unclear:
            continue
        assert 0 <= grade(question, answer) <= 1
        assert can_be_shown(question, answer)


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.one_of(st.text(max_size=30), st.lists(st.text(max_size=12), max_size=4)),
)
def test_an_answer_to_another_version_is_still_something_between_0_and_1(name: str, answer: str | list[str]):
    question = QUESTIONS[name]
    assert 0 <= grade(question, answer) <= 1
    assert can_be_shown(question, answer)


@settings(deadline=None)
@given(WORDS)
def test_any_text_that_an_author_accepts_is_accepted(word: str):
    quiz, _ = read(f"## Q {{#q}}\n\n- [=] {word}\n", "one")
    assume(quiz.questions)
    question = quiz.questions[0]
    try:
        assert grade(question, take(question, form("text", [question.right[0].plain.upper()]))) in (0.0, 1.0)
    except Unclear as unclear:
        assert "Check the" in str(unclear)  # noqa: PT017 - some words have no capitals of their own
    assert grade(question, take(question, form("text", [f"  {question.right[0].plain} "]))) == 1


@settings(deadline=None)
@given(
    st.decimals("-1000000", "1000000", places=3), st.decimals("0", "1000", places=3), st.decimals("-3", "3", places=3)
)
def test_a_number_is_right_exactly_within_its_tolerance(value: Decimal, tolerance: Decimal, times: Decimal):
    question = (
        asked(f"## Q {{#q}}\n\n- [~] {value:.4f} ms ± {tolerance:.4f} ms\n- [ ] 1 ms\n")
        if abs(value - 1) > tolerance
        else (asked(f"## Q {{#q}}\n\n- [~] {value:.4f} ms ± {tolerance:.4f} ms\n"))
    )
    sent = value + times * tolerance
    # With three digits behind the point, some of these would have two readings.
    worth = grade(question, take(question, form("text", [f"{sent:.6f} ms"])))
    assert (worth == 1) is (abs(sent - value) <= tolerance)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", "3"), ("3.0", "3"), ("3,0", "3"), ("3 s", "3"), ("3s", "3"), ("3000 ms", "3"), ("3 000 ms", "3"),
        (" 3 ", "3"), ("+3", "3"), ("−3", "-3"), ("0,003", "0.003"), ("3e0", "3"), ("0.05 min", "3"), ("３", "3"),
        ("3000000 µs", "3"), ("3000000 μs", "3"), ("3000000us", "3"), ("3\u00a0s", "3"), ("3 S", "3"),
    ],
)  # fmt: skip
def test_a_number_may_be_written_in_many_ways(text: str, seconds: str):
    assert typed(text, "s") == Fraction(seconds)


@pytest.mark.parametrize(
    "text",
    [
        "three", "", "3 4", "3 kg", "about 3", "1e999999", "3,000", "--3", "0x3", "3 s s", "nan", "∞",
        "3²", "10³", "③", "3,", "3 s,",
    ],
)  # fmt: skip
def test_what_is_no_number_or_could_be_two_is_refused(text: str):
    with pytest.raises(NotANumber):
        typed(text, "s")


def test_without_a_unit_only_a_number_is_one():
    assert typed("4", "") == 4
    with pytest.raises(NotANumber, match="without a unit"):
        typed("4 s", "")
    assert typed("4 threads", "threads") == 4
    assert typed("4 Threads", "threads") == 4
    with pytest.raises(NotANumber, match="in threads"):
        typed("4 workers", "threads")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3 s ± 10 %", "2.7", "3.3"), ("3 s ± 300 ms", "2.7", "3.3"), ("3 s +/- 0.3", "2.7", "3.3"), ("3 s", "3", "3"),
        ("50 % ± 5 %", "45", "55"), ("4", "4", "4"), ("-3 ± 10 %", "-3.3", "-2.7"), ("2 threads ± 1", "1", "3"),
    ],
)  # fmt: skip
def test_a_tolerance_reaches_as_far_as_it_says_and_no_further(text: str, low: str, high: str):
    quantity = expected(text)
    for bound in (Fraction(low), Fraction(high)):
        assert quantity.allows(bound)
    assert not quantity.allows(Fraction(low) - Fraction("1e-12"))
    assert not quantity.allows(Fraction(high) + Fraction("1e-12"))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("3 min", "180 s"), ("1 d", "1440 min"), ("1 h ± 10 min", "70 min"), ("1 h ± 10 min", "50 min"),
        ("7 s", "7000000 µs"), ("1 GiB", "1024 MiB"), ("1 min ± 1 s", "61 s"),
    ],
)  # fmt: skip
def test_the_same_in_another_unit_is_as_right(key: str, text: str):
    question = asked(f"## Q {{#q}}\n\n- [~] {key}\n")
    assert grade(question, take(question, form("text", [text]))) == 1


@pytest.mark.parametrize(
    "text",
    ["3 s ± 10 kg", "3 ± -1", "s", "3 s ±", "± 3", "3 s 10 %", "10³ ms", "3 s, ± 10 %", "3 s +/- ten", "3 s or so"],
)
def test_an_expected_number_that_makes_no_sense_is_refused(text: str):
    with pytest.raises(NotANumber):
        expected(text)


def test_the_kind_of_every_question_is_told_by_its_boxes():
    assert [kind_of(question).name for question in QUESTIONS.values()] == [
        "choice", "choice", "number", "text", "order", "output", "process",
    ]  # fmt: skip
