from django.http import HttpResponse
from django.test import Client, RequestFactory

from learners.identity import COOKIE, learner_of, new_learner, remember


def given(rf: RequestFactory, value: str):
    request = rf.get("/")
    request.COOKIES[COOKIE] = value
    return request


def test_a_learner_is_known_by_the_cookie(rf: RequestFactory):
    learner, response = new_learner(), HttpResponse()
    remember(response, learner)
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert learner_of(given(rf, cookie.value)) == learner


def test_a_forged_cookie_is_nobody(rf: RequestFactory):
    for value in ("", "x", new_learner().hex, f"{new_learner().hex}:forged", "a" * 5000):
        assert learner_of(given(rf, value)) is None


def test_starting_fresh_takes_the_cookie_away_and_leads_back(client: Client):
    answer = client.post("/learners/fresh/", {"next": "/quiz/defining-tasks/"})
    assert (answer.status_code, answer["Location"]) == (303, "/quiz/defining-tasks/")
    assert answer.cookies[COOKIE].value == ""


def test_starting_fresh_leads_nowhere_else(client: Client):
    for target in (
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "",
        "/\\elsewhere.example",
        "/a\r\nX-Injected: 1",
        "/a\nb",
        "/a\x00b",
        "http://[::1",
    ):
        assert client.post("/learners/fresh/", {"next": target})["Location"] == "/"


def test_a_way_back_with_other_letters_is_escaped(client: Client):
    assert client.post("/learners/fresh/", {"next": "/quiz/é/#quiz"})["Location"] == "/quiz/%C3%A9/#quiz"


def test_starting_fresh_is_a_post_from_this_site(client: Client):
    assert client.get("/learners/fresh/").status_code == 405
    assert client.post("/learners/fresh/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
