"""Earlier versions: compared, brought back; and the way back to what was shipped."""

import time

import pytest

from teach.comparing import Row, compared
from teach.models import Revision
from tests.teach.conftest import QUIZ, Content, Person
from tests.teach.test_editing_views import EDIT, base_of, form

CHANGED = QUIZ.replace("A worker", "A Celery worker")


def saved(person: Person, text: str, why: str = "") -> None:
    assert person.client.post(EDIT, form(text, "save", why=why)).status_code == 303


@pytest.mark.django_db
def test_every_version_is_listed_with_who_and_why(content: Content, instructor: Person):
    saved(instructor, CHANGED, "Clearer")
    html = instructor.client.get("/teach/versions/one/quiz.md").content.decode()
    for words in ("Clearer", instructor.account.username, "As it was shipped", "as it is now"):
        assert words in html


@pytest.mark.django_db
def test_an_earlier_version_is_compared_and_brought_back_by_saving_it(content: Content, instructor: Person):
    saved(instructor, CHANGED)
    shipped = Revision.objects.get(why="As it was shipped")
    html = instructor.client.get(f"/teach/versions/{shipped.pk}/").content.decode()
    assert "A Celery worker" in html
    assert instructor.client.post(f"/teach/versions/{shipped.pk}/")["Location"] == f"{EDIT}?restored"
    assert content.text("one/quiz.md") == CHANGED
    assert "A Celery worker" not in instructor.client.get(EDIT).content.decode()
    saved(instructor, QUIZ)
    assert content.text("one/quiz.md") == QUIZ


@pytest.mark.django_db
def test_back_to_the_shipped_version(content: Content, instructor: Person):
    saved(instructor, CHANGED)
    html = instructor.client.get("/teach/shipped/one/quiz.md").content.decode()
    assert "A Celery worker" in html
    answer = instructor.client.post("/teach/shipped/one/quiz.md", {"base": base_of()})
    assert answer["Location"] == "/teach/?taken-back"
    assert not (content.own / "one/quiz.md").exists()
    assert instructor.client.get("/teach/shipped/one/quiz.md").status_code == 404


@pytest.mark.django_db
def test_nobody_goes_back_over_what_they_have_not_seen(content: Content, instructor: Person):
    saved(instructor, CHANGED)
    before = base_of()
    saved(instructor, CHANGED + "\n")
    assert instructor.client.post("/teach/shipped/one/quiz.md", {"base": before}).status_code == 409
    assert content.text("one/quiz.md") == CHANGED + "\n"


@pytest.mark.django_db
def test_an_upgrade_of_the_shipped_file_leaves_what_was_written_here(content: Content, instructor: Person):
    saved(instructor, CHANGED)
    (content.shipped / "one/quiz.md").write_text(QUIZ.replace("web server", "web process"))
    assert content.text("one/quiz.md") == CHANGED
    html = instructor.client.get("/teach/shipped/one/quiz.md").content.decode()
    assert "web process" in html


@pytest.mark.django_db
def test_there_is_no_version_that_there_is_not(content: Content, instructor: Person):
    assert instructor.client.get("/teach/versions/999/").status_code == 404


def test_lines_are_compared_with_some_around_them():
    first = "\n".join(f"line {number}" for number in range(1, 21))
    rows = compared(first, first.replace("line 10\n", "line ten\n").replace("line 20", "line 20\nmore"))
    assert Row("changed", 10, "line 10", 10, "line ten") in rows
    assert Row("added", other_number=21, other="more") in rows
    assert rows[0].kind == "gap"
    assert Row("same", 9, "line 9", 9, "line 9") in rows
    assert not any(row.number == 1 for row in rows)


def test_equal_texts_differ_nowhere():
    assert compared("a\nb", "a\nb") == []


def test_a_line_that_is_gone_is_told():
    assert Row("removed", 2, "b") in compared("a\nb\nc", "a\nc")


def test_many_equal_lines_are_compared_in_no_time():
    began = time.process_time()
    compared("a\n" * 1900, "a\n" * 20_000)
    assert time.process_time() - began < 3  # s; each line against each takes ten
