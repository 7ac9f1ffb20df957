"""Visitors at the quiz: whom a first answer makes them, and that nothing is kept before it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learners.identity import COOKIE
from learners.models import Learner
from quiz.models import Answer
from quiz.questions import Quiz
from tests.quiz.conftest import SOURCE
from tests.quiz.journey import HTMX, Journey

pytestmark = pytest.mark.django_db


def test_a_double_click_of_somebody_without_a_cookie_is_one_learner_and_one_record(journey: Journey, quiz: Quiz):
    form = {**journey.fields(), "option": "1"}
    one, two = Client(), Client()  # the browser gave up the first post before it saw the cookie
    one.post("/quiz/one/answer/", form, headers=journey.headers)
    answer = two.post("/quiz/one/answer/", form, headers=journey.headers)
    assert answer.status_code == 409
    assert (Learner.objects.count(), Answer.objects.count()) == (1, 1)
    assert one.cookies[COOKIE].value == two.cookies[COOKIE].value


def test_a_form_that_was_left_open_does_not_answer_for_whoever_used_it_before(journey: Journey, quiz: Quiz):
    form = {**journey.fields(), "option": "1"}
    Client().post("/quiz/one/answer/", form)
    Learner.objects.update(since=timezone.now() - timedelta(minutes=2))
    assert Client().post("/quiz/one/answer/", form).status_code == 200
    assert Learner.objects.count() == 2


@pytest.mark.parametrize("sent", ["forged", "", "a:b"])
def test_a_forged_visitor_is_somebody_new(journey: Journey, sent: str):
    journey.choose(1, visitor=sent)
    assert Learner.objects.count() == 1


def test_a_page_from_before_an_update_still_says_who_its_visitor_is(journey: Journey):
    form = {**journey.fields(), "option": "1"}
    form["newcomer"] = form.pop("visitor")
    for client in (Client(), Client()):
        client.post("/quiz/one/answer/", form, headers=journey.headers)
    assert Learner.objects.count() == 1


def test_nothing_is_kept_and_no_cookie_is_set_before_the_first_answer(journey: Journey):
    journey.choose()
    journey.choose(99)
    assert COOKIE not in journey.client.cookies
    assert not Learner.objects.exists()
    assert "Start fresh" not in journey.text
    journey.choose(1)
    assert COOKIE in journey.client.cookies
    assert Learner.objects.count() == 1
    assert "Start fresh" in journey.text


def test_what_is_drawn_stays_the_same_over_a_reload_before_anything_is_answered(
    journey: Journey, write_quiz: Callable[[str], Quiz]
):
    write_quiz(SOURCE.replace("title:", "draw: 1\ntitle:"))
    journey.client.cookies.clear()
    journey.look()
    first = journey.open_question
    for _ in range(12):
        journey.look()
        assert journey.open_question == first
    assert not Learner.objects.exists()
    journey.choose(1)
    assert journey.last.status_code == 200
    assert Answer.objects.get().question == first


def test_starting_fresh_begins_anew_and_keeps_what_was_answered(journey: Journey):
    journey.choose(1)
    target = re.search(r'name="next" value="([^"]+)"', journey.text)
    assert target
    answer = journey.client.post("/learners/fresh/", {"next": target[1]})
    assert answer["Location"] == ("/lessons/one/#quiz" if journey.headers == HTMX else "/quiz/one/#quiz")
    journey.look()
    assert (journey.open_question, journey.fields()["attempt"]) == ("single", "1")
    assert Answer.objects.count() == 1
