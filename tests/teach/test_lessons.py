"""Lessons begun, retired and brought back; pictures; what was written here, taken home."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lessons import new_lesson
from lessons.catalog import course
from quiz.models import Answer
from teach import saving
from tests.teach.conftest import PAGE, Content, Person
from tests.teach.test_editing_views import base_of, form

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>'


def test_a_new_lesson_is_begun_and_shown(content: Content, instructor: Person):
    answer = instructor.client.post("/teach/lessons/new/", {"title": "Queues & co", "slug": "queues"})
    assert answer["Location"] == "/teach/edit/queues/learn.md?begun"
    assert course().lessons["queues"].title == "Queues & co"
    assert not [problem for problem in course().problems if not problem.problem.warning]
    assert "# kept" in content.text("course.toml")
    assert Client().get("/lessons/queues/").status_code == 200


@pytest.mark.parametrize("slug", ["", "one", "a/b", "..", "ä", "a b", "x" * 101])
def test_a_lesson_that_cannot_be_begun_says_why_and_changes_nothing(slug: str, content: Content, instructor: Person):
    answer = instructor.client.post("/teach/lessons/new/", {"title": "A title", "slug": slug})
    assert answer.status_code == 422
    assert "A title" in answer.content.decode()
    assert not content.own.exists()


def test_a_retired_lesson_is_shown_to_nobody_and_its_answers_stay(content: Content, instructor: Person):
    Answer.objects.create(
        learner=instructor.account.learner, lesson="one", question="who-runs", version="v", go=1, attempt=1,
        given=["key"], grade=1, correct=True,
    )  # fmt: skip
    assert instructor.client.post("/teach/lessons/one/retire/")["Location"] == "/teach/?retired"
    assert Client().get("/lessons/one/").status_code == 404
    home = Client().get("/").content.decode()
    assert "The course has no lesson now." in home
    assert "check_content" not in home
    assert Answer.objects.count() == 1
    html = instructor.client.get("/teach/").content.decode()
    assert "retired" in html
    assert "Put it into the course" in html
    assert instructor.client.get("/teach/edit/one/learn.md").status_code == 200
    assert "no page shows it" in instructor.client.get("/teach/preview/one/learn.md").content.decode()

    instructor.client.post("/teach/lessons/one/bring-back/")
    assert Client().get("/lessons/one/").status_code == 200


@pytest.mark.parametrize(
    "written",
    ['title = "A course"\nlessons = ["two"]\n', "lessons = [", 'title = "A course"\nlessons = []\nfoo = 1\n'],
    ids=["a lesson that is not there", "no TOML", "an unknown field"],
)
def test_where_a_lesson_cannot_be_shown_the_home_page_says_what_says_why(written: str, content: Content):
    (content.shipped / "course.toml").write_text(written)
    home = Client().get("/").content.decode()
    assert "finds the reason in its log" in home
    assert "has no lesson now" not in home


def test_a_folder_that_the_course_does_not_name_can_be_put_into_it(content: Content, instructor: Person):
    (content.shipped / "two").mkdir()
    (content.shipped / "two/learn.md").write_text(PAGE.replace("/// quiz\n///\n", ""))
    assert "not in the course" in instructor.client.get("/teach/").content.decode()
    instructor.client.post("/teach/lessons/two/bring-back/")
    assert list(course().lessons) == ["one", "two"]


def test_what_cannot_be_retired_says_why(content: Content, instructor: Person):
    answer = instructor.client.post("/teach/lessons/nothing/retire/")
    assert answer.status_code == 409
    assert not content.own.exists()


def put(person: Person, name: str, body: bytes):
    return person.client.post("/teach/lessons/one/picture/", {"picture": SimpleUploadedFile(name, body)})


def test_a_picture_is_put_beside_the_lesson_and_can_do_nothing(content: Content, instructor: Person):
    assert put(instructor, "two.svg", SVG).status_code == 303
    answer = Client().get("/lessons/one/two.svg")
    assert answer.content == SVG
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "two.svg" in instructor.client.get("/teach/").content.decode()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("shell.py", b"print()"),
        ("page.html", b"<html>"),
        ("learn.md", b"text"),
        ("two.svg.py", SVG),
        ("no-picture.png", b"no picture"),
        ("bomb.svg", b'<svg width="99999" height="99999"/>'),
        (".svg", SVG),
        ("large.svg", SVG + b" " * 1024 * 1024),
    ],
)
def test_what_is_no_picture_is_refused(name: str, body: bytes, content: Content, instructor: Person):
    assert put(instructor, name, body).status_code == 422
    assert not [path for path in content.own.rglob("*") if path.is_file() and path.name != ".writing"]


def test_a_path_in_an_uploads_name_leads_nowhere(content: Content, instructor: Person, tmp_path: Path):
    put(instructor, "../../two.svg", SVG)
    assert [path for path in tmp_path.rglob("two.svg") if path != content.own / "one/two.svg"] == []


def test_everything_that_was_written_here_can_be_taken_home(content: Content, instructor: Person):
    text = content.text("one/learn.md").replace("Prose.", "Mine.")
    instructor.client.post("/teach/edit/one/learn.md", form(text, "save", base_of("one/learn.md")))
    answer = instructor.client.get("/teach/changes.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert pack.namelist() == ["one/learn.md"]
        assert pack.read("one/learn.md").decode() == text


def test_a_lesson_that_somebody_else_put_into_the_course_meanwhile_stays_there(
    content: Content, instructor: Person, monkeypatch: pytest.MonkeyPatch
):
    files_of = new_lesson.files_of

    def overtaken(*args: Any) -> Any:
        (content.own / "course.toml").parent.mkdir(exist_ok=True)
        (content.own / "course.toml").write_text('title = "Theirs"\nlessons = ["one"]\n')
        return files_of(*args)

    monkeypatch.setattr(new_lesson, "files_of", overtaken)
    answer = instructor.client.post("/teach/lessons/new/", {"slug": "two", "title": "Two"})
    assert answer.status_code == 422
    assert "Theirs" in content.text("course.toml")


def test_a_picture_of_the_same_name_is_replaced_only_when_that_is_meant(content: Content, instructor: Person):
    put(instructor, "two.svg", SVG)
    assert put(instructor, "two.svg", SVG + b" ").status_code == 409
    assert (content.own / "one/two.svg").read_bytes() == SVG
    picture = SimpleUploadedFile("two.svg", SVG + b" ")
    instructor.client.post("/teach/lessons/one/picture/", {"picture": picture, "replace": "on"})
    assert (content.own / "one/two.svg").read_bytes() == SVG + b" "


def test_a_lesson_is_begun_wholly_or_not_at_all(content: Content, instructor: Person, monkeypatch: pytest.MonkeyPatch):
    def overtaken(*_: object, **__: object) -> None:
        raise saving.Overtaken

    monkeypatch.setattr(saving, "save", overtaken)  # course.toml is saved last, and somebody was faster
    answer = instructor.client.post("/teach/lessons/new/", {"title": "Queues", "slug": "queues"})
    assert answer.status_code == 422
    assert not (content.own / "queues").exists()
