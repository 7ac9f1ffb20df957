"""The security headers, compared as exact sets: a directive that slips in, or out, fails here."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def test_the_content_security_policy_is_exactly_this(client: Client):
    policy = client.get("/")["Content-Security-Policy"]
    assert {directive.strip() for directive in policy.split(";")} == POLICY


def test_the_other_security_headers_are_there(client: Client):
    assert_secured(client.get("/healthz"))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"CONTENT_LENGTH": "100000"}, 413),
        ({"CONTENT_LENGTH": "many"}, 400),
    ],
)
def test_a_refused_body_is_answered_with_them_too(client: Client, sent: dict[str, str], status: int):
    answer = client.generic("POST", "/demos/celery/", "", content_type="text/plain", **sent)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert_secured(answer)


def assert_secured(answer: HttpResponseBase) -> None:
    assert {directive.strip() for directive in answer["Content-Security-Policy"].split(";")} == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
