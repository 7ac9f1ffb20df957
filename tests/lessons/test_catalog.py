import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.catalog import Catalog
from lessons.rendering import compose
from tests.lessons.conftest import PAGE, Tree
from tests.no_room import no_room

BROKEN = PAGE.replace("Prose.", "Prose.\n\n/// nonsense\n///")


def html(catalog: Catalog, slug: str = "one", mode: str = "why") -> str:
    lesson = catalog.course.lessons[slug]
    return compose(lesson.pages[mode].parts, lesson.files)


def test_a_good_edit_is_up_at_the_next_look(tree: Tree):
    catalog = tree.catalog()
    tree.write("one/why.md", PAGE.replace("Prose.", "Better prose."))
    catalog.refresh()
    assert "Better prose." in html(catalog)


def test_a_look_at_unchanged_files_reads_nothing(tree: Tree):
    catalog = tree.catalog()
    before = catalog.course
    catalog.refresh()
    assert catalog.course is before


def test_a_broken_edit_keeps_the_last_good_page_up(tree: Tree):
    catalog = tree.catalog()
    tree.write("one/why.md", BROKEN)
    catalog.refresh()
    assert "Prose." in html(catalog)
    (problem,) = catalog.course.problems
    assert str(problem).startswith(f"{tree.root}/one/why.md:14:5: unknown block")


def test_a_broken_edit_keeps_the_last_good_page_up_over_a_restart(tree: Tree):
    tree.catalog()
    tree.write("one/why.md", BROKEN)
    restarted = tree.catalog()
    assert "Prose." in html(restarted)
    assert restarted.course.problems


def test_a_broken_course_file_keeps_the_lessons_up_over_a_restart(tree: Tree):
    tree.catalog()
    tree.write("course.toml", "title = ")
    assert list(tree.catalog().course.lessons) == ["one"]


def test_mending_a_file_clears_its_problems(tree: Tree):
    catalog = tree.catalog()
    tree.write("one/why.md", BROKEN)
    catalog.refresh()
    tree.write("one/why.md", PAGE)
    catalog.refresh()
    assert catalog.course.problems == ()


def test_a_folder_that_is_broken_from_the_start_leaves_the_others_up(tree: Tree):
    tree.write("course.toml", 'title = "A course"\nlessons = ["one", "two"]\n')
    tree.write("two/why.md", BROKEN)
    course = tree.catalog().course
    assert list(course.lessons) == ["one"]
    assert len(course.problems) == 1


def test_a_lesson_without_a_folder_is_reported(tree: Tree):
    tree.write("course.toml", 'title = "A course"\nlessons = ["one", "two"]\n')
    (problem,) = tree.catalog().course.problems
    assert "two" in str(problem)


def test_a_lesson_opens_with_its_first_mode_and_with_its_cards_only_when_there_is_nothing_else(tree: Tree):
    tree.write("one/recall.md", PAGE)
    (tree.root / "one/why.md").unlink()
    assert tree.catalog().course.lessons["one"].first.mode == "recall"
    tree.write("one/performance.md", PAGE)
    lesson = tree.catalog().course.lessons["one"]
    assert (list(lesson.pages), lesson.first.mode) == (["recall", "performance"], "performance")


def said(tree: Tree) -> list[str]:
    return [f"{problem.path.split('/')[-1]}: {problem.problem.message}" for problem in tree.catalog().course.problems]


def test_a_lesson_with_files_but_no_mode_is_reported(tree: Tree):
    (tree.root / "one/why.md").unlink()
    tree.write("one/quiz.md", "")
    assert "course.toml: the lesson “one” has no folder with a mode in it" in said(tree)


def test_a_quiz_block_without_a_quiz_is_reported_at_its_line(tree: Tree):
    tree.write("one/why.md", PAGE + "\n/// quiz\n///\n")
    (problem,) = tree.catalog().course.problems
    assert (problem.problem.line, problem.problem.warning) == (14, False)
    assert "needs the file quiz.md" in problem.problem.message


@pytest.mark.parametrize("path", ["one/perfomance.md", "one/README.md", "two/why.md"])
def test_what_no_page_is_made_of_is_a_warning(tree: Tree, path: str):
    tree.write(path, PAGE)
    (problem,) = tree.catalog().course.problems
    assert problem.problem.warning
    assert problem.problem.message.startswith("no ")


def test_a_retired_lesson_is_not_shown_and_its_folder_is_no_mistake(tree: Tree):
    tree.write("two/why.md", PAGE)
    tree.write("course.toml", 'title = "A course"\nlessons = ["one"]\nretired = ["two", "gone"]\n')
    course = tree.catalog().course
    assert (list(course.lessons), course.retired, course.problems) == (["one"], ("two", "gone"), ())


@pytest.mark.parametrize(
    ("retired", "why"),
    [
        ('["one"]', "“one” is in “lessons” and in “retired”"),
        ("1", "must be a list"),
        ('["a", "a"]', "names a folder twice"),
    ],
)
def test_what_cannot_be_retired_is_reported_at_its_line(tree: Tree, retired: str, why: str):
    tree.write("course.toml", f'title = "A course"\nlessons = ["one"]\nretired = {retired}\n')
    (problem, *_) = [problem for problem in tree.catalog().course.problems if not problem.problem.warning]
    assert problem.problem.line == 3
    assert why in problem.problem.message


def test_behind_a_block_that_is_never_closed_nothing_else_is_reported(tree: Tree):
    tree.write("one/why.md", PAGE + "\n/// tips\n\n/// nonsense\n///\n")
    assert [message for message in said(tree) if "nonsense" in message] == []
    assert len(said(tree)) == 1


def test_a_removed_files_page_is_gone(tree: Tree):
    tree.write("one/learn.md", PAGE)
    catalog = tree.catalog()
    (tree.root / "one/learn.md").unlink()
    catalog.refresh()
    assert list(catalog.course.lessons["one"].pages) == ["why"]
    assert list(tree.catalog().course.lessons["one"].pages) == ["why"]


def test_on_a_full_disk_an_edit_is_up_and_keeping_it_leaves_nothing_half_written(tree: Tree, caplog):
    catalog = tree.catalog()
    before = sorted(tree.kept.rglob("*"))
    tree.write("one/why.md", PAGE.replace("Prose.", "Better prose. " * 500))
    with no_room(size=1000), caplog.at_level(logging.WARNING):
        catalog.refresh()
    assert "Better prose." in html(catalog)
    assert "the last good source of one/why.md cannot be kept" in caplog.text
    assert sorted(tree.kept.rglob("*")) == before


def test_a_file_that_is_taken_away_and_written_anew_but_broken_shows_its_last_good_page(tree: Tree):
    catalog = tree.catalog()
    (tree.root / "one/why.md").unlink()
    catalog.refresh()
    tree.write("one/why.md", BROKEN)
    catalog.refresh()
    assert "Prose." in html(catalog)


def test_a_tree_that_is_away_for_a_moment_changes_nothing(tree: Tree):
    catalog = tree.catalog()
    before = catalog.course
    tree.root.rename(tree.root.with_name("gone"))
    catalog.refresh()
    assert catalog.course is before
    assert "Prose." in html(catalog)
    tree.root.with_name("gone").rename(tree.root)
    catalog.refresh()
    assert "Prose." in html(catalog)


def test_a_tree_that_was_never_there_has_no_lessons_and_says_why(tree: Tree):
    tree.root.rename(tree.root.with_name("gone"))
    course = tree.catalog().course
    assert course.lessons == {}
    assert "cannot be read" in str(course.problems[0])


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("make", [make_pipe, make_loop, Path.mkdir])
def test_what_is_no_file_is_reported_and_the_last_good_page_stays(tree: Tree, make: Callable[[Path], None]):
    catalog = tree.catalog()
    path = tree.root / "one/why.md"
    path.unlink()
    make(path)
    catalog.refresh()
    assert "Prose." in html(catalog)
    assert "no file that can be read" in str(catalog.course.problems[0])


@pytest.mark.parametrize("slug", ["my lesson", "../up", "a/b", "", "é"])
def test_a_folder_that_can_be_no_address_is_refused_by_line(tree: Tree, slug: str):
    tree.write("course.toml", f'title = "A course"\n\nlessons = ["one", "{slug}"]\n')
    (problem,) = [problem for problem in tree.catalog().course.problems if not problem.problem.warning]
    assert problem.problem.line == 3


@pytest.mark.parametrize("hostile", ["minutes: !!int ''", "title: " + "[" * 3000])
def test_a_file_on_which_a_library_fails_is_a_problem_and_no_traceback(tree: Tree, hostile: str):
    catalog = tree.catalog()
    tree.write("one/why.md", PAGE.replace("minutes: 3", hostile))
    tree.write("one/learn.md", PAGE)
    catalog.refresh()
    assert "Prose." in html(catalog)
    assert "Prose." in html(catalog, mode="learn")
    assert catalog.course.problems


def test_the_log_names_file_line_and_the_lines_text(tree: Tree, caplog: pytest.LogCaptureFixture):
    catalog = tree.catalog()
    tree.write("one/why.md", BROKEN)
    with caplog.at_level(logging.ERROR):
        catalog.refresh()
    assert "why.md:14:5: unknown block" in caplog.text
    assert "/// nonsense" in caplog.text


def test_a_problem_is_logged_once(tree: Tree, caplog: pytest.LogCaptureFixture):
    catalog = tree.catalog()
    tree.write("one/why.md", BROKEN)
    catalog.refresh()
    caplog.clear()
    tree.write("one/learn.md", PAGE)
    catalog.refresh()
    assert "nonsense" not in caplog.text


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"---\ntitle: \xe9\n---\n", b"x" * 2_000_000])
def test_a_file_that_is_no_text_is_a_problem_with_a_line(tree: Tree, raw: bytes):
    tree.write("one/why.md", raw)
    course = tree.catalog().course
    assert course.lessons == {}
    assert course.problems[0].problem.line >= 1


def test_modes_come_in_the_order_of_the_course_not_of_the_alphabet(tree: Tree):
    tree.write("one/deep.md", PAGE)
    tree.write("one/learn.md", PAGE)
    assert list(tree.catalog().course.lessons["one"].pages) == ["learn", "why", "deep"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tree: Tree):
    tree.write("one/why.md", b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())
    assert tree.catalog().course.problems == ()


def test_an_empty_tree_has_no_lessons_and_says_why(tree: Tree):
    (tree.root / "course.toml").unlink()
    course = tree.catalog().course
    assert course.lessons == {}
    assert "course.toml" in str(course.problems[0])


def test_what_is_nested_too_deep_is_named_with_its_line(tree: Tree, caplog: pytest.LogCaptureFixture):
    catalog = tree.catalog()
    tree.write("one/why.md", PAGE.replace("Prose.", "*" * 4900 + "x" + "*" * 4900))
    catalog.refresh()
    assert "Prose." in html(catalog)
    (problem,) = catalog.course.problems
    line = PAGE[: PAGE.index("Prose.")].count("\n") + 1
    assert str(problem).startswith(f"{tree.root}/one/why.md:{line}:1: this is nested deeper than can be read")
    assert "Traceback" not in caplog.text


def test_a_title_that_is_no_text_keeps_the_last_good_page_up(tree: Tree):
    catalog = tree.catalog()
    tree.write("one/why.md", PAGE.replace("title: ", 'title: "\\ud800" # '))
    catalog.refresh()
    (problem,) = catalog.course.problems
    assert "“title” has a character in it that is no text" in str(problem)


@pytest.mark.parametrize("slug", ["a b", "a/b", "..", "", "x" * 101, "ä"])
def test_a_folder_whose_name_is_no_address_is_named(tree: Tree, slug: str):
    tree.write("course.toml", f'title = "Course"\nlessons = ["{slug}"]\n')
    problems = [str(problem) for problem in tree.catalog().course.problems]
    assert any("course.toml:2:1: a folder of a lesson has 1 to 100 letters" in problem for problem in problems)
