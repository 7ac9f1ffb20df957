from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from learners.identity import COOKIE, KnownLearner, LearnerRequest, new_learner, remember


def known(request: HttpRequest) -> UUID | None:
    """The learner of a request, as a view asks for it."""
    found = []

    def view(request: HttpRequest) -> HttpResponse:
        assert isinstance(request, LearnerRequest)
        found.append(request.learner)
        return HttpResponse()

    KnownLearner(view)(request)
    return found[0]


def given(rf: RequestFactory, value: str) -> HttpRequest:
    request = rf.get("/")
    request.COOKIES[COOKIE] = value
    return request


def test_a_learner_is_known_by_the_cookie(rf: RequestFactory):
    learner, response = new_learner(), HttpResponse()
    remember(response, learner)
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert known(given(rf, cookie.value)) == learner


def test_a_forged_cookie_is_nobody(rf: RequestFactory):
    for value in ("", "x", new_learner().hex, f"{new_learner().hex}:forged", "a" * 5000):
        assert known(given(rf, value)) is None
    assert known(rf.get("/")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/lessons/defining-tasks/"])
def test_a_page_from_memory_does_not_read_the_cookie(client: Client, path: str, monkeypatch: pytest.MonkeyPatch):
    def read(_: object) -> None:
        raise AssertionError("the cookie was read")

    monkeypatch.setattr(LearnerRequest, "learner", property(read))
    client.cookies[COOKIE] = "whatever"
    assert client.get(path).status_code == 200
    with pytest.raises(AssertionError, match="the cookie was read"):
        client.get("/progress/")


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
