import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from frontdoor.guards import crosses_sites, is_prefetch, is_unsaid, takes


@takes("GET", "POST")
def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@takes("POST", token=True)
def view_for_an_account(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@pytest.mark.parametrize(
    ("headers", "crosses"),
    [
        ({}, False),  # curl says neither
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),  # typed, or from a bookmark
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "nonsense"}, True),
        ({"origin": "http://testserver"}, False),
        ({"origin": "http://testserver:81"}, True),
        ({"origin": "https://elsewhere.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": "http://[::1"}, True),  # unreadable
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, True),
        # Over plain http, browsers say of a GET nothing but this.
        ({"referer": "http://testserver/lessons/one/"}, False),
        ({"referer": "http://testserver:81/"}, True),
        ({"referer": "http://elsewhere.example/testserver/"}, True),
        ({"referer": "http://[::1"}, True),
        ({"referer": ""}, True),
        ({"sec-fetch-site": "none", "referer": "http://elsewhere.example/"}, False),
        ({"origin": "http://testserver", "referer": "http://elsewhere.example/"}, False),
    ],
)
def test_a_request_of_another_sites_page_is_told_apart(rf: RequestFactory, headers: dict[str, str], crosses: bool):
    assert crosses_sites(rf.post("/", headers=headers)) is crosses


@pytest.mark.parametrize(
    ("headers", "unsaid"),
    [
        ({"accept-language": "en"}, True),
        ({}, False),  # curl
        ({"accept-language": "en", "sec-fetch-site": "none"}, False),
        ({"accept-language": "en", "referer": "http://testserver/"}, False),
        ({"accept-language": "en", "origin": "http://testserver"}, False),
        ({"accept-language": "en", "hx-request": "true"}, False),
    ],
)
def test_a_browser_that_says_nothing_is_told_apart_from_a_program(rf: RequestFactory, headers, unsaid: bool):
    assert is_unsaid(rf.get("/", headers=headers)) is unsaid


def test_an_unsafe_request_of_another_site_is_refused(rf: RequestFactory):
    answer = view(rf.post("/", headers={"sec-fetch-site": "cross-site"}))
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_a_link_on_another_site_may_lead_here(rf: RequestFactory):
    assert view(rf.get("/", headers={"sec-fetch-site": "cross-site"})).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "NONSENSE"])
def test_a_method_that_is_not_taken_is_405_and_the_others_are_named(rf: RequestFactory, method: str):
    answer = view(rf.generic(method, "/"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST"


def test_a_view_keeps_djangos_token_only_if_it_asks_for_it():
    assert vars(view)["csrf_exempt"]
    assert "csrf_exempt" not in vars(view_for_an_account)


@pytest.mark.parametrize(
    ("headers", "guess"),
    [
        ({"sec-purpose": "prefetch"}, True),
        ({"sec-purpose": "prefetch;prerender"}, True),
        ({"purpose": "prefetch"}, True),
        ({}, False),
    ],
)
def test_a_browsers_guess_is_told_apart(rf: RequestFactory, headers: dict[str, str], guess: bool):
    assert is_prefetch(rf.get("/", headers=headers)) is guess
