"""The questions of a lesson for an instructor to hand out, with the whole key."""

from collections.abc import Callable

from django.test import Client

from tests.teach.conftest import Content, Person

PAPER = "/teach/lessons/one/paper/"


def test_an_instructor_gets_the_questions_and_below_them_the_key(content: Content, instructor: Person):
    response = instructor.client.get(PAPER)
    assert response["Cache-Control"] == "no-store"
    questions, _, key = response.content.decode().partition('<section class="paper-key"')
    assert "The web server" in questions
    assert "A worker" in questions
    assert "why-who" not in questions
    assert "why-who" in key
    assert "A worker" in key
    assert "The web server" not in key
    assert 'href="/teach/lessons/one/paper/"' in instructor.client.get("/teach/").content.decode()


def test_to_everybody_else_it_is_nothing(content: Content, sign_in: Callable[..., Person]):
    for client in (Client(), sign_in(instructor=False).client):
        response = client.get(PAPER)
        assert response.status_code == 404
        assert "A worker" not in response.content.decode()


def test_there_is_none_of_a_lesson_without_a_quiz(content: Content, instructor: Person):
    (content.shipped / "one/quiz.md").unlink()
    assert instructor.client.get(PAPER).status_code == 404
    assert 'href="/teach/lessons/one/paper/"' not in instructor.client.get("/teach/").content.decode()
    assert instructor.client.get("/teach/lessons/two/paper/").status_code == 404
