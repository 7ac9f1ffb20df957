"""The review's addresses: their forms, who gets what, and what is refused."""

from datetime import timedelta

import pytest
from django.test import Client

from learners.identity import COOKIE
from learners.models import Learner as Kept
from lessons.catalog import Lesson
from review import views
from review.models import Deck, Review
from tests.review.conftest import BROWSER, EARNED, HTMX, Learner, Write, answer_quiz, right
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db


def test_a_program_reviews_too(missed: Lesson, learner: Learner):
    learner.headers = {}
    state = learner.client.get("/review/").json()
    current = state["current"]
    assert (state["due"], state["zone"], current["item"], current["kind"]) == (1, "UTC", "single", "question")
    form = {name: current[name] for name in ("lesson", "kind", "item", "number", "version")}
    assert not any(word in str(state) for word in EARNED)
    refused = learner.client.post("/review/", form)
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    told = learner.client.post("/review/", {**form, current["asked"]["send"]: right(missed)}).json()
    assert told["recorded"]["key"] == right(missed)
    assert (told["recorded"]["rating"], told["recorded"]["points"], told["due"], told["current"]) == (3, 1.0, 0, None)
    assert told["next"]["items"] == 1
    assert learner.client.post("/review/", form).status_code == 409


def test_a_program_turns_a_card(lesson: Lesson, learner: Learner, clock):
    answer_quiz(lesson, learner.key)
    clock.shift(timedelta(days=1))
    current = learner.client.get("/review/").json()["current"]
    assert (current["front"], current["send"], "back" in current) == ("Front of one?\n\nStem of one.", "rating", False)
    assert "back-one" in learner.client.get("/review/?turned=one").json()["current"]["back"]


def test_a_visitor_has_nothing_due_and_no_question_goes_to_the_database(
    client: Client, lesson: Lesson, django_assert_num_queries
):
    with django_assert_num_queries(0):
        for path in ("/review/", "/review/one/", "/review/?after=1"):
            page = client.get(path, headers=BROWSER)
            assert page.status_code == 200
            assert "Nothing is kept of you in this browser" in page.content.decode()
            assert "data-zone" not in page.content.decode()
        assert client.get("/review/items/due/?lesson=one", headers=HTMX).status_code == 204
        assert client.post("/review/", {"lesson": "one", "item": "one", "kind": "card"}).status_code == 409
        assert client.get("/review/").json()["current"] is None
    assert not client.cookies


def test_a_lesson_says_how_much_of_it_is_due(lesson: Lesson, learner: Learner, clock):
    answer_quiz(lesson, learner.key, "single")

    def line(query: str = "?lesson=one") -> str:
        return learner.client.get(f"/review/items/due/{query}", headers=HTMX).content.decode()

    assert "Nothing of this lesson is due now." in line()
    assert 'data-zone="UTC"' in line()
    clock.shift(timedelta(days=1))
    assert "4 things are due from this lesson." in line()
    assert 'href="/review/one/"' in line()
    assert "4 things are due." in line("")
    assert learner.client.get("/review/items/due/?lesson=nothing").status_code == 404
    assert learner.client.get("/review/items/due/").json() == {"due": {"one": 4}, "zone": "UTC"}


def test_a_visitor_who_asks_for_the_cards_is_known_from_then_on(lesson: Lesson):
    client = Client()
    answer = client.post("/review/one/cards/", headers=BROWSER)
    assert (answer.status_code, answer["Location"]) == (303, "/review/one/")
    assert answer.cookies[COOKIE].value
    assert "Front of one?" in client.get("/review/one/", headers=BROWSER).content.decode()
    assert not client.post("/review/one/cards/", headers=BROWSER).cookies
    assert Deck.objects.count() == 1
    assert client.post("/review/nothing/cards/").status_code == 404


def test_a_lesson_without_cards_cannot_be_asked_for(write: Write, client: Client):
    write(cards=None)
    assert client.post("/review/one/cards/").status_code == 404
    assert not Kept.objects.exists()


def test_no_answer_is_stored_and_methods_and_sites_are_guarded(lesson: Lesson, learner: Learner):
    for headers in (BROWSER, HTMX, {}):
        for answer in (
            learner.client.get("/review/", headers=headers),
            learner.client.post("/review/", headers=headers),
            learner.client.get("/review/items/due/", headers=headers),
        ):
            assert answer["Cache-Control"] == "no-store"
            assert answer["Vary"].startswith("HX-Request, Accept")
    assert learner.client.put("/review/").status_code == 405
    assert learner.client.get("/review/one/cards/").status_code == 405
    for path in ("/review/", "/review/one/", "/review/one/cards/"):
        assert learner.client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("path", ["/review/", "/review/one/cards/"])
def test_who_sends_too_much_is_told_so(
    lesson: Lesson, learner: Learner, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries, path: str
):
    stand_still(monkeypatch, views.rates, learner=0, address=9)
    with django_assert_num_queries(0):
        refused = learner.client.post(path, headers=HTMX)
    assert (refused.status_code, refused["HX-Reswap"]) == (429, "beforeend")


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?done=x&turned=%00", "?after=" + "9" * 18, "?done=9999"])
def test_a_strange_address_harms_nothing(lesson: Lesson, learner: Learner, query: str):
    learner.look(query)
    assert learner.last.status_code == 200


@pytest.mark.parametrize("body", [b"", b"{}", b"item=%00&lesson=%00", b"item=single&lesson=one&number=\xd9\xa1"])
def test_nonsense_is_refused(missed: Lesson, learner: Learner, body: bytes):
    kind = "application/x-www-form-urlencoded"
    assert learner.client.post("/review/", body, content_type=kind, headers=learner.headers).status_code == 409
    assert not Review.objects.exists()


def test_no_style_and_no_script_stands_in_the_fragment(missed: Lesson, learner: Learner):
    learner.headers = HTMX
    for text in (learner.look(), learner.send(option=right(missed))):
        for bad in ("<script", "style=", "hx-on", "onclick", "javascript:"):
            assert bad not in text
