"""A learner at their review: the right item, once, whatever they or its author do in between."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import pytest

from learners.models import Learner as Kept
from lessons.catalog import Course, Lesson
from lessons.pictures import Picture
from quiz.models import Answer
from review.models import Review
from review.recording import Why
from tests.quiz.conftest import SOURCE
from tests.quiz.every_kind import RIGHT, values
from tests.quiz.every_kind import SOURCE as EVERY_KIND
from tests.review.conftest import CARDS, EARNED, Learner, Write, answer_quiz, right, wrong

pytestmark = pytest.mark.django_db

KEYS = ("41.7", "secretword", "printed-secret")  # of tests/quiz/every_kind.py


def test_a_due_question_is_asked_without_its_key_and_told_with_it(missed: Lesson, learner: Learner):
    learner.look()
    assert "One of three?" in learner.text
    assert "Due: 1." in learner.text
    assert not any(word in learner.text for word in EARNED)
    learner.send(option=right(missed))
    assert "Right." in learner.text
    assert "why-single" in learner.text
    assert "feedback-single-2" in learner.text
    assert "It comes back on 8 January 2026" in learner.text or "It comes back tomorrow" in learner.text
    assert "Nothing more is due. Next: " in learner.text
    review = Review.objects.get()
    assert (review.kind, review.item, review.number, review.rating, review.grade) == ("question", "single", 1, 3, 1.0)
    learner.look()
    assert "Nothing is due. Next: " in learner.text


def test_a_wrong_answer_comes_back_tomorrow_and_changes_no_score(missed: Lesson, learner: Learner):
    before = list(Answer.objects.values())
    learner.look()
    learner.send(option=wrong(missed)[0])
    assert "Wrong." in learner.text
    assert "It comes back tomorrow." in learner.text
    assert "Next: tomorrow, 1 item." in learner.text
    assert "why-single" in learner.text
    assert Review.objects.get().rating == 1
    assert list(Answer.objects.values()) == before


def test_a_form_that_is_sent_again_counts_once_and_shows_what_counted(missed: Lesson, learner: Learner):
    learner.look()
    form = learner.fields()
    learner.post({**form, "option": wrong(missed)[0]})
    learner.post({**form, "option": right(missed)})
    assert learner.last.status_code == 409
    assert Why.ALREADY.value in learner.text
    assert "Wrong." in learner.text
    assert Review.objects.get().rating == 1


def test_nothing_chosen_is_said_in_place(missed: Lesson, learner: Learner):
    learner.look()
    learner.send()
    assert learner.last.status_code == 422
    assert "Choose an answer first." in learner.text
    assert not Review.objects.exists()


def test_a_question_that_was_edited_between_question_and_answer_is_shown_anew(
    missed: Lesson, learner: Learner, write: Write
):
    learner.look()
    write(quiz=SOURCE.replace("One of three?", "One of these?"), cards=None)
    learner.send(option=right(missed))
    assert learner.last.status_code == 409
    assert Why.CHANGED.value in learner.text
    assert "One of these?" in learner.text
    assert "This question has changed since you last answered it." in learner.text
    assert "why-single" not in learner.text
    assert not Review.objects.exists()
    learner.send(option=right(missed))
    assert Review.objects.count() == 1


def test_a_question_that_was_edited_after_its_review_says_so(missed: Lesson, learner: Learner, write: Write):
    learner.look()
    learner.send(option=right(missed))
    write(quiz=SOURCE.replace("One of three?", "One of these?"), cards=None)
    learner.look(f"?after={Review.objects.get().pk}")
    assert "Your answer stands as it was judged then." in learner.text


def test_a_question_that_was_removed_meanwhile_says_so(missed: Lesson, learner: Learner, write: Write):
    learner.look()
    form = learner.fields()
    write(quiz=SOURCE.replace("{#single}", "{#other}"), cards=None)
    learner.post({**form, "option": right(missed)})
    assert learner.last.status_code == 409
    assert Why.GONE.value in learner.text
    assert not Review.objects.exists()
    write(quiz=None, cards=None)
    learner.post({**form, "option": right(missed)})
    assert learner.last.status_code == 409


def test_a_removed_item_that_was_answered_is_not_shown(missed: Lesson, learner: Learner, write: Write):
    learner.look()
    learner.send(option=right(missed))
    write(quiz=None, cards=None)
    learner.look(f"?after={Review.objects.get().pk}")
    assert learner.last.status_code == 200
    assert "Nothing is due." in learner.text


def test_what_is_not_due_is_not_counted(missed: Lesson, learner: Learner, clock):
    learner.look()
    form = learner.fields()
    learner.post({**form, "option": right(missed)})
    for change in ({"number": 2}, {"number": 0}, {"number": "9" * 30}, {"item": "last"}, {"number": 2, "kind": "card"}):
        learner.post({**form, "option": right(missed), **change})
        assert learner.last.status_code == 409, change
    assert Review.objects.count() == 1


def test_of_two_tabs_the_first_one_counts(missed: Lesson, learner: Learner):
    other = Learner(key=learner.key, headers=learner.headers)
    learner.look()
    other.look()
    other.send(option=right(missed))
    learner.send(option=wrong(missed)[0])
    assert learner.last.status_code == 409
    assert Review.objects.get().rating == 3


def test_what_another_learner_answered_is_nobody_elses_to_see(missed: Lesson, learner: Learner):
    learner.look()
    learner.send(option=right(missed))
    other = Learner(headers=learner.headers)
    other.look(f"?after={Review.objects.get().pk}")
    assert "why-single" not in other.text


def test_a_card_is_turned_and_rated(lesson: Lesson, learner: Learner, clock):
    answer_quiz(lesson, learner.key)
    clock.shift(timedelta(days=1))
    learner.look()
    assert "Front of one?" in learner.text
    assert "Stem of one." in learner.text
    assert "back-one" not in learner.text
    learner.turn()
    assert "back-one" in learner.text
    learner.send()
    assert (learner.last.status_code, Why.UNCLEAR.value in learner.text) == (422, True)
    assert "back-one" in learner.text
    for nonsense in ("0", "5", "x", ["1", "2"]):
        learner.post({**learner.fields(), "rating": nonsense})
        assert learner.last.status_code == 422
    learner.send(rating=4)
    assert "You said: <strong>Easy</strong>. It comes back on " in learner.text
    assert 'href="/review/?done=1"' in learner.text
    review = Review.objects.get()
    assert (review.kind, review.rating, review.given, review.grade) == ("card", 4, None, None)


def test_an_edited_card_is_shown_anew(lesson: Lesson, learner: Learner, clock, write: Write):
    answer_quiz(lesson, learner.key)
    clock.shift(timedelta(days=1))
    learner.look()
    learner.turn()
    write(cards=CARDS.replace("back-one", "back-new"))
    learner.send(rating=3)
    assert (learner.last.status_code, Why.CHANGED.value in learner.text) == (409, True)
    assert "back-new" not in learner.text
    learner.turn()
    learner.send(rating=3)
    assert Review.objects.count() == 1


def test_it_is_a_few_at_a_time_and_the_rest_is_a_number(write: Write, learner: Learner, clock):
    lesson = _many(write, 9)
    answer_quiz(lesson, learner.key, *(f"q{place}" for place in range(9)))
    clock.shift(timedelta(days=1))
    learner.look()
    assert "Due: 5 now, and 4 more later." in learner.text
    for _ in range(5):
        learner.send(option=1)
        learner.look(f"?done={Review.objects.count()}")
    assert "That was 5 items." in learner.text
    assert "4 more are due and can wait." in learner.text
    assert "<form" not in learner.text
    learner.look()
    assert "Due: 4." in learner.text


def test_a_picture_in_a_question_is_shown_in_the_review_too(write: Write, learner: Learner, clock):
    lesson = write(quiz=SOURCE.replace("Stem of the first.", "![Two bars](two-bars.svg)"), cards=None)
    cast(dict[str, Any], lesson.files)["two-bars.svg"] = Picture(380, 228, "image/svg+xml", b"", '"e"')
    answer_quiz(lesson, learner.key, "single")
    clock.shift(timedelta(days=1))
    learner.look()
    assert 'src="/lessons/one/two-bars.svg" width="380" height="228"' in learner.text


def _many(write: Write, count: int) -> Lesson:
    question = "\n> Hint: h\n\n- [x] yes\n  > f\n- [ ] no\n  > f\n\n> **Why:** w\n"
    return write(quiz="\n".join(f"## Q{n}? {{#q{n}}}\n{question}" for n in range(count)), cards=None)


def test_one_lesson_has_a_review_of_its_own(missed: Lesson, learner: Learner):
    learner.path = "/review/one/"
    learner.look()
    assert "One of three?" in learner.text
    learner.send(option=right(missed))
    assert "Right." in learner.text
    assert learner.client.get("/review/nothing/").status_code == 404


def test_an_answer_to_a_lesson_that_was_removed_meanwhile_is_told_so(
    missed: Lesson, learner: Learner, monkeypatch: pytest.MonkeyPatch
):
    learner.path = "/review/one/"
    learner.look()
    monkeypatch.setattr("lessons.catalog.catalog", lambda: SimpleNamespace(course=Course("A course", {})))
    learner.send(option=right(missed))
    assert (learner.last.status_code, Why.GONE.value in learner.text) == (409, True)
    assert 'data-zone="UTC"' in learner.text
    assert not Review.objects.exists()
    assert learner.client.get("/review/items/due/").json()["due"] == {}


def test_every_kind_of_question_is_asked_again(write: Write, learner: Learner, clock):
    lesson = write(quiz=EVERY_KIND, cards=None)
    quiz = lesson.files["quiz.md"]
    Kept.objects.create(key=learner.key)
    for question, attempt in product(quiz.questions, (1, 2)):
        Answer.objects.create(
            learner_id=learner.key, lesson="one", question=question.id, version=question.version, go=1,
            attempt=attempt, given="", grade=0.0, correct=False,
        )  # fmt: skip
    clock.shift(timedelta(days=1))
    for question in quiz.questions:
        learner.look()
        asked = learner.client.get("/review/").content.decode()
        assert not any(word in learner.text.lower() + asked.lower() for word in (*EARNED, *KEYS))
        assert ('class="numbered"' in learner.text) is (question.kind == "process")  # a line is asked for by number
        if question.kind == "order":
            learner.send(**{"place-1": "2", "place-2": "2", "place-3": ""})
            assert learner.last.status_code == 422
            assert "Place 2 is that of" in learner.text
            assert not any(word in learner.text for word in EARNED)
        field, said = values(question, RIGHT)
        learner.send(**{field: said})
        assert "Right." in learner.text, (question.id, learner.text)
    assert Review.objects.filter(rating=3).count() == len(quiz.questions)


def test_a_review_is_still_shown_when_the_question_has_become_one_of_another_kind(
    write: Write, learner: Learner, clock
):
    lesson = write(quiz=EVERY_KIND, cards=None)
    questions = lesson.files["quiz.md"].questions
    Kept.objects.create(key=learner.key)
    for number, given in enumerate((["one", "two"], "41,7 s", "text\nlines", [], questions[0].right[0].key), 1):
        for question in questions:
            review = Review.objects.create(
                learner_id=learner.key, lesson="one", kind="question", item=question.id, number=number, rating=1,
                given=given, grade=0.4, version="earlier",
            )  # fmt: skip
            learner.look(f"?after={review.pk}")
            assert "Partly right." in learner.text
            assert "This question has changed since you answered it." in learner.text
