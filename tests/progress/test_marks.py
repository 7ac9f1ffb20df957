"""Marks: a page counts as read when a button is pressed, its end came into view or its cards were turned."""

from collections.abc import Callable

import pytest
from django.test import Client

from learners.identity import COOKIE
from learners.models import Learner
from lessons.catalog import Course, Lesson
from lessons.reading import ModePage
from lessons.scanning import Block
from progress import views
from progress.models import Reading
from tests.progress.marking import AT_END, LEARN, NOT_READ, READ, text_of
from tests.quiz.journey import BROWSER, HTMX
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db


def test_scrolling_makes_nobody_known(client: Client, course: Course, django_assert_num_queries):
    for headers in (HTMX, BROWSER, {}):
        with django_assert_num_queries(0):
            assert not client.post(READ, AT_END, headers=headers).cookies
    assert not Learner.objects.exists()


def test_pressing_the_button_does(client: Client, course: Course):
    answer = client.post(READ, headers=HTMX)
    assert answer.cookies[COOKIE].value
    assert "Marked as read." in text_of(answer)
    assert "You have read this page." in text_of(answer)
    assert "Under way. 1 of 2 pages read. Quiz: 0 of 3 questions answered." in text_of(answer)
    assert Reading.objects.get().mode == "learn"
    assert "You have read this page." in text_of(client.get(LEARN, headers=HTMX))


def test_a_plain_form_is_sent_on_so_that_a_reload_sends_nothing(client: Client, course: Course):
    answer = client.post(READ, headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (303, LEARN)
    assert "You have read this page." in text_of(client.get(LEARN, headers=BROWSER))
    assert client.post(NOT_READ, headers=BROWSER)["Location"] == LEARN
    assert "when you have read it to the end." in text_of(client.get(LEARN, headers=BROWSER))


def test_a_known_reader_is_marked_at_the_end_and_told_why_once(client: Client, course: Course):
    client.post("/progress/one/why/read/", headers=HTMX)
    assert 'hx-trigger="intersect once"' in text_of(client.get(LEARN, headers=HTMX))
    answer = text_of(client.post(READ, AT_END, headers=HTMX))
    assert "the end of the text came into view" in answer
    assert "intersect" not in answer
    assert "intersect" not in text_of(client.get(LEARN, headers=HTMX))
    assert "came into view" not in text_of(client.post(READ, AT_END, headers=HTMX))
    assert "autofocus" not in answer, "who only scrolls is left where they are"


def test_a_press_takes_the_focus_away_from_the_opposite_button(client: Client, course: Course):
    for path in (READ, NOT_READ):
        assert '<p tabindex="-1" autofocus>Marked as' in text_of(client.post(path, headers=HTMX))


def test_a_mark_that_was_taken_back_stays_so_when_the_reader_scrolls(client: Client, course: Course):
    client.post(READ, headers=HTMX)
    answer = text_of(client.post(NOT_READ, headers=HTMX))
    assert "Marked as not read." in answer
    assert "intersect" not in answer, "the end is in view, so this would ask for ever"
    assert "when you have read it to the end." in text_of(client.post(READ, AT_END, headers=HTMX))
    assert not Reading.objects.get().read


def test_a_learner_who_had_everything_deleted_is_not_brought_back_by_an_open_page(client: Client, course: Course):
    client.post(READ, headers=HTMX)
    Learner.objects.all().delete()
    client.post("/progress/one/why/read/", AT_END, headers=HTMX)
    assert not Learner.objects.exists()
    assert "Not begun." in text_of(client.get(LEARN, headers=HTMX))


def test_double_posts_and_two_tabs_keep_one_mark(client: Client, course: Course):
    for _ in range(2):
        assert client.post(READ, headers=HTMX).status_code == 200
    other = Client()
    other.cookies = client.cookies
    other.post(NOT_READ, headers=HTMX)
    assert "You have read this page." in text_of(client.post(READ, headers=HTMX))
    assert Reading.objects.count() == 1


def test_who_sets_too_many_marks_is_told_so_without_a_question_to_the_database(
    client: Client, course: Course, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
):
    stand_still(monkeypatch, views.rates, learner=9, address=1)
    client.post(READ, headers=HTMX)
    with django_assert_num_queries(0):
        refused = client.post(NOT_READ, headers=HTMX)
    assert refused.status_code == 429
    assert "can set 1 marks a minute" in refused.content.decode()
    assert Reading.objects.get().read


@pytest.fixture
def recall(use_course: Callable[[Course], None]) -> str:
    """The address of a page with cards."""
    page = ModePage("recall", {"title": "Lesson one"}, (), (), (Block(1, "cards", "", {}, ()),))
    use_course(Course("A course", {"one": Lesson("one", 1, {"recall": page}, {})}))
    return "/progress/one/recall/"


def test_a_page_with_cards_is_read_when_they_were_turned_and_not_when_somebody_scrolls_past(
    client: Client, recall: str
):
    client.post(f"{recall}read/", headers=HTMX)
    Reading.objects.all().delete()
    shown = text_of(client.get(recall, headers=HTMX))
    assert 'hx-trigger="turned once"' in shown
    assert "when you have turned its cards." in shown
    assert "Marked as read" not in text_of(client.post(f"{recall}read/", AT_END, headers=HTMX))
    assert not Reading.objects.exists()
    answer = text_of(client.post(f"{recall}read/", {"by": "cards"}, headers=HTMX))
    assert "Marked as read: you have turned each of its cards." in answer
    assert Reading.objects.get().read


def test_a_page_without_cards_is_not_read_by_turning_any(client: Client, course: Course):
    client.post("/progress/one/why/read/", headers=HTMX)
    assert "Marked as read" not in text_of(client.post(READ, {"by": "cards"}, headers=HTMX))
    assert Reading.objects.get().mode == "why"


def test_the_button_marks_a_page_with_cards_whether_or_not_they_were_turned(client: Client, recall: str):
    assert "Marked as read." in text_of(client.post(f"{recall}read/", headers=HTMX))
    assert Reading.objects.get().read
