"""Of a long course, a start prepares some pages and the rest follows; an edit is up at once all the same."""

from dataclasses import replace

import pytest

from lessons import catalog, pages
from lessons.assembling import Course


@pytest.fixture
def rendered(monkeypatch):
    """The pages that were rendered, in their order. Nothing is prepared at once that takes a moment."""
    made = []

    def mode_html(lesson, page):
        made.append(lesson.slug)
        return f"<p>{lesson.slug}, {lesson.number}"

    monkeypatch.setattr(pages, "_mode_html", mode_html)
    monkeypatch.setattr(pages, "AT_ONCE", 0.0)
    return made


@pytest.fixture
def course():
    from lessons.catalog import course

    (lesson,) = course().lessons.values()
    page = replace(lesson, pages={lesson.first.mode: lesson.first})
    return Course("Long", {f"lesson-{number}": replace(page, slug=f"lesson-{number}") for number in range(5)})


def edited(course: Course, slug: str) -> Course:
    lessons = dict(course.lessons)
    lessons[slug] = replace(lessons[slug], number=99)
    return replace(course, lessons=lessons)


def key(course: Course, slug: str) -> tuple[str, str]:
    return slug, course.lessons[slug].first.mode


def test_a_page_that_was_not_prepared_is_when_somebody_asks_for_it_and_then_is_kept(rendered, course):
    found = pages.prepare_course(course)
    assert rendered == []
    first = found.modes[key(course, "lesson-3")]
    assert first is found.modes[key(course, "lesson-3")]
    assert rendered == ["lesson-3"]
    assert found.modes.get(("lesson-3", "no mode")) is None
    assert found.modes.get(("no lesson", "learn")) is None


def test_a_long_reading_says_how_far_it_is(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(catalog, "SAID_EVERY", -1.0)  # so every file is long
    for name in ("course.toml", "one/learn.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('title = "T"\nlessons = ["one"]\n')
    with caplog.at_level("INFO", "lessons.catalog"):
        catalog.Catalog(tmp_path, None).refresh()
    assert [record.getMessage() for record in caplog.records] == [
        f"{number} of 2 content files are read" for number in (0, 1)
    ]


def test_the_rest_is_prepared_once_each(rendered, course):
    found = pages.prepare_course(course)
    found.modes[key(course, "lesson-3")]
    assert found.modes.go_on(60)
    assert not found.modes.go_on(60)
    assert sorted(rendered) == [f"lesson-{number}" for number in range(5)]


def test_after_an_edit_only_what_changed_is_prepared_at_once_also_while_other_pages_are_missing(
    rendered, course, monkeypatch
):
    before = pages.prepare_course(course)
    before.modes[key(course, "lesson-0")]
    monkeypatch.setattr(pages, "AT_ONCE", 60.0)
    after = pages.prepare_course(edited(course, "lesson-4"), before)
    assert rendered == ["lesson-0", "lesson-4"]
    assert after.modes[key(course, "lesson-0")] is before.modes[key(course, "lesson-0")]
    assert b"lesson-4, 99" in after.modes[key(course, "lesson-4")].variants["identity"].body
    after.modes.go_on(60)
    assert rendered == ["lesson-0", "lesson-4", "lesson-1", "lesson-2", "lesson-3"]


def test_a_home_page_that_is_the_same_is_kept(rendered, course):
    before = pages.prepare_course(course)
    assert pages.prepare_course(replace(course, problems=()), before).home is before.home
    assert pages.prepare_course(replace(course, title="Another"), before).home is not before.home
