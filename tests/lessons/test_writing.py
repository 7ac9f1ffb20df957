"""What instructors write: in place of shipped files, path by path, and nowhere else."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lessons.catalog import Catalog
from lessons.files import LARGEST
from lessons.writing import Changed, NoContentPath, TooLarge, check_path, digest_now, remove, write

PAGE = """---
title: {title}
summary: One
framework: Django
minutes: 5
impact: low
affects: One
---
Text.
"""


@pytest.fixture
def written(tmp_path: Path) -> Catalog:
    """A shipped tree with one lesson, and a place for what is written on top of it."""
    shipped = tmp_path / "shipped"
    (shipped / "one").mkdir(parents=True)
    (shipped / "course.toml").write_text('title = "A course"\nlessons = ["one"]\n')
    (shipped / "one/learn.md").write_text(PAGE.format(title="Shipped"))
    found = Catalog(shipped, None, tmp_path / "own")
    found.refresh()
    return found


def save(catalog: Catalog, path: str, text: str) -> None:
    write(catalog, path, text.encode(), digest_now(catalog, path))


def test_what_is_written_stands_in_place_of_the_shipped_file_which_stays(written: Catalog):
    save(written, "one/learn.md", PAGE.format(title="Mine"))
    assert written.course.lessons["one"].title == "Mine"
    assert "Shipped" in written.files.shipped_text("one/learn.md")
    assert written.files.is_own("one/learn.md")


def test_a_file_that_is_taken_away_lets_the_shipped_one_stand_again(written: Catalog):
    save(written, "one/learn.md", PAGE.format(title="Mine"))
    remove(written, "one/learn.md", digest_now(written, "one/learn.md"))
    assert written.course.lessons["one"].title == "Shipped"
    assert list((written.files.own or Path()).glob("*/")) == []


def test_a_new_file_stands_beside_the_shipped_ones(written: Catalog):
    save(written, "one/why.md", PAGE.format(title="New"))
    assert list(written.course.lessons["one"].pages) == ["learn", "why"]


def test_an_edit_by_another_program_is_seen(written: Catalog):
    save(written, "one/learn.md", PAGE.format(title="Mine"))
    (written.files.place("one/learn.md")).write_text(PAGE.format(title="Theirs"))
    written.refresh()
    assert written.course.lessons["one"].title == "Theirs"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(written: Catalog):
    before = digest_now(written, "one/learn.md")
    write(written, "one/learn.md", PAGE.format(title="First").encode(), before)
    with pytest.raises(Changed):
        write(written, "one/learn.md", PAGE.format(title="Second").encode(), before)
    with pytest.raises(Changed):
        remove(written, "one/learn.md", before)
    assert written.course.lessons["one"].title == "First"


def test_of_many_at_once_one_is_written_and_the_others_are_told(written: Catalog):
    before = digest_now(written, "one/learn.md")

    def attempt(number: int) -> bool:
        try:
            write(written, "one/learn.md", PAGE.format(title=f"T{number}").encode(), before)
        except Changed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert not list((written.files.own or Path()).rglob("*.new"))


@pytest.mark.parametrize(
    "path",
    [
        "../secret-key",
        "one/../../secret-key",
        "/etc/passwd",
        "one/learn.py",
        "one/learn",
        "one/apps.md",
        "one/two/learn.md",
        "one\\learn.md",
        "one/learn.md\n",
        "one/learn.md\0",
        "one/.learn.md",
        ".git/learn.md",
        "one//learn.md",
        "./course.toml",
        "course.toml/learn.md",
        "",
        "one/",
        "one/picture.html",
        "one/picture.svg.py",
        "o" * 101 + "/learn.md",
    ],
)
def test_a_path_that_no_content_file_has_is_refused(path: str, written: Catalog):
    with pytest.raises(NoContentPath):
        check_path(path)
    with pytest.raises(NoContentPath):
        write(written, path, b"", "")


@pytest.mark.parametrize("path", ["course.toml", "one/learn.md", "one/quiz.md", "one/picture.svg", "One_2/recall.md"])
def test_a_path_that_content_files_have_is_taken(path: str):
    assert check_path(path) == path


def test_more_than_a_file_may_hold_is_refused(written: Catalog):
    with pytest.raises(TooLarge):
        write(written, "one/learn.md", b"x" * (LARGEST + 1), digest_now(written, "one/learn.md"))


def leading_out(written: Catalog, tmp_path: Path) -> Path:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "learn.md").write_text(PAGE.format(title="Outside"))
    return outside


def test_a_link_to_a_file_is_neither_read_nor_written_through(written: Catalog, tmp_path: Path):
    outside = leading_out(written, tmp_path)
    own = written.files.own or Path()
    (own / "one").mkdir(parents=True)
    os.symlink(outside / "learn.md", own / "one/learn.md")
    written.refresh()
    assert written.course.lessons["one"].title == "Shipped"
    save(written, "one/learn.md", PAGE.format(title="Mine"))
    assert "Outside" in (outside / "learn.md").read_text()
    assert written.course.lessons["one"].title == "Mine"


def test_a_link_to_a_folder_is_neither_read_nor_written_through(written: Catalog, tmp_path: Path):
    outside = leading_out(written, tmp_path)
    (written.files.own or Path()).mkdir()
    os.symlink(outside, (written.files.own or Path()) / "one")
    written.refresh()
    assert written.course.lessons["one"].title == "Shipped"
    with pytest.raises(NoContentPath):
        save(written, "one/learn.md", PAGE.format(title="Mine"))
    assert "Outside" in (outside / "learn.md").read_text()


def test_a_trial_changes_nothing(written: Catalog):
    tried = written.trial("one/learn.md", PAGE.format(title="Tried"))
    assert tried.lessons["one"].title == "Tried"
    assert written.course.lessons["one"].title == "Shipped"
    assert not (written.files.own or Path()).exists()


def test_a_trial_names_what_another_file_would_miss(written: Catalog):
    save(written, "one/quiz.md", "## Why? {#why}\n\n- [x] so\n- [ ] not\n")
    save(written, "one/learn.md", PAGE.format(title="Mine") + "\n/// quiz\n///\n")
    without = written.trial("one/quiz.md", None)
    (missing,) = [problem for problem in without.problems if not problem.problem.warning]
    assert (missing.file, missing.problem.line) == ("one/learn.md", 11)


def test_several_catalogs_of_one_tree_see_what_one_of_them_wrote(written: Catalog):
    other = Catalog(written.files.root, None, written.files.own)
    other.refresh()
    save(written, "one/learn.md", PAGE.format(title="Mine"))
    other.refresh()
    assert other.course.lessons["one"].title == "Mine"


def test_a_writer_leaves_no_more_rights_than_a_file_needs(written: Catalog):
    save(written, "one/learn.md", PAGE.format(title="Mine"))
    assert (written.files.place("one/learn.md").stat().st_mode & 0o777) == 0o644
