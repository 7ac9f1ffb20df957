"""What content files were read into is kept over a restart, and counts only for what it was made of."""

import pytest

from lessons import reading
from lessons.catalog import Catalog
from lessons.parsed import Parsed, digest_of_code

PAGE = """---
title: A lesson
summary: Short.
framework: Django
minutes: 3
impact: low
affects: nothing
---

## One heading
"""
PATH = "one/learn.md"


@pytest.fixture
def content(tmp_path):
    (tmp_path / "content" / "one").mkdir(parents=True)
    (tmp_path / "content" / "course.toml").write_text('title = "A course"\nlessons = ["one"]\n')
    (tmp_path / "content" / PATH).write_text(PAGE)
    return tmp_path / "content"


@pytest.fixture
def start(content, tmp_path, monkeypatch):
    """Starts anew, with code of that digest. Gives the course, and the names of the files that were read."""
    read, reading_read = [], reading.read

    def noted(source, lesson, filename):
        read.append(filename)
        return reading_read(source, lesson, filename)

    monkeypatch.setattr(reading, "read", noted)

    def started(code="the same code"):
        read.clear()
        catalog = Catalog(content, None, parsed=Parsed(tmp_path / "parsed", code))
        catalog.refresh()
        return catalog.course, list(read)

    return started


def test_what_has_not_changed_is_not_read_again(start):
    before, read = start()
    assert read == ["learn.md"]
    after, read = start()
    assert read == []
    assert after.lessons == before.lessons
    assert after.lessons["one"].title == "A lesson"


def test_another_text_is_read(start, content):
    start()
    (content / PATH).write_text(PAGE.replace("A lesson", "Another lesson"))
    course, read = start()
    assert read == ["learn.md"]
    assert course.lessons["one"].title == "Another lesson"


def test_other_code_reads_everything(start):
    start()
    assert start("other code")[1] == ["learn.md"]


def test_a_file_with_an_error_is_read_at_each_start(start, content):
    (content / PATH).write_text("no front matter")
    first, _ = start()
    again, read = start()
    assert read == ["learn.md"]
    assert again.problems == first.problems != ()


def test_a_warning_is_told_at_each_start(start, content):
    (content / PATH).write_text(f"{PAGE}\n[nowhere](/lessons/gone/)\n")
    first, _ = start()
    again, read = start()
    assert read == []
    assert again.problems == first.problems != ()


@pytest.mark.parametrize("damage", [lambda raw: raw[:90], lambda raw: raw[:64] + b"no pickle", lambda _: b""])
def test_a_damaged_file_is_read_anew(start, tmp_path, damage):
    start()
    kept = tmp_path / "parsed" / f"{PATH}.pickle"
    kept.write_bytes(damage(kept.read_bytes()))
    course, read = start()
    assert read == ["learn.md"]
    assert course.lessons["one"].title == "A lesson"


def test_a_file_that_others_can_write_is_not_taken(start, tmp_path):
    start()
    (tmp_path / "parsed" / f"{PATH}.pickle").chmod(0o666)
    assert start()[1] == ["learn.md"]


def test_code_templates_and_packages_have_a_digest(tmp_path):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    digests = {digest_of_code(tmp_path)}
    for name in ("lessons/prose.py", "templates/a.html", "requirements.txt"):
        (tmp_path / name).write_text(f"another {name}")
        digests.add(digest_of_code(tmp_path))
    assert len(digests) == 4
