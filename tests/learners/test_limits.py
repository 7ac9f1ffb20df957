from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from frontdoor.guards import takes
from frontdoor.problems import problem
from frontdoor.rates import TooMany
from learners.identity import KnownLearner, LearnerRequest
from learners.limits import limited
from tests.still_rates import still_rates

JSON = {"accept": "*/*"}


@pytest.fixture
def post(rf: RequestFactory):
    rates = still_rates("send {rate} things", learner=9, address=1)

    def elsewhere(request: HttpRequest, refusal: TooMany, name: str) -> HttpResponse:
        return problem(request, 429, f"Too often for {name}", str(refusal))

    @takes("GET", "POST")
    @limited(rates)
    def plain(request: LearnerRequest) -> HttpResponse:
        return HttpResponse(status=204)

    @takes("POST")
    @limited(rates, refused=elsewhere)
    def named(request: LearnerRequest, name: str) -> HttpResponse:
        return HttpResponse(status=204)

    def send(method: str = "POST", name: str = "", site: str = "same-origin") -> Any:
        request = rf.generic(method, "/", headers={**JSON, "sec-fetch-site": site})
        view: Any = (lambda request: named(request, name)) if name else plain
        return KnownLearner(view)(request)

    return send


def test_what_is_sent_too_often_is_refused_in_words(post):
    assert post().status_code == 204
    refused = post()
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert b"can send 1 things a minute" in refused.content


def test_reading_and_what_another_site_sent_are_not_counted(post):
    for _ in range(3):
        assert post("GET").status_code == 204
        assert post(site="cross-site").status_code == 403
    assert post().status_code == 204


def test_a_view_may_refuse_in_its_own_way_with_what_it_was_called_with(post):
    assert post(name="ada").status_code == 204
    assert b"Too often for ada" in post(name="ada").content


def test_what_a_view_counts_itself_is_refused_in_the_same_way(rf: RequestFactory):
    rates = still_rates("try {rate} names", learner=1, address=9)

    @limited()
    def view(request: LearnerRequest) -> HttpResponse:
        rates.count(request.POST["name"], "192.0.2.1")
        return HttpResponse(status=204)

    came = [view(LearnerRequest(rf.post("/", {"name": name}).environ)).status_code for name in ("a", "b", "a")]
    assert came == [204, 204, 429]
