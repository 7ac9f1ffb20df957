import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.front_matter import FieldRule, read

RULES = {
    "title": FieldRule(required=True),
    "minutes": FieldRule(int, bounds=(1, 60), default=5),
    "impact": FieldRule(choices=("low", "high")),
    "open": FieldRule(bool),
}


def said(fields: str) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.message) for problem in read(f"---\n{fields}\n---\ntext", RULES)[1]]


def test_fields_and_text_are_split_and_the_text_knows_its_line():
    found, problems = read("---\ntitle: A\nminutes: 7\n---\nfirst\n", RULES)
    assert problems == []
    assert (found.values["title"], found.values["minutes"], found.body_line) == ("A", 7, 5)
    assert found.body == "first\n"


def test_a_field_that_is_not_there_has_its_default():
    assert read("---\ntitle: A\n---\n", RULES)[0].values["minutes"] == 5


@pytest.mark.parametrize(
    ("fields", "line", "column", "words"),
    [
        ("title: A\ncolour: red", 3, 1, "unknown field “colour”"),
        ("title: A\nminutes: soon", 3, 10, "“minutes” must be a whole number"),
        ("title: A\nminutes: 0", 3, 10, "from 1 to 60"),
        ("title: A\nminutes: 1.5", 3, 10, "a whole number"),
        ("title: 7", 2, 8, "“title” must be a text"),
        ("title: A\nimpact: huge", 3, 9, "one of low, high"),
        ("title: A\nopen: perhaps", 3, 7, "true or false"),
        ("title: A\ntitle: B", 3, 1, "given twice"),
        ("title: ''", 2, 8, "is empty"),
        ("title: [A", 2, 10, "YAML"),
        ("minutes: 5", 1, 1, "“title” is missing"),
        ("- title", 2, 1, "must be fields"),
        ("title: A\nminutes: !!int ''", 3, 10, "“minutes” must be a whole number"),
        ("title: A\nminutes: !!int _", 3, 10, "“minutes” must be a whole number"),
        ("title: A\nopen: !!bool x", 3, 7, "true or false"),
        ('title: "\\ud800"', 2, 8, "“title” has a character in it that is no text"),
        ('title: "a\\0b"', 2, 8, "“title” has a character in it that is no text"),
        ('title: "\\U00110000"', 2, 1, "YAML"),
        pytest.param("title: " + "[" * 3000, 2, 1, "nested deeper", id="brackets"),
    ],
)
def test_a_wrong_field_is_reported_where_it_stands(fields: str, line: int, column: int, words: str):
    places = said(fields)
    assert any(found[:2] == (line, column) and words in found[2] for found in places), places


def test_all_problems_are_reported_at_once():
    assert len(said("minutes: soon\nimpact: huge\ncolour: red")) == 4


def test_a_missing_end_is_reported():
    assert read("---\ntitle: A\n", RULES)[1][0].message.startswith("the front matter is never closed")


@given(st.text(max_size=120))
def test_any_text_gives_fields_or_problems(text: str):
    read(f"---\n{text}\n---\n", RULES)
