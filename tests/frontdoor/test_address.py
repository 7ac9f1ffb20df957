import ipaddress
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from frontdoor.address import TrustedProxies


@pytest.fixture(autouse=True)
def proxies(settings):
    settings.TRUSTED_PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)


def seen(rf: RequestFactory, **meta: Any) -> HttpRequest:
    requests: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    TrustedProxies(view)(rf.get("/", **meta))
    return requests[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the left one is the client's own claim
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),  # IPv4 on a socket for both, as under BIND=::
        ("::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9:567", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2:80", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::1]:567", "2001:db8::1"),
        ("10.0.0.1", "2001:DB8::0:1", "2001:db8::1"),
        ("10.0.0.1", "nonsense:1:2", "nonsense:1:2"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # not a proxy of ours: its word does not count
    ],
)
def test_the_address_is_the_last_one_that_trusted_hands_wrote(
    rf: RequestFactory, peer: str, forwarded: str, client: str
):
    request = seen(rf, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert request.META["REMOTE_ADDR"] == client


def test_https_is_believed_of_a_trusted_proxy_on_a_socket_for_both_versions(rf: RequestFactory):
    request = seen(rf, REMOTE_ADDR="::ffff:10.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    assert "HTTP_X_FORWARDED_PROTO" in request.META


def test_only_a_trusted_proxy_can_say_that_a_request_came_over_https(rf: RequestFactory):
    assert "HTTP_X_FORWARDED_PROTO" in seen(rf, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO="https").META
    assert "HTTP_X_FORWARDED_PROTO" not in seen(rf, REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_PROTO="https").META
