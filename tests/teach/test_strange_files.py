"""Files in DATA_DIR/content that no studio wrote: none of them takes a page of the studio down, and none is lost."""

import os
from pathlib import Path

import pytest

from lessons.files import LARGEST
from tests.teach.conftest import QUIZ, Content, Person
from tests.teach.test_editing_views import EDIT, base_of, form

pytestmark = pytest.mark.django_db

OWN = "one/quiz.md"


def put(content: Content, path: bytes | str, raw: bytes) -> None:
    whole = os.path.join(os.fsencode(content.own), os.fsencode(path))
    os.makedirs(os.path.dirname(whole), exist_ok=True)
    with open(whole, "wb") as file:
        file.write(raw)


@pytest.mark.parametrize("path", [b"my notes/x.md", b"one/\xff.md", b".git/x.md", b"one/notes.md", b"\xff/quiz.md"])
def test_what_is_no_content_file_is_not_listed(path: bytes, content: Content, instructor: Person):
    put(content, path, b"Notes")
    answer = instructor.client.get("/teach/")
    assert answer.status_code == 200
    assert b"/teach/edit/one/learn.md" in answer.content
    assert b"notes" not in answer.content
    assert b"x.md" not in answer.content


@pytest.mark.parametrize("raw", [b"a" * (LARGEST + 1), QUIZ.encode() + b"\xe9"], ids=["too large", "Latin-1"])
def test_what_cannot_be_read_is_told_and_not_overwritten(raw: bytes, content: Content, instructor: Person):
    put(content, OWN, raw)
    assert "cannot be shown" in instructor.client.get(EDIT).content.decode()
    for page in ("", "preview/one/quiz.md", "versions/one/quiz.md", "shipped/one/quiz.md"):
        assert instructor.client.get(f"/teach/{page}").status_code == 200, page
    answer = instructor.client.post(EDIT, form(QUIZ, "save"))
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()
    assert (content.own / OWN).read_bytes() == raw


def test_what_cannot_be_packed_is_named(content: Content, instructor: Person):
    put(content, OWN, b"a" * (LARGEST + 1))
    answer = instructor.client.get("/teach/changes.zip")
    assert answer.status_code == 409
    assert OWN in answer.content.decode()


def test_the_course_file_alone_is_a_change_to_be_taken_home(content: Content, instructor: Person):
    put(content, "course.toml", b'title = "Mine"\nlessons = ["one"]\n')
    assert "changes.zip" in instructor.client.get("/teach/").content.decode()


def test_a_full_disk_is_told_wherever_something_is_written(
    content: Content, instructor: Person, monkeypatch: pytest.MonkeyPatch
):
    put(content, OWN, QUIZ.encode())

    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "unlink", full)
    for path, sent in (
        ("lessons/new/", {"slug": "two", "title": "Two"}),
        ("lessons/one/retire/", {}),
        ("shipped/one/quiz.md", {"base": base_of()}),
    ):
        answer = instructor.client.post(f"/teach/{path}", sent)
        assert answer.status_code in (409, 422, 503), path
        assert "No space left" in answer.content.decode(), path
