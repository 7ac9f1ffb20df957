"""The bounds as such. What they do to real connections is in tests/integration."""

from threading import Event

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from frontdoor.bodies import BoundedBodies


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.body)


class SlowBody:
    """A body whose sender is in no hurry."""

    def __init__(self) -> None:
        self.arrives = Event()

    def read(self, *_: int) -> bytes:
        self.arrives.wait(30)
        return b""


@pytest.fixture
def slow():
    body = SlowBody()
    yield body
    body.arrives.set()


def slow_request(rf: RequestFactory, body: SlowBody) -> HttpRequest:
    request = rf.post("/", b"12345", content_type="text/plain")
    request.META["wsgi.input"] = request.environ["wsgi.input"] = body
    request._stream = body  # type: ignore[assignment]  # it is read like a file
    return request


def test_a_body_within_the_bound_arrives_whole(rf: RequestFactory):
    answer = BoundedBodies(view)(rf.post("/", b"x" * 8192, content_type="text/plain"))
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, len(answer.content)) == (200, 8192)


def test_a_body_above_the_bound_is_413_and_not_read(rf: RequestFactory):
    request = rf.post("/", b"x" * 8193, content_type="text/plain")
    assert BoundedBodies(view)(request).status_code == 413
    assert not hasattr(request, "_body")


def test_a_chunked_body_is_411(rf: RequestFactory):
    assert BoundedBodies(view)(rf.post("/", headers={"transfer-encoding": "chunked"})).status_code == 411


@pytest.mark.parametrize(
    ("charset", "status"), [("utf-8", 200), ("UTF8", 200), ("utf-16", 415), ("rot13", 415), ("nonsense", 415)]
)
def test_only_utf_8_is_decoded(rf: RequestFactory, charset: str, status: int):
    content_type = f"multipart/form-data; boundary=x; charset={charset}"
    request = rf.generic("POST", "/", b"x", content_type=content_type)
    assert BoundedBodies(view)(request).status_code == status


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "٣", pytest.param("9" * 5000, id="5,000 digits")])
def test_a_length_that_is_no_number_is_400(rf: RequestFactory, length: str):
    assert BoundedBodies(view)(rf.post("/", CONTENT_LENGTH=length)).status_code == 400


def test_the_longest_prefix_decides_the_bound(settings):
    settings.BODY_BOUNDS = {"/": 10, "/teach/": 1000}
    bodies = BoundedBodies(view)
    assert [bodies.bound(path) for path in ("/", "/teach", "/teach/x")] == [10, 10, 1000]


def test_a_body_that_does_not_arrive_is_408(rf: RequestFactory, settings, slow: SlowBody):
    settings.BODY_SECONDS = 0.05
    assert BoundedBodies(view)(slow_request(rf, slow)).status_code == 408


def test_one_address_holds_at_most_a_seats_worth_of_places(rf: RequestFactory, settings, slow: SlowBody):
    settings.BODY_SECONDS, settings.SEATS, settings.WEB_THREADS = 0.05, 2, 12
    bodies = BoundedBodies(view)
    assert [bodies(slow_request(rf, slow)).status_code for _ in range(4)] == [408, 408, 503, 503]
    other = slow_request(rf, slow)
    other.META["REMOTE_ADDR"] = "192.0.2.9"
    assert bodies(other).status_code == 408


def test_slow_bodies_hold_at_most_half_the_threads(rf: RequestFactory, settings, slow: SlowBody):
    settings.BODY_SECONDS, settings.WEB_THREADS = 0.05, 4
    bodies = BoundedBodies(view)
    statuses = [bodies(slow_request(rf, slow)).status_code for _ in range(3)]
    assert statuses == [408, 408, 503]
    assert bodies(rf.get("/")).status_code == 200
