import pytest
from django.test import Client

from quiz import views
from quiz.questions import Quiz
from tests.quiz.conftest import positions
from tests.quiz.journey import BROWSER, HTMX
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/quiz/nothing/", "/quiz/one/nothing/"])
def test_an_unknown_quiz_is_404(client: Client, quiz: Quiz, path: str):
    assert client.get(path).status_code == 404
    assert client.post("/quiz/nothing/answer/").status_code == 404
    assert client.post("/quiz/nothing/again/").status_code == 404


def test_the_wrong_method_is_405(client: Client, quiz: Quiz):
    assert client.post("/quiz/one/").status_code == 405
    assert client.get("/quiz/one/answer/").status_code == 405
    assert client.get("/quiz/one/again/").status_code == 405
    assert client.head("/quiz/one/").status_code == 200


@pytest.mark.parametrize("path", ["/quiz/one/answer/", "/quiz/one/again/"])
def test_a_post_of_another_site_is_refused(client: Client, quiz: Quiz, path: str):
    assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_no_answer_is_stored_by_a_cache(client: Client, quiz: Quiz):
    for headers in (BROWSER, HTMX, {}):
        for answer in (client.get("/quiz/one/", headers=headers), client.post("/quiz/one/answer/", headers=headers)):
            assert answer["Cache-Control"] == "no-store"
            assert answer["Vary"].startswith("HX-Request, Accept")


def test_a_stranger_looks_without_a_question_to_the_database(client: Client, quiz: Quiz, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/quiz/one/", headers=HTMX)
    assert not answer.cookies


def test_a_program_plays_too(client: Client, quiz: Quiz):
    state = client.get("/quiz/one/").json()
    current = state["current"]
    assert (current["question"], current["kind"], sorted(current["options"])) == ("single", "choice", ["1", "2", "3"])
    assert (state["settled"], state["score"], state["missed"]) == ([], None, None)
    form = {name: current[name] for name in ("question", "version", "go", "attempt")}
    refused = client.post("/quiz/one/answer/", form)
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    key = positions(quiz, "single", right=True)
    state = client.post("/quiz/one/answer/", {**form, "option": key}).json()
    settled = {"question": "single", "right": True, "right_on_first_try": True, "points": 1.0, "key": key}
    assert state["settled"] == [settled]
    assert client.post("/quiz/one/answer/", {**form, "option": key}).status_code == 409


@pytest.mark.parametrize("body", [b"", b"{}", b"option=%00", b"question=single&option=1&go=\xd9\xa1", b"a" * 7000])
def test_nonsense_is_422(client: Client, quiz: Quiz, body: bytes):
    answer = client.post("/quiz/one/answer/", body, content_type="application/x-www-form-urlencoded", headers=BROWSER)
    assert answer.status_code == 422
    assert client.post("/quiz/one/answer/", body, content_type="application/json").status_code == 422


@pytest.mark.parametrize("path", ["/quiz/one/answer/", "/quiz/one/again/"])
def test_who_sends_too_many_answers_is_told_so_without_a_question_to_the_database(
    client: Client, quiz: Quiz, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries, path: str
):
    stand_still(monkeypatch, views.rates, learner=9, address=1)
    assert client.post(path, headers=HTMX).status_code == 422
    with django_assert_num_queries(0):
        refused = client.post(path, headers=HTMX)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert refused["HX-Reswap"] == "beforeend"
    assert "can send 1 answers a minute" in refused.content.decode()
    assert 'href="/quiz/one/"' in client.post(path, headers=BROWSER).content.decode()
    assert client.get("/quiz/one/", headers=HTMX).status_code == 200


def test_a_strange_address_around_the_fragment_harms_nothing(client: Client, quiz: Quiz):
    for around in ("http://[", "javascript:alert(1)", "//elsewhere.example/x", ""):
        assert client.get("/quiz/one/", headers={**HTMX, "hx-current-url": around}).status_code == 200


def test_no_style_and_no_script_stands_in_the_fragment(client: Client, quiz: Quiz):
    text = client.get("/quiz/one/", headers=HTMX).content.decode()
    for bad in ("<script", "style=", "hx-on", "onclick", "javascript:"):
        assert bad not in text
