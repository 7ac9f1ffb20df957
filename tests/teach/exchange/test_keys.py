"""Which answers of a file in GIFT are right: as Moodle reads it, and where that is not what was meant, it is said."""

import pytest

from teach.exchange.exporting import gift_of
from teach.exchange.importing import imported


def key(text: str) -> list[str]:
    """The options of each question, as "x Paris"."""
    found = imported(text, "one", (), "gift")
    return [f"{option.mark} {option.text}" for taken in found.questions for option in taken.drafted.options]


def said(text: str) -> list[str]:
    return [f"{one.line}: {one.message}" for one in imported(text, "one", (), "gift").report]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("::b::Hauptstadt?{Berlin =Paris ~Rom}", ["  Berlin", "x Paris", "  Rom"]),
        ("::b::Hauptstadt?{Berlin#nein ~%100%Paris ~%-50%Rom}", ["  Berlin", "x Paris", "  Rom"]),
        ("Hauptstadt?{\n// one\nBerlin\n=Paris\n~Rom\n}", ["  Berlin", "x Paris", "  Rom"]),
        ("Hauptstadt?{%100%Paris ~Rom}", ["x Paris", "  Rom"]),
        ("Welche Hauptstadt?{Paris =Berlin}", ["= Paris", "= Berlin"]),  # typed: there, Moodle takes the first one too
    ],
)
def test_an_answer_before_the_first_mark_is_right_only_where_moodle_takes_it_as_right(text: str, options: list[str]):
    assert key(text) == options
    told = [one for one in said(text) if "stands before the first = or ~" in one]
    assert len(told) == (options[0] == "  Berlin")


def test_a_choice_in_which_nothing_is_marked_right_is_left_out_with_the_reason():
    assert key("Hauptstadt?{Berlin ~Paris}") == []
    assert any("no option is right" in one for one in said("Hauptstadt?{Berlin ~Paris}"))
    assert "1: “Berlin” stands before the first = or ~, so it is a wrong answer, as Moodle reads it" in said(
        "Hauptstadt?{Berlin ~Paris}"
    )


@pytest.mark.parametrize("between", ["\n", "\n// a comment\n", " \n\t", "\n\t// one\n// two\n  "])
def test_a_weight_may_stand_on_the_line_after_its_mark(between: str):
    assert key(f"Was?{{={between}%50%halb\n={between}%100%ganz}}") == ["= ganz", "  halb"]
    assert key(f"Was?{{#={between}%50%3\n={between}%100%4}}") == ["~ 4", "  3"]
    assert key(f"Was?{{#{between}%50%3\n={between}%100%4}}") == ["~ 4", "  3"]
    assert key(f"Was?{{~{between}%50%a ~{between}%50%b ~{between}%-100%c}}") == ["x a", "x b", "  c"]


@pytest.mark.parametrize("weight", ["50", "0", "-50"])
def test_a_weight_behind_the_mark_of_a_right_answer_is_not_guessed_at(weight: str):
    text = f"Who?{{\n=%{weight}%a\n~b}}"
    assert key(text) == []
    (one,) = said(text)
    assert one.startswith(f"2: the question is left out: the weight %{weight}% behind = is none to Moodle")
    assert key("Who?{=%100%a ~b}") == ["x a", "  b"]


@pytest.mark.parametrize(
    ("weight", "better"), [("%33,3%", "%33.3%"), ("% 50 %", "%50%"), ("%−50%", "%-50%"), ("%.5%", "%0.5%")]
)
def test_what_only_looks_like_a_weight_is_text_and_it_is_said(weight: str, better: str):
    text = f"Who?{{~{weight}a\n=b}}"
    assert key(text) == [f"  {weight}a", "x b"]
    assert said(text) == [f"1: “{weight}” is no weight, and stays as text, as Moodle reads it: write {better}"]


def test_one_right_answer_of_a_choice_of_several_is_said():
    text = "Who?{~%100%a ~b ~c}"
    assert key(text) == ["x a", "  b", "  c"]
    assert said(text) == ["1: any number of answers can be chosen there, and one is right; here one is to be chosen"]


@pytest.mark.parametrize(
    ("answer", "numbers", "here"),
    [
        ("1.625", ["1.625"], "1.6250"),
        ("4.096", ["4.096"], "4.0960"),
        ("1.500..2.500", ["1.500", "2.500"], "2 ± 0.5"),
        ("12.000:1.500", ["12.000", "1.500"], "12 ± 1.5"),
        ("-12.250", ["12.250"], "-12.25"),
        ("0.625", [], "0.625"),
        ("1234.500", [], "1234.5"),
        ("1.625e3", [], "1625"),
    ],
)
def test_each_number_with_three_digits_behind_its_point_is_said(answer: str, numbers: list[str], here: str):
    text = f"How many?{{#{answer}}}"
    assert key(text) == [f"~ {here}"]
    assert said(text) == [
        f"1: {number} is read with a decimal point, as Moodle does, and not as {number.replace('.', '')}"
        for number in numbers
    ]


def test_a_number_comes_back_from_an_export_without_a_second_reading():
    first = imported("How many?{#1.625:0.125}", "one", (), "gift").questions[0]
    again = imported(gift_of(first.markdown)[0], "one", (), "gift")
    assert again.questions[0].drafted == first.drafted
    assert again.report == ()


def test_of_what_is_said_to_any_other_number_only_that_is_dropped():
    assert key("How many?{#=%0%*:0#no =3}") == ["~ 3"]
    assert said("How many?{#=%0%*:0#no =3}") == ["1: what is said to any other number is not carried"]


def test_the_sign_of_a_minus_is_read_as_one_and_it_is_said():
    assert key("How cold?{#\N{MINUS SIGN}5}") == ["~ -5"]
    (one,) = said("How cold?{#\N{MINUS SIGN}5}")
    assert "is read as a minus" in one


@pytest.mark.parametrize("answer", ["1234567890123456", "0.1234567890123456", "1..1234567890123456"])
def test_a_number_of_too_many_digits_is_left_out_with_that_reason(answer: str):
    assert key(f"How many?{{#{answer}}}") == []
    (one,) = said(f"How many?{{#{answer}}}")
    assert "more than 15 digits" in one


def test_answers_that_are_one_for_their_letters_are_said_with_the_reason():
    assert key("Wie?{=Maß =Mass}") == ["= Maß"]
    (one,) = said("Wie?{=Maß =Mass}")
    assert "“Mass”" in one
    assert "it counts as “Maß”" in one
    assert "ß and ss" in one
    assert key("Wie?{=Maß ~Mass}") == ["x Maß", "  Mass"]
