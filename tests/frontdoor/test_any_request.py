"""No request at all is answered with a 500, without our headers, or with more than a line of log."""

import encodings
import logging
import pkgutil
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse

from demos import views as demos
from frontdoor.entrance import Entrance
from frontdoor.rates import Rates
from learners.identity import COOKIE, new_learner, remember
from learners.models import Learner
from tests.any_request import Sent, addresses, ask, file, parts, shown, strange_headers, strange_paths, strange_requests
from tests.teach.conftest import Content, Person, content, sign_in  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

TOKEN = "a" * 32


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Entrance]:
    """The site as the web server calls it. Nothing is too often, and no work takes time."""
    monkeypatch.setattr(Rates, "count", lambda *_: None)
    monkeypatch.setattr(demos, "build_report", lambda _: "")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the test's transaction is in it
    yield Entrance()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def learner_cookies() -> dict[str, str]:
    response = HttpResponse()
    remember(response, Learner.objects.create(key=new_learner()).key)
    return {COOKIE: response.cookies[COOKIE].value}


@pytest.fixture(params=["nobody", "a learner", "an instructor"])
def cookies(request: pytest.FixtureRequest, sign_in: Callable[..., Person]) -> Mapping[str, str]:  # noqa: F811
    """Who sends it."""
    if request.param == "nobody":
        return {}
    if request.param == "a learner":
        return learner_cookies()
    session = sign_in("ada").client.cookies["offload_session"].value
    return {"offload_session": session, "offload_form": TOKEN}


class Wrong(list[str]):
    """What was not as it should be: a line for each."""

    def __init__(self, site: Entrance, cookies: Mapping[str, str], caplog: pytest.LogCaptureFixture) -> None:
        super().__init__()
        self.site, self.cookies, self.caplog = site, cookies, caplog

    def look(self, path: str, sent: Sent, name: str = "") -> None:
        self.caplog.clear()
        who = f"{sent.method} {shown(path)} {name}"
        try:
            got = ask(self.site, path, sent, self.cookies)
        except Exception as error:  # noqa: BLE001 - whatever it is, the web server would answer with a bare 500
            self.append(f"{who}: {error!r}")
            return
        is_told = got.status == 503 and (path == "/readyz" or "Retry-After" in got.headers)  # there is no broker
        if got.status >= 500 and not is_told:
            self.append(f"{who}: {got.status}")
        if "Content-Security-Policy" not in got.headers or "X-Frame-Options" not in got.headers:
            self.append(f"{who}: {got.status} without our headers")
        logged = [record for record in self.caplog.records if record.levelno >= logging.WARNING]
        if len(logged) > 1 or any(record.exc_info and "security" not in record.name for record in logged):
            self.append(f"{who}: logged {[record.getMessage()[:80] for record in logged]}")


def test_every_address_has_an_answer_to_every_strange_request(site, cookies, caplog):
    wrong = Wrong(site, cookies, caplog)
    for route, named in addresses():
        for name, sent in strange_requests().items():
            wrong.look(route.format(**named), sent, name)
    assert not wrong, "\n".join(wrong[:12])


def test_every_address_has_an_answer_to_every_strange_header(site, caplog):
    wrong = Wrong(site, {}, caplog)
    for route, named in addresses():
        for name, sent in strange_headers().items():
            wrong.look(route.format(**named), sent, name)
    assert not wrong, "\n".join(wrong[:12])


CODECS = sorted({found.name for found in pkgutil.iter_modules(encodings.__path__)} - {"utf_8"})


def test_text_in_any_other_encoding_is_refused_in_each_form(site):
    for codec in (*CODECS, "nonsense", "", "..", '"', "x" * 300):
        for written in (f"text/plain; charset={codec}", f"text/plain; charset*={codec}''%ff"):
            for path, asked in (("/", "text/html"), ("/demos/celery/", "*/*")):
                got = ask(site, path, Sent(query="seconds=0", content_type=written, headers={"HTTP_ACCEPT": asked}))
                assert got.status in {400, 415}, (path, written)
                assert "Content-Security-Policy" in got.headers
                assert (b"<html" in got.body) == (asked == "text/html")
                assert (b'"detail"' in got.body) == (asked != "text/html")
    htmx = {"HTTP_HX_REQUEST": "true"}
    fragment = ask(site, "/", Sent(query="a=b", content_type="text/plain; charset=rot13", headers=htmx)).body
    assert b"Send text as UTF-8, not as rot13." in fragment
    assert b"<html" not in fragment


def test_more_fields_than_are_taken_are_told_so(site):
    many = Sent(query="a=b&" * 1001, content_type="text/plain; charset=utf-8")
    got = ask(site, "/demos/blocking/", many)
    assert got.status == 400
    assert b"1,000" in got.body


def test_a_field_that_is_sent_as_a_file_is_not_overlooked(site):
    for path in ("/demos/celery/", "/demos/blocking/", "/quiz/one/answer/", "/learners/account/reset/"):
        got = ask(site, path, parts(file("seconds")), {"offload_form": TOKEN})
        assert got.status == 422, path
        assert b"takes no files" in got.body


def test_every_strange_address_has_an_answer(site, cookies, caplog):
    wrong = Wrong(site, cookies, caplog)
    for path in strange_paths():
        for method in ("GET", "POST"):
            wrong.look(path, Sent(method))
    assert not wrong, "\n".join(wrong[:12])
