"""Each request has an id: its own, or that of a proxy that is trusted."""

import ipaddress

import pytest
from django.http import HttpResponse

from frontdoor.address import TrustedProxies
from frontdoor.log_lines import request_id
from frontdoor.observing import ObservedRequests

GIVEN = "edge-1.4f2a9c01"


@pytest.fixture
def ask(rf, settings):
    def asked(given: str, proxies: str = "10.0.0.0/8", address: str = "10.1.1.1") -> tuple[str, str]:
        """The id that a view sees, and the one that the response has."""
        settings.TRUSTED_PROXIES = (ipaddress.ip_network(proxies),) if proxies else ()
        seen = []

        def view(request):
            seen.append(request_id.get())
            return HttpResponse()

        observed = ObservedRequests(view)
        site = TrustedProxies(observed) if proxies else observed
        response = site(rf.post("/", headers={"X-Request-ID": given} if given else {}, REMOTE_ADDR=address))
        return seen[0], response.headers["X-Request-ID"]

    return asked


def test_each_request_has_an_id_of_its_own_and_its_response_says_it(ask):
    first, second = ask(""), ask("")
    assert first[0] == first[1] != second[0] == second[1]
    assert request_id.get() == ""  # the thread has nothing to do with it any more


@pytest.mark.parametrize(
    ("method", "status", "has_one"), [("GET", 200, False), ("GET", 503, True), ("POST", 200, True)]
)
def test_a_response_to_what_was_only_read_and_went_well_is_no_longer_for_it(rf, method, status, has_one):
    observed = ObservedRequests(lambda _: HttpResponse(status=status))
    assert ("X-Request-ID" in observed(rf.generic(method, "/")).headers) is has_one


def test_the_id_of_a_trusted_proxy_is_taken(ask):
    assert ask(GIVEN) == (GIVEN, GIVEN)


@pytest.mark.parametrize("given", ["short", "x" * 65, "two lines\nINFO forged: line", "a b c d e f g"])
def test_an_id_that_is_none_is_not_taken(ask, given):
    assert given not in ask(given)


@pytest.mark.parametrize(("proxies", "address"), [("10.0.0.0/8", "192.0.2.1"), ("", "192.0.2.1")])
def test_an_id_from_anybody_else_is_not_taken(ask, proxies, address):
    assert GIVEN not in ask(GIVEN, proxies, address)
