import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.course_list import NoList, Unchanged, bringing_back, retiring, with_lesson, without_lesson
from lessons.reading import read_course

WRITTEN = """# The course of the spring.
title = "Background work"  # shown on the home page
lessons = [  # in this order
    "first",  # begun in March
    "second"  # not finished
]

# nothing follows
"""


def test_a_lesson_is_added_at_the_end_of_a_list_in_one_line():
    assert with_lesson('title = "A"\nlessons = ["a"]  # all\n', "b") == 'title = "A"\nlessons = ["a", "b"]  # all\n'


def test_a_lesson_is_added_to_a_list_that_is_empty():
    assert with_lesson('lessons = []\ntitle = "A"', "b") == 'lessons = ["b"]\ntitle = "A"'


def test_a_lesson_gets_a_line_of_its_own_where_the_others_have_one():
    after = with_lesson(WRITTEN, "third")
    assert after == WRITTEN.replace('"second"  # not', '"second",  # not').replace("\n]", '\n    "third",\n]')


def test_comments_order_and_line_ends_stay_as_they_are():
    windows = "\ufeff" + WRITTEN.replace("\n", "\r\n")
    after = with_lesson(windows, "third")
    assert after.startswith("\ufeff# The course of the spring.\r\n")
    assert after.count("\r\n") == after.count("\n") == WRITTEN.count("\n") + 1
    assert after.endswith("# nothing follows\r\n")


def test_a_lesson_goes_and_the_comment_beside_it_stays():
    after = without_lesson(WRITTEN, "first")
    assert after == WRITTEN.replace('    "first",  # begun', "    # begun")
    assert without_lesson('lessons = ["a", "b", "c"]', "b") == 'lessons = ["a", "c"]'
    assert without_lesson('lessons = ["a", "b"]', "b") == 'lessons = ["a"]'
    assert without_lesson('lessons = [\n  "a",\n  "b",\n]', "a") == 'lessons = [\n  "b",\n]'


def test_a_retired_lesson_moves_to_a_list_that_is_made_for_it():
    after = retiring('title = "A"\nlessons = ["a", "b"]  # all\n[other]\nlessons = 1\n', "a")
    assert after == 'title = "A"\nlessons = ["b"]  # all\nretired = ["a"]\n[other]\nlessons = 1\n'
    assert retiring('lessons = ["a"]', "a") == 'lessons = []\nretired = ["a"]'


def test_a_retired_lesson_comes_back_as_the_last_one():
    away = retiring(WRITTEN, "first")
    assert tomllib.loads(away)["retired"] == ["first"]
    assert tomllib.loads(bringing_back(away, "first")) == {
        "title": "Background work",
        "lessons": ["second", "first"],
        "retired": [],
    }


def test_a_retired_lesson_can_be_taken_out_for_good():
    assert without_lesson('lessons = []\nretired = ["a", "b"]', "a") == 'lessons = []\nretired = ["b"]'


@pytest.mark.parametrize(
    ("edit", "slug", "why"),
    [
        (with_lesson, "first", "has a lesson “first” already"),
        (with_lesson, "old", "is retired"),
        (with_lesson, "../x", "not “../x”"),
        (with_lesson, "", "not “”"),
        (without_lesson, "nowhere", "names no lesson “nowhere”"),
        (retiring, "old", "shows no lesson “old”"),
        (bringing_back, "first", "no lesson “first” is retired"),
    ],
)
def test_what_cannot_be_is_refused_in_words(edit, slug, why):
    with pytest.raises(Unchanged, match=why):
        edit('title = "A"\nlessons = ["first"]\nretired = ["old"]\n', slug)


@pytest.mark.parametrize("text", ["", "title = 1", "lessons = 3", "lessons = [", '[a]\nlessons = ["a"]', "= " * 5000])
def test_a_file_without_a_list_that_can_be_edited_is_refused(text):
    with pytest.raises(NoList):
        with_lesson(text, "new")


def test_a_list_that_only_looks_like_the_one_is_not_taken_for_it():
    text = 'title = """\nlessons = ["not", "this"]\n"""\n"lessons" = [\'a\']\n'
    assert with_lesson(text, "b") == text.replace("['a']", "['a', \"b\"]")


def test_lists_in_a_rare_form_are_refused_or_edited_rightly():
    assert tomllib.loads(with_lesson('lessons = [ """a""" , ]', "b"))["lessons"] == ["a", "b"]
    with pytest.raises(NoList):
        with_lesson('lessons = ["a", ["b"]]', "c"), with_lesson("lessons.x = 1", "c")


SLUGS = st.lists(st.from_regex(r"[-a-zA-Z0-9_]{1,8}", fullmatch=True), max_size=5, unique=True)
GAPS = st.sampled_from(["", " ", "\n", "\n  ", '  # a comment, with "quotes" and ]\n\t', "\r\n"])


@given(SLUGS, SLUGS, st.data())
def test_any_way_to_write_the_lists_gives_the_list_that_was_asked_for(
    lessons: list[str], retired: list[str], data: st.DataObject
):
    retired = [slug for slug in retired if slug not in lessons]

    def item(slug: str) -> str:
        quote = data.draw(st.sampled_from(['"', "'"]))
        return f"{data.draw(GAPS)}{quote}{slug}{quote}{data.draw(GAPS)},"

    def written(name: str, slugs: list[str]) -> str:
        items = "".join(item(slug) for slug in slugs)
        items = items if data.draw(st.booleans()) else items.removesuffix(",")
        return f"{name} = [{items}{data.draw(GAPS)}]{data.draw(GAPS)}\n"

    text = 'title = "A"\n' + written("lessons", lessons) + (written("retired", retired) if retired else "")
    assert tomllib.loads(with_lesson(text, "new-one"))["lessons"] == [*lessons, "new-one"]
    for slug in lessons:
        without = [kept for kept in lessons if kept != slug]
        assert tomllib.loads(without_lesson(text, slug))["lessons"] == without
        away = retiring(text, slug)
        course, problems = read_course(away)
        assert (course.lessons, course.retired, problems) == (tuple(without), (*retired, slug), [])
        assert tomllib.loads(bringing_back(away, slug))["lessons"] == [*without, slug]


@given(st.text(alphabet="lesonrtid=\"'[],# \n\\a", max_size=60))
def test_any_text_is_edited_rightly_or_refused(text):
    try:
        after = with_lesson(text, "b")
    except Unchanged:
        return
    assert tomllib.loads(after)["lessons"] == [*tomllib.loads(text)["lessons"], "b"]
