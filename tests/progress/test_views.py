from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learners.models import Learner
from lessons.catalog import Course
from progress.models import Reading
from review.models import Deck, Review
from tests.progress.conftest import a_course
from tests.progress.marking import LEARN, NOT_READ, READ, text_of
from tests.quiz.conftest import positions
from tests.quiz.journey import BROWSER, HTMX, Journey

pytestmark = pytest.mark.django_db


def quiz_of(course: Course, lesson: str = "one"):
    return course.lessons[lesson].files["quiz.md"]


def answer_the_quiz(client: Client, course: Course, lesson: str = "one", *, questions: int = 3) -> None:
    """Answer so many questions of a lesson's quiz rightly."""
    journey = Journey(client=client, lesson=lesson)
    journey.look()
    for _ in range(questions):
        journey.choose(*positions(quiz_of(course, lesson), journey.open_question, right=True))


def test_a_visitor_gets_an_empty_fragment_no_cookie_and_no_question_to_the_database(
    client: Client, course: Course, django_assert_num_queries
):
    for path in ("/progress/", LEARN):
        with django_assert_num_queries(0):
            fragment, page, plain = (client.get(path, headers=headers) for headers in (HTMX, BROWSER, {}))
        assert (fragment.status_code, fragment.content) == (204, b"")
        assert (page.status_code, plain.status_code) == (200, 200)
        assert not any(answer.cookies for answer in (fragment, page, plain))
    assert "Nothing is kept about you yet" in client.get("/progress/", headers=BROWSER).content.decode()


@pytest.mark.parametrize("kept", ["deck", "review"])
def test_a_lesson_whose_cards_were_asked_for_or_reviewed_is_begun(client: Client, course: Course, kept: str):
    client.post(READ, headers=HTMX)
    learner = Learner.objects.get()
    if kept == "deck":
        Deck.objects.create(learner=learner, lesson="three")
    else:
        Review.objects.create(learner=learner, lesson="three", kind="card", item="a", number=1, rating=3, version="v")
    assert client.get("/progress/").json()["lessons"][2]["state"] == "under way"
    assert client.get("/progress/").json()["continue"]["url"] == "/lessons/three/learn/"


def test_the_course_says_where_its_reader_is(client: Client, course: Course):
    answer_the_quiz(client, course, "one")
    answer_the_quiz(client, course, "two", questions=1)
    client.post("/progress/one/learn/read/", headers=HTMX)
    home = text_of(client.get("/progress/", headers=HTMX))
    assert (
        'id="my-lesson-one" hx-swap-oob="innerHTML">Quiz done. 1 of 2 pages read. Quiz: 3 of 3 points on the first try.'
        in home
    )
    assert (
        'id="my-lesson-two" hx-swap-oob="innerHTML">Under way. 0 of 1 page read. Quiz: 1 of 3 questions answered.'
        in home
    )
    assert 'id="my-lesson-three" hx-swap-oob="innerHTML">Not begun.' in home
    assert 'Continue: <a href="/quiz/two/">Lesson two: Quiz</a>' in home
    page = text_of(client.get("/progress/", headers=BROWSER))
    for words in ("Quiz done. 1 of 2 pages read.", "Read: Learn.", "Continue: <a", "1 of 3 questions answered"):
        assert words in page


def test_a_program_is_told_too(client: Client, course: Course):
    answer_the_quiz(client, course, "one", questions=2)
    found = client.get("/progress/").json()
    assert found["lessons"][0] == {
        "lesson": "one",
        "title": "Lesson one",
        "state": "under way",
        "read": [],
        "unread": ["learn", "why"],
        "quiz": {"questions": 3, "answered": 2, "points": None, "done": False},
        "due": 0,
    }
    assert found["continue"] == {"what": "Lesson one: Quiz", "url": "/lessons/one/why/#quiz"}
    marked = client.post(READ).json()
    assert (marked["mode"], marked["is_read"], marked["read"]) == ("learn", True, ["learn"])
    assert client.post(NOT_READ).json()["is_read"] is False


def test_tomorrow_the_reader_goes_on_with_what_they_touched_last(client: Client, course: Course):
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    with time_machine.travel(evening, tick=False) as clock:
        answer_the_quiz(client, course, "one", questions=1)
        clock.shift(3600)
        client.post("/progress/three/learn/read/", headers=HTMX)
        clock.shift(12 * 3600)
        assert client.get("/progress/").json()["continue"]["url"] == "/lessons/three/performance/"
        answer_the_quiz(client, course, "one", questions=1)
        assert client.get("/progress/").json()["continue"]["url"] == "/lessons/one/why/#quiz"


def test_what_is_due_is_said_per_lesson_and_leads_to_review(
    client: Client, course: Course, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("progress.gathering.due_counts", lambda *_: {"one": 2})
    answer_the_quiz(client, course, "one")
    home = text_of(client.get("/progress/", headers=HTMX))
    assert 'on the first try. <a href="/review/">2 due for review</a>.' in home
    assert 'Continue: <a href="/review/">review what is due (2)</a>' in home
    assert client.get("/progress/").json()["due"] == 2


def test_a_lesson_that_left_the_course_is_counted_and_its_rows_stay(
    client: Client, course: Course, use_course: Callable[[Course], None]
):
    answer_the_quiz(client, course, "two", questions=1)
    client.post("/progress/one/why/read/", headers=HTMX)
    use_course(a_course({"one": ("learn",), "three": ("learn",)}))
    page = text_of(client.get("/progress/", headers=BROWSER))
    assert "1 lesson that you worked on is no longer part of the course." in page
    assert "1 page that you read is no longer part of its lesson." in page
    assert "Lesson two" not in page
    assert client.get("/progress/").json()["gone"] == {"lessons": 1, "modes": 1}
    for path in ("/progress/two/learn/", "/progress/one/why/"):
        assert client.get(path, headers=BROWSER).status_code == 404
        for headers in (BROWSER, HTMX, {}):
            refused = client.post(f"{path}read/", headers=headers)
            assert refused.status_code == 404
            assert "what was kept of it still is" in refused.content.decode()
    use_course(course)
    assert client.get("/progress/").json()["lessons"][0]["read"] == ["why"]
    assert client.get("/progress/").json()["gone"] == {"lessons": 0, "modes": 0}


def test_more_lessons_make_no_more_queries(client: Client, use_course: Callable[[Course], None]):
    counts = []
    for more in (0, 20):
        use_course(course := a_course(more=more))
        for lesson in [slug for slug in course.lessons if slug != "three"]:
            answer_the_quiz(client, course, lesson, questions=0 if more and lesson in ("one", "two") else 1)
            client.post(f"/progress/{lesson}/learn/read/", headers=HTMX)
        for path in ("/progress/", LEARN):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path, headers=HTMX).status_code == 200
            counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert counts[0] >= 4  # readings, the latest of each lesson, answers, goes; and what review asks


def test_nothing_is_stored_by_a_cache(client: Client, course: Course):
    for headers in (BROWSER, HTMX, {}):
        for answer in (
            client.get("/progress/", headers=headers),
            client.get(LEARN, headers=headers),
            client.post(READ, headers=headers),
            client.get("/progress/", headers=headers),
        ):
            assert answer["Cache-Control"] == "no-store"


def test_what_makes_no_sense_has_its_answer(client: Client, course: Course):
    for path in ("/progress/nothing/learn/", "/progress/one/nothing/", "/progress/one/quiz/"):
        assert client.get(path).status_code == 404
        assert client.post(f"{path}read/").status_code == 404
    assert client.get(READ).status_code == 405
    assert client.post("/progress/").status_code == 405
    assert client.head(LEARN).status_code == 200
    for path in (READ, NOT_READ):
        assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(READ, b"\x00{", content_type="application/json").status_code == 200
    assert Reading.objects.count() == 1


def test_the_pages_that_are_the_same_for_everyone_have_room_for_it(client: Client):
    home = client.get("/").content.decode()
    for place in ('id="my-progress"', 'id="my-lesson-defining-tasks"', 'href="/progress/"'):
        assert place in home
    lesson = client.get("/lessons/defining-tasks/performance/").content.decode()
    for place in ('id="my-lesson-progress"', 'id="my-tab-performance"', 'id="my-mark"', 'id="my-mark-said"'):
        assert place in lesson
    assert 'action="/progress/defining-tasks/performance/read/"' in lesson
    mark = lesson.partition('<div class="my-reading">')[2].partition("</div>")[0]
    assert "<form" in mark
    assert "hx-trigger" not in mark  # to read on keeps nothing of a visitor


def test_no_style_and_no_script_stands_in_the_fragments(client: Client, course: Course):
    client.post(READ, headers=HTMX)
    for path in ("/progress/", LEARN):
        text = client.get(path, headers=HTMX).content.decode()
        for bad in ("<script", "style=", "hx-on", "onclick", "javascript:"):
            assert bad not in text
