import pytest
from django.test import RequestFactory

from frontdoor.negotiation import Form, wanted

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.mark.parametrize(
    ("headers", "form"),
    [
        ({"accept": "*/*"}, Form.JSON),
        ({}, Form.JSON),
        ({"accept": "application/json"}, Form.JSON),
        ({"accept": BROWSER}, Form.PAGE),
        ({"accept": "*/*", "hx-request": "true"}, Form.FRAGMENT),
        ({"accept": "*/*", "hx-request": "true", "hx-history-restore-request": "true"}, Form.JSON),
        ({"accept": BROWSER, "hx-request": "false"}, Form.PAGE),
    ],
)
def test_the_form_follows_who_asks(rf: RequestFactory, headers: dict[str, str], form: Form):
    assert wanted(rf.get("/", headers=headers)) is form
