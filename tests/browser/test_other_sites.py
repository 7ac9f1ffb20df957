"""A class reaches the site over plain http by the name of its machine. There, browsers say little of who asks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reader import LESSON
from tests.running import QUICK, RunningSite, running_site
from tests.running_process import wait_until

AT_ONCE = "/demos/blocking/?seconds=0"
WAYS = {
    "img": '<img src="{url}">',
    "script": '<script src="{url}"></script>',
    "iframe": '<iframe src="{url}"></iframe>',
    "style": '<link rel="stylesheet" href="{url}">',
}


@pytest.fixture(scope="module")
def class_site(tmp_path_factory, prepared) -> Iterator[RunningSite]:
    with running_site(
        tmp_path_factory.mktemp("class"), prepared, **QUICK, ALLOWED_HOSTS="class.test,127.0.0.1", with_worker=False
    ) as site:
        site.url = f"http://class.test:{site.port}"
        yield site


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """The port of a server for a while."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Silent(BaseHTTPRequestHandler):
    """Answers, and writes no log."""

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def relay_to(site: RunningSite, statuses: dict[str, int]) -> type[BaseHTTPRequestHandler]:
    """Hands requests on as they are, and notes the answers: a browser does not tell a page what it may not read."""

    class Relay(Silent):
        def do_GET(self) -> None:
            found = site.get(self.path, dict(self.headers))
            if "&way=" in self.path:  # and no style sheet of the page in the frame
                statuses[self.path.rpartition("&way=")[2]] = found.status
            self.answer(found.status, found.body, Content_Type=found.headers["Content-Type"])

    return Relay


def another_site(html: str, policy: str) -> type[BaseHTTPRequestHandler]:
    """A page of another site, with a policy of its own for the header Referer."""

    class OtherPage(Silent):
        def do_GET(self) -> None:
            self.answer(200, html.encode(), Content_Type="text/html", Referrer_Policy=policy)

    return OtherPage


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("policy", ["unsafe-url", "origin", "no-referrer"])
def test_a_page_of_another_site_starts_no_work(class_site: RunningSite, page: Page, policy: str):
    statuses: dict[str, int] = {}
    with serving(relay_to(class_site, statuses)) as port:
        url = f"http://class.test:{port}{AT_ONCE}&way="
        html = "".join(html.format(url=url + way) for way, html in WAYS.items())
        with serving(another_site(html, policy)) as other:
            page.goto(f"http://other.test:{other}/")
            wait_until(lambda: len(statuses) == len(WAYS), "all of them are answered")
    assert statuses == dict.fromkeys(WAYS, 403)


def test_our_own_pages_start_it(class_site: RunningSite, page: Page, sit_down):
    page.goto(f"{class_site.url}/demos/blocking/")
    page.get_by_label("seconds").fill("0")
    with page.expect_response(lambda response: AT_ONCE in response.url) as answer:
        page.get_by_role("button").first.click()
    assert answer.value.status == 200
    assert "sec-fetch-site" not in answer.value.request.all_headers()

    reader = sit_down(class_site)
    reader.expected.append("Cross-Origin-Opener-Policy header has been ignored")
    reader.open(LESSON)
    with reader.page.expect_response(lambda response: "/demos/blocking/?" in response.url) as answer:
        reader.page.locator('form[hx-get^="/demos/blocking/"] button').first.click()
    assert answer.value.status == 200


def test_an_address_that_is_typed_leads_to_the_button(class_site: RunningSite, page: Page):
    typed = page.goto(class_site.url + AT_ONCE)
    assert typed
    assert typed.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Start it from its page")
    page.get_by_role("link", name="To the demo").click()
    page.get_by_label("seconds").fill("0")
    with page.expect_response(lambda response: AT_ONCE in response.url) as answer:
        page.get_by_role("button").first.click()
    assert answer.value.status == 200
