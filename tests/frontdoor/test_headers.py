"""The security headers, compared as exact sets: a directive that slips in, or out, fails here."""

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
    answer = client.get("/healthz")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
