"""A site behind a proxy that ends TLS. The tests' client plays the proxy: it says which host was asked for, and how."""

import socket

import pytest

from tests.running import RunningSite, running_site

pytestmark = pytest.mark.xdist_group("a site behind a proxy")

HOST = {"Host": "learn.example.org"}
HTTPS = {**HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(scope="module")
def public(tmp_path_factory, prepared):
    with running_site(
        tmp_path_factory.mktemp("public"), prepared, PUBLIC_URL="https://learn.example.org", TRUSTED_PROXIES="127.0.0.1"
    ) as site:
        yield site


def test_the_cookie_is_sent_over_https_alone(public: RunningSite):
    answer = public.post("/demos/celery/", {"seconds": 0}, {**HTTPS, "Origin": "https://learn.example.org"})
    assert answer.status == 202
    attributes = {part.strip().lower() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax"} <= attributes


def test_browsers_are_told_to_stay_with_https(public: RunningSite):
    answer = public.get("/", HTTPS)
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == f"max-age={30 * 24 * 3600}"


def test_a_refused_body_carries_the_same_headers(public: RunningSite):
    answer = public.request("POST", "/demos/celery/", b"x" * 9000, HTTPS)
    assert answer.status == 413
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"):
        assert answer.headers[name]


def test_plain_http_leads_to_https(public: RunningSite):
    answer = public.get("/lessons/defining-tasks/?a=b", {**HOST, "X-Forwarded-Proto": "http"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://learn.example.org/lessons/defining-tasks/?a=b")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_platform_may_ask_for_health_over_http(public: RunningSite, path: str):
    assert public.get(path, HOST).status == 200


def test_a_host_that_is_not_ours_costs_one_line_of_log(public: RunningSite):
    before = len(public.web.log.splitlines())
    assert public.get("/", {**HTTPS, "Host": "elsewhere.example"}).status == 400
    public.web.wait_until_logged("elsewhere.example")
    assert len(public.web.log.splitlines()) == before + 1


def test_too_many_fields_cost_one_line_of_log(public: RunningSite):
    before = len(public.web.log.splitlines())
    body = b"&".join(b"a=1" for _ in range(1100))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert public.request("POST", "/demos/celery/", body, {**HTTPS, **kind}).status == 400
    public.web.wait_until_logged("TooManyFields")
    assert len(public.web.log.splitlines()) == before + 1


def raw(site: RunningSite, *lines: str, method: str = "GET", path: str = "/") -> str:
    """The status and the rest of an answer to a request with just these headers, in this order."""
    with socket.create_connection(("127.0.0.1", site.port), 20) as connection:
        head = [f"{method} {path} HTTP/1.1", "Host: learn.example.org", "Connection: close", *lines, "", ""]
        connection.sendall("\r\n".join(head).encode("latin-1"))
        with connection.makefile("rb") as answer:
            return answer.read().decode(errors="replace").removeprefix("HTTP/1.1 ")


def test_two_spellings_of_a_name_cannot_be_told_apart_so_it_is_told_whether_the_proxy_lets_them_through(
    public: RunningSite,
):
    """When this fails, the web server has begun to tell them apart, and docs/operating.md asks for too much."""
    https, other = "X-Forwarded-Proto: http", "X_Forwarded_Proto: https"
    assert raw(public, https, other).startswith("200")
    assert raw(public, other, https).startswith("301")
    assert raw(public, path="/healthz").endswith("alive\n")
    assert "underscores arrive" in raw(public, "Names_With: underscores", path="/healthz")


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"], "403"),
        (["Origin: https://learn.example.org", "Origin: https://elsewhere.example"], "403"),
        (["Content_Length: 5", "Content-Length: 0"], "422"),
        (["Transfer_Encoding: chunked"], "411"),
        (["Content-Length: 5", "Content-Length: 7"], "400"),
        (["Content-Length: " + "9" * 5000], "400"),
    ],
)
def test_headers_that_come_twice_open_nothing(public: RunningSite, lines: list[str], status: str):
    answer = raw(public, "X-Forwarded-Proto: https", *lines, method="POST", path="/demos/celery/?seconds=x")
    assert answer.startswith(status), answer[:200]


@pytest.mark.parametrize(
    ("path", "lines", "status"),
    [
        ("/?a=b", ["Content-Type: text/plain; charset=rot13"], "415"),
        ("/?a=b", ["Content-Type: text/plain; charset*=idna''%ff"], "400"),
        ("/demos/blocking/?" + "a=b&" * 1001, ["Content-Type: text/plain; charset=utf-8"], "400"),
        ("/learners/account/", [r'Cookie: offload_session="\000\000\000\000\000\000\000\000"'], "200"),
        ("/teach/", [r'Cookie: offload_session="\000\000\000\000\000\000\000\000"'], "404"),
        ("/lessons/%00/%ff/", [], "404"),
    ],
)
def test_what_is_strange_is_told_so_with_our_headers_and_at_most_a_line_of_log(
    public: RunningSite, path: str, lines: list[str], status: str
):
    before = len(public.web.log.splitlines())
    answer = raw(public, "X-Forwarded-Proto: https", "Accept: text/html", *lines, path=path)
    assert answer.startswith(status), answer[:200]
    assert "content-security-policy:" in answer.lower()
    public.get("/", HTTPS)
    assert len(public.web.log.splitlines()) <= before + 1


def test_readers_behind_the_proxy_share_no_places_for_bodies(start_site):
    site = start_site(SEATS=1, PUBLIC_URL="https://learn.example.org", TRUSTED_PROXIES="127.0.0.1", with_worker=False)

    def head(reader: str) -> bytes:
        headers = {**HTTPS, "X-Forwarded-For": reader, "Content-Length": "100"}
        lines = ["POST /demos/celery/ HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", "sec"]).encode()

    with socket.create_connection(("127.0.0.1", site.port), 20) as slow:
        slow.sendall(head("203.0.113.1"))
        assert slow.recv(65536).startswith(b"HTTP/1.1 408")
        statuses = [
            site.post("/demos/celery/", {"seconds": 0}, {**HTTPS, "X-Forwarded-For": reader}).status
            for reader in ("203.0.113.1", "203.0.113.2")
        ]
    assert statuses == [503, 202]
