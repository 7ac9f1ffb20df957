"""A quiz on paper: whatever is asked stands there as it is asked, and no more of the key than is earned."""

import re
from collections.abc import Callable, Mapping
from html import unescape

import pytest
from django.test import Client

from quiz.kinds import KINDS, kind_of
from quiz.paper import printed_for_instructor
from quiz.questions import Quiz
from quiz.reading import read
from tests.quiz.conftest import SOURCE, positions
from tests.quiz.every_kind import RIGHT, WRONG, values
from tests.quiz.every_kind import SOURCE as EVERY_KIND
from tests.quiz.journey import BROWSER, Journey

pytestmark = pytest.mark.django_db

PAPER = "/quiz/one/paper/"


def on_paper(client: Client, headers: Mapping[str, str] = BROWSER) -> str:
    response = client.get(PAPER, headers=dict(headers))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return unescape(response.content.decode())


def asked(html: str) -> list[str]:
    """The ids of the questions that stand there, in order."""
    return re.findall(r'<li class="paper-question" id="question-([^"]+)"', html)


def told(html: str) -> str:
    """The key; empty where there is none."""
    return html.partition('<section class="paper-key"')[2]


def test_every_question_stands_there_with_its_options_as_they_are_asked_and_without_any_key(
    client: Client, content: Callable[[str], None]
):
    content(EVERY_KIND)
    quiz = read(EVERY_KIND, "one")[0]
    html = on_paper(client)
    assert asked(html) == [question.id for question in quiz.questions]
    assert {kind_of(question).name for question in quiz.questions} == set(KINDS)
    assert not told(html)
    for question, part in zip(quiz.questions, html.split('<li class="paper-question"')[1:], strict=True):
        shown = re.findall(r'<span class="letter">(.)</span>\s*<div class="option-text" dir="auto">(.*?)</div>', part)
        options = () if kind_of(question).is_typed else question.options
        assert shown == list(zip("ABCD", [option.html for option in options], strict=False))
    assert not re.search(r"(?:hint|why|feedback)-", html)


def test_the_key_is_that_of_what_is_settled_and_of_nothing_else(content: Callable[[str], None]):
    content(EVERY_KIND)
    journey = Journey()
    journey.look()
    for number, question in enumerate(read(EVERY_KIND, "one")[0].questions, 1):
        journey.give(*values(question, WRONG))
        assert f"why-{question.id}" not in on_paper(journey.client), "one try is left"
        journey.give(*values(question, RIGHT))
        key = told(on_paper(journey.client))
        assert re.findall(r"<dt>(\d+)\. ", key) == [str(place) for place in range(1, number + 1)]
        assert key.count("why-") == number


def test_the_key_of_a_question_that_is_asked_again_goes_until_it_is_settled_again(quiz: Quiz):
    journey = Journey()
    journey.look()
    for position in positions(quiz, "single", right=False):
        journey.choose(position)
    for question in ("several", "last"):
        journey.choose(*positions(quiz, question, right=True))
    assert "why-single" in told(on_paper(journey.client))
    journey.again()
    html = on_paper(journey.client)
    assert asked(html) == ["single", "several", "last"]
    assert re.findall(r"why-\w+", told(html)) == ["why-several", "why-last"]


def test_of_a_quiz_that_draws_a_learner_prints_what_was_drawn_for_them(client: Client, content: Callable[[str], None]):
    content(SOURCE.replace("title: Three questions", "title: Three questions\ndraw: 2"))
    first = asked(on_paper(client))
    assert len(first) == 2
    assert all(asked(on_paper(client)) == first for _ in range(5))


def test_a_program_gets_the_questions_and_the_keys_of_those_that_are_settled(quiz: Quiz):
    journey = Journey()
    journey.look()
    key = positions(quiz, "single", right=True)
    journey.choose(*key)
    state = journey.client.get(PAPER).json()
    assert [(question["question"], question.get("key")) for question in state["questions"]] == [
        ("single", key),
        ("several", None),
        ("last", None),
    ]


def test_a_browser_that_keeps_no_cookie_prints_what_it_carries(quiz: Quiz):
    journey = Journey()
    journey.look()
    journey.choose(*positions(quiz, "single", right=True), cookies="none")
    link = re.search(r'href="(/quiz/one/paper/\?carried=[^"]+)"', journey.text)
    assert link
    html = Client().get(unescape(link[1]), headers=BROWSER).content.decode()
    assert "why-single" in told(html)
    assert "why-several" not in html


def test_a_stranger_prints_without_a_question_to_the_database(client: Client, quiz: Quiz, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(PAPER, headers=BROWSER)
    assert not response.cookies


def test_there_is_no_paper_of_what_there_is_not(client: Client, quiz: Quiz):
    assert client.get("/quiz/nothing/paper/").status_code == 404
    assert client.post(PAPER).status_code == 405


def test_the_key_of_an_order_names_the_letters_in_their_order():
    quiz = read(EVERY_KIND, "one")[0]
    printed = {question.id: question for question in printed_for_instructor(quiz)}
    order = printed["order"]
    assert [str(option.html) for option in order.key] == ["step one", "step two", "step three"]
    assert set(order.key) == set(order.options)
    assert [str(option.html) for option in printed["text"].key] == [
        "<span>secretword</span>",
        "<span>secret.word()</span>",
    ]
    assert not printed["text"].options


FROM_RIGHT_TO_LEFT = """## מה מחזיק את ההודעה? {#hebrew}

- [x] המתווך
- [ ] `Celery` בלבד

> **Why:** כי כך

## ما الترتيب؟ {#arabic}

- [1] أولاً
- [2] ثانياً
- [3] ثالثاً

## כמה זמן? {#typed}

- [=] שלוש שניות
"""
KEY_FROM_RIGHT_TO_LEFT = {
    "hebrew": ("option", ["המתווך"]),
    "arabic": ("step", ["أولاً", "ثانياً", "ثالثاً"]),
    "typed": ("text", ["שלוש שניות"]),
}


def test_what_is_written_from_right_to_left_has_its_direction(content: Callable[[str], None]):
    content(FROM_RIGHT_TO_LEFT)
    questions = read(FROM_RIGHT_TO_LEFT, "one")[0].questions
    journey = Journey()
    journey.look()
    for question in questions:
        journey.give(*values(question, KEY_FROM_RIGHT_TO_LEFT))
    questions_part, _, key = on_paper(journey.client).partition('<section class="paper-key"')
    for number, question in enumerate(questions, 1):
        assert f"<h2>{number}. <bdi>{question.text_html}</bdi></h2>" in questions_part
        assert f"<dt>{number}. <bdi>{question.text_html}</bdi></dt>" in key
        for option in () if kind_of(question).is_typed else question.options:
            assert f'<div class="option-text" dir="auto">{option.html}</div>' in questions_part
        for option in question.right:
            assert f'<div dir="auto">{option.html}</div>' in key
