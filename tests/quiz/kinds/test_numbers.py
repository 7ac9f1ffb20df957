"""A number is read as people write it anywhere. What has two readings is asked back, and is an error in a key."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.shown import words_in
from quiz.kinds import KINDS, grade, take
from quiz.kinds.number.exchange import interval_of
from quiz.kinds.number.numerals import NotANumber, decimal, unmistakable
from quiz.kinds.number.quantities import expected, typed
from quiz.models import Answer
from quiz.questions import Question, Quiz
from quiz.reading import read
from quiz.recording import attempt_at
from teach import question_form
from teach.exchange.importing import imported
from tests.quiz.journey import BROWSER, HTMX, Journey


def asked(*options: str) -> Question:
    quiz, problems = read("## Q {#q}\n\n" + "".join(f"- {option}\n" for option in options), "one")
    assert not [problem for problem in problems if not problem.warning]
    return quiz.questions[0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1.5", "1.5"), ("1,5", "1.5"), ("0.500", "0.5"), ("0,500", "0.5"), (".5", "0.5"), (",5", "0.5"),
        ("1,500.0", "1500"), ("1.500,0", "1500"), ("1,500.000", "1500"), ("1 500", "1500"), ("1 500,5", "1500.5"),
        ("1\u00a0500", "1500"), ("1\u2009500", "1500"), ("1\u202f500", "1500"), ("1'500", "1500"), ("1’500", "1500"),
        ("1_500", "1500"), ("1,500,000", "1500000"), ("1.500.000", "1500000"), ("1'500'000.25", "1500000.25"),
        ("1,00,000", "100000"), ("12,34,567.8", "1234567.8"), ("1500.000", "1500"), ("1500,000", "1500"),
        ("15.00", "15"), ("1.5000", "1.5"), ("1.2340", "1.234"), ("1.500e3", "1500"), ("1e3", "1000"),
        ("00.500", "0.5"),
        ("١٫٥", "1.5"), ("١٬٥٠٠", "1500"), ("٣", "3"), ("۳", "3"), ("३", "3"), ("１．５", "1.5"), ("３\u3000ｓ", "3"),
        ("3.", "3"), ("1.5.", "1.5"), ("3 s.", "3"), ("“3 s”", "3"), ("–3", "-3"), ("- 3", "-3"),
        ("3\u200b s", "3"), ("3 sec", "3"),
        ("3 seconds", "3"), ("3 Seconds.", "3"), ("1 Min", "60"), ("3000 Ms", "3"), ("1 hour", "3600"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_written_in_any_country(text: str, seconds: str):
    assert typed(text, "s") == Fraction(seconds)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.500", "“1.500” can be read in two ways: is that 1500 s or 1.5 s?"),
        ("1,500", "“1,500” can be read in two ways: is that 1500 s or 1,5 s?"),
        ("1.500 ms", "“1.500 ms” can be read in two ways: is that 1500 ms or 1.5 ms?"),
        ("1.234 s", "“1.234 s” can be read in two ways: is that 1234 s or 1.2340 s?"),
        ("-12.000", "is that -12000 s or -12 s?"),
        ("123,456min", "is that 123456 min or 123,4560 min?"),
        ("１．５００", "is that 1500 s or 1.5 s?"),
        ("١,٥٠٠", "is that 1500 s or 1,5 s?"),
        ("١،٥٠٠", "is that 1500 s or 1,5 s?"),
        ("1‚500", "is that 1500 s or 1,5 s?"),
        ("1.500.", "is that 1500 s or 1.5 s?"),
        ("1\u200b.500", "is that 1500 s or 1.5 s?"),
        ("1.500 000", "is that 1500000 s or 1.5 s?"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_back_in_the_unit_that_was_typed(text: str, said: str):
    with pytest.raises(NotANumber) as two:
        typed(text, "s")
    assert said in str(two.value)


@pytest.mark.parametrize(
    "text", ["1.2.3", "1,50,00", "1 50", "5'30", "0,500,000", "1,,5", "1..5", "0.1234 567", "3·5", "1,5,", "12 34"]
)
def test_marks_that_stand_as_nobody_puts_them_are_asked_back(text: str):
    with pytest.raises(NotANumber, match="Write a number in digits"):
        typed(text, "s")


@pytest.mark.parametrize("sign", ["", "-"])
@given(digits=st.integers(0, 999), thousandths=st.integers(0, 999), mark=st.sampled_from(".,"))
def test_each_of_two_readings_can_be_written_so_that_it_is_the_only_one(
    sign: str, digits: int, thousandths: int, mark: str
):
    exact = Fraction(f"{sign}{digits}.{thousandths:03}")
    assert typed(unmistakable(decimal(exact)).replace(".", mark), "") == exact


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [BROWSER, HTMX], ids=["plain forms", "htmx"])
def test_a_number_with_two_readings_costs_no_try(write_quiz: Callable[[str], Quiz], headers: dict[str, str]):
    write_quiz("## How long? {#q}\n\n> Hint: h\n\n- [~] 1500 ms\n  > Yes.\n\n> **Why:** w\n")
    journey = Journey(dict(headers))
    journey.look()
    for _ in range(3):
        assert "is that 1500 ms or 1.5 ms?" in journey.give("text", ["1.500"])
        assert journey.last.status_code == 422
    assert not Answer.objects.exists()
    assert "Right." in journey.give("text", ["1 500"])


def test_what_was_taken_before_keeps_its_grade():
    """1.500 was 1.5 until it was asked back."""
    question = asked("[~] 1.5 s", "[ ] 1500 s")
    assert attempt_at(question, 1, 1, "1.500").grade == 1
    assert attempt_at(question, 1, 1, "1.500 s").grade == 1


@pytest.mark.parametrize(
    ("key", "expected_problem"),
    [
        ("1,500", "“1,500” can be read in two ways: write 1500, or 1.5"),
        ("1.500 ms", "“1.500” can be read in two ways: write 1500 ms, or 1.5 ms"),
        ("1.234 s ± 10 %", "“1.234” can be read in two ways: write 1234 s, or 1.2340 s"),
        ("3 s ± 1.500", "“1.500” can be read in two ways: write 1500, or 1.5"),
        ("3000 s ± 1,500 ms", "“1,500” can be read in two ways: write 1500 ms, or 1.5 ms"),
        ("1.500.00", "the marks between its digits stand as nobody puts them"),
    ],
)
def test_a_key_with_two_readings_is_an_error_by_line_in_the_file_and_in_the_studio(key: str, expected_problem: str):
    for source, line in ((f"- [~] {key}\n", 3), (f"- [~] 7 s\n- [ ] {key}\n", 4)):
        _, problems = read(f"## Q {{#q}}\n\n{source}", "one")
        found = [(problem.line, problem.column, problem.message) for problem in problems if not problem.warning]
        assert found == [(line, 7, found[0][2])]
        assert found[0][2].startswith(expected_problem)
    fields = QueryDict(mutable=True)
    fields.update({"text": "How long?", "hint": "h", "why": "w", "option": key, "right": "1"})
    _, _, wrong = question_form.with_question("", question_form.sent(KINDS["number"], fields).question)
    assert any(expected_problem[1:] in problem for problem in wrong)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1.625:0.625", "1.6250 ± 0.625"),
        ("1500", "1500"),
        ("1.500", "1.5"),
        ("2..4.468", "3.2340 ± 1.2340"),
        ("-1.625", "-1.6250"),
    ],
)
def test_an_import_writes_no_key_with_two_readings(text: str, written: str):
    (taken,) = imported(f"::a::How long? {{#{text}}}", "one", (), "gift").questions
    assert [option.text for option in taken.drafted.options] == [written]
    assert expected(written) == interval_of(text)


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        ("[~] 3 s ± 10 %", "3 s (from 2.7 s to 3.3 s counts)"),
        ("[~] 3 s", "3 s"),
        ("[~] 50 % +/- 5", "50 % (from 45 % to 55 % counts)"),
        ("[~] 1 h ± 10 s", "1 h (from 3590 s to 3610 s counts)"),
        ("[~] 1e3 requests/s ± 5 %", "1000 requests/s (from 950 requests/s to 1050 requests/s counts)"),
        ("[~] 1,5", "1.5"),
    ],
)
def test_learners_see_a_number_in_words_where_its_author_writes_signs(option: str, shown: str):
    question = asked(option)
    assert words_in(question.options[0].html) == shown
    again = take(question, MultiValueDict({"text": [shown.partition(" (")[0]]}))
    assert grade(question, again) == 1


def test_learners_see_a_foreseen_mistake_in_words_too():
    question = asked("[~] 3 s ± 10 %", "[ ] 5 ms ± 50 %")
    assert words_in(question.options[1].html) == "5 ms (from 2.5 ms to 7.5 ms)"


@st.composite
def as_a_phone_types(draw: st.DrawFn, number: str, unit: str) -> str:
    digits = draw(st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९"]))
    kept = "".join(digits[int(char)] if char.isdigit() else char for char in number)
    kept = kept.replace("-", draw(st.sampled_from("-−–—‑"))).replace(".", draw(st.sampled_from(".,٫")))
    between = draw(st.sampled_from(["", " ", "  ", "\u00a0", "\u202f", "\u2009", "\u200b"])) if unit else ""
    kept += between + draw(st.sampled_from([unit, unit.upper(), unit[:1].upper() + unit[1:]]))
    kept += draw(st.sampled_from(["", ".", " ", ". "]))
    begin, end = draw(st.sampled_from([("", ""), ("“", "”"), ("«", "»")]))
    return draw(st.sampled_from(["", "\ufeff", " "])) + begin + kept + end


@settings(deadline=None)
@given(st.decimals(-999, 99999, places=2), st.sampled_from(["", "s", "ms", "min", "h", "threads"]), st.data())
def test_grading_is_unchanged_by_how_a_phone_types(value: Decimal, unit: str, data: st.DataObject):
    question = asked(f"[~] {value:f} {unit}")
    sent = data.draw(as_a_phone_types(f"{value:f}", unit))
    assert grade(question, take(question, MultiValueDict({"text": [sent]}))) == 1
