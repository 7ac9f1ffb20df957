import pytest
from django.http import HttpResponse

from frontdoor import responses


@pytest.mark.parametrize(
    "response",
    [
        responses.html("frontdoor/_problem.html", {"title": "A title"}),
        responses.json({"a": 1}),
        responses.see_other("/quiz/é/"),
        responses.nothing(),
    ],
    ids=["html", "json", "see other", "nothing"],
)
def test_what_is_for_one_reader_is_stored_nowhere(response: HttpResponse):
    assert (response["Cache-Control"], response["Vary"]) == ("no-store", "HX-Request, Accept")


def test_each_has_its_status():
    assert responses.html("frontdoor/_problem.html", {}, status=422).status_code == 422
    assert responses.json({"a": 1}).content == b'{"a": 1}'
    other = responses.see_other("/quiz/é/")
    assert (other.status_code, other["Location"]) == (303, "/quiz/%C3%A9/")
    assert (responses.nothing().status_code, responses.nothing().content) == (204, b"")
