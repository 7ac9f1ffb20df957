"""Which answers of a file in GIFT are right: as Moodle reads it, and where that is not what was meant, it is said."""

import pytest

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
