"""The demos as curl, a browser without JavaScript and hostile clients meet them on the real server."""

import http.client
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.running import Answer, RunningSite
from tests.running_process import wait_until

# Linux takes every 127.x.y.z for its own; macOS has 127.0.0.1 alone.
needs_many_addresses = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has many loopback addresses")

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(autouse=True)
def no_traceback(site):
    yield
    assert "Traceback" not in site.web.log_path.read_text()
    assert "Traceback" not in site.worker.log_path.read_text()


def test_blocking_takes_as_long_as_the_work_and_says_so(site):
    answer = site.get("/demos/blocking/?seconds=0.4")
    assert answer.status == 200
    said = float(answer.headers["Server-Timing"].partition("work;dur=")[2].partition(",")[0])
    assert 400 <= said <= answer.seconds * 1000
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.seconds >= 0.4
    assert answer.headers["Set-Cookie"] is None


@pytest.mark.alone
def test_the_celery_demo_answers_before_the_work_is_done_and_the_run_tells_its_timeline(site):
    accepted = site.post("/demos/celery/", {"seconds": 2})
    assert accepted.status == 202
    assert accepted.seconds < 0.9
    assert accepted.headers["Server-Timing"].startswith("publish;dur=")
    path = accepted.headers["Location"]
    assert site.get(path).json()["state"] in ("queued", "started")
    run = wait_until(lambda: finished(site, path), "the run is over")
    names = [point["event"] for point in run["timeline"]]
    assert names == ["accepted", "published", "started", *["progress"] * 9, "finished"]
    times = [point["at_ms"] for point in run["timeline"]]
    assert times == sorted(times)
    assert run["state"] == "succeeded"
    assert run["progress"] == 1
    assert 2000 <= run["run_ms"] < 4000
    assert run["queue_wait_ms"] >= 0
    assert run["result"]


def finished(site: RunningSite, path: str) -> Any:
    run = site.get(path).json()
    return run if "timeline" in run and run["timeline"][-1]["event"] == "finished" else None


def test_a_learner_is_known_from_the_first_run_on_and_gets_no_second_cookie(site):
    first = site.post("/demos/celery/", {"seconds": 0})
    cookie = first.headers["Set-Cookie"].split(";")[0]
    assert site.post("/demos/celery/", {"seconds": 0}, {"Cookie": cookie}).headers["Set-Cookie"] is None


def test_without_javascript_a_form_leads_to_a_page_that_refreshes_until_it_is_over(site):
    answer = site.post("/demos/celery/", {"seconds": 2}, HTML)
    assert answer.status == 303
    path = answer.headers["Location"]
    page = site.get(path, HTML)
    assert page.headers["Refresh"] == "1"
    done = wait_until(lambda: not_refreshing(site, path), "the page is final")
    assert "Done." in done.text
    assert "Ran in the worker" in done.text


def not_refreshing(site: RunningSite, path: str) -> Answer | None:
    page = site.get(path, HTML)
    return page if page.headers["Refresh"] is None else None


def test_polls_stop_by_themselves(site):
    htmx = {"HX-Request": "true"}
    answer = site.post("/demos/celery/", {"seconds": 0.3}, htmx)
    assert answer.status == 202
    assert answer.text.count("hx-trigger") == 1
    path = answer.headers["Location"]
    last = wait_until(lambda: "data-over" in (poll := site.get(path, htmx)).text and poll, "the last fragment")
    assert "hx-" not in last.text


def test_an_unknown_run_is_not_found_in_every_form(site):
    for headers in ({}, HTML, {"HX-Request": "true"}):
        assert site.get("/demos/runs/AAAAAAAAAAAAAAAAAAAAAA/", headers).status == 404
    assert site.get("/demos/runs/../../etc/passwd").status == 404
    assert site.get("/demos/runs/" + "a" * 5000 + "/").status == 404


@pytest.mark.parametrize("seconds", ["abc", "-1", "11", "nan", "1e9", "", "%D9%A3", "0&seconds=0"])
def test_hostile_seconds_start_nothing(site, seconds):
    with site.valkey() as valkey:
        before = len(valkey.keys("offload:run:*"))
        form = f"seconds={seconds}".encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        for answer in (
            site.get(f"/demos/blocking/?seconds={seconds}"),
            site.request("POST", "/demos/blocking/", form, kind),
            site.request("POST", "/demos/celery/", form, kind),
        ):
            assert answer.status == 422
            assert "from 0 to 10" in answer.json()["detail"]
        assert len(valkey.keys("offload:run:*")) == before


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "application/json",
        "nonsense",
    ],
)
def test_bodies_that_are_no_form_get_a_4xx(site, kind):
    answer = site.request("POST", "/demos/celery/", b'{"seconds": 1}', {"Content-Type": kind})
    assert 400 <= answer.status < 500


def test_cross_site_requests_and_wrong_methods_start_nothing(site):
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert site.post("/demos/celery/", {"seconds": 0}, elsewhere).status == 403
    assert site.get("/demos/blocking/?seconds=0", elsewhere).status == 403
    assert site.get("/demos/blocking/?seconds=0", {"Sec-Purpose": "prefetch"}).status == 403
    own = {"Origin": site.url}
    assert site.post("/demos/celery/", {"seconds": 0}, own).status == 202
    assert site.request("DELETE", "/demos/celery/").headers["Allow"] == "GET, HEAD, POST"
    assert site.request("HEAD", "/demos/blocking/?seconds=9").seconds < 5


def raw(site: RunningSite, head: bytes, body: bytes = b"", seconds: float = 15.0) -> bytes:
    """Send bytes as they are, and return what came back until the server closed the connection."""
    with socket.create_connection(("127.0.0.1", site.port), seconds) as connection:
        connection.sendall(head)
        try:
            connection.sendall(body)
        except OSError:
            pass  # the server need not read on after it has refused
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass
        return received


def head(site: RunningSite, *lines: str, path: str = "/demos/celery/") -> bytes:
    fixed = (f"POST {path} HTTP/1.1", f"Host: {site.address}", "Content-Type: application/x-www-form-urlencoded")
    return ("\r\n".join((*fixed, *lines)) + "\r\n\r\n").encode()


def test_a_body_of_ten_megabytes_is_refused_unread_and_its_connection_ends(site):
    began = time.monotonic()
    answer = raw(site, head(site, "Content-Length: 10000000"), b"seconds=1&x=" + b"x" * 9_999_988)
    assert answer.startswith(b"HTTP/1.1 413")
    assert time.monotonic() - began < 10
    assert answer.count(b"HTTP/1.1") == 1


def test_a_chunked_body_is_refused_and_its_connection_ends(site):
    answer = raw(site, head(site, "Transfer-Encoding: chunked"), b"9\r\nseconds=1\r\n0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 411")
    assert answer.count(b"HTTP/1.1") == 1


def test_slow_bodies_are_given_up_and_the_site_is_quick_before_and_after(site):
    slow = [socket.create_connection(("127.0.0.1", site.port), 20) for _ in range(20)]
    try:
        for connection in slow:
            connection.sendall(head(site, "Content-Length: 100") + b"sec")
        assert_quick(site)
        answers = [connection.recv(65536) for connection in slow]
        assert {answer[:12] for answer in answers} == {b"HTTP/1.1 408"}
        assert_quick(site)  # the slow senders are still there
    finally:
        for connection in slow:
            connection.close()
    assert_quick(site)


def assert_quick(site: RunningSite) -> None:
    for _ in range(5):
        assert site.get("/healthz", timeout=5).seconds < 1
        assert site.post("/demos/celery/", {"seconds": 0}, timeout=5).status == 202


@needs_many_addresses
def test_more_slow_bodies_than_may_be_read_at_once_leave_the_rest_of_the_site_quick(start_site):
    site = start_site(SEATS=1, with_worker=False)  # 34 threads, of which 17 may read bodies, one for an address
    slow = [socket.create_connection(("127.0.0.1", site.port), 20, (f"127.0.0.{n}", 0)) for n in range(2, 23)]
    try:
        for connection in slow:
            connection.sendall(head(site, "Content-Length: 100") + b"sec")
        answers = [connection.recv(65536)[:12] for connection in slow]
        assert sorted(answers) == [b"HTTP/1.1 408"] * 17 + [b"HTTP/1.1 503"] * 4
        assert site.get("/healthz", timeout=5).seconds < 1
    finally:
        for connection in slow:
            connection.close()
    wait_until(lambda: site.post("/demos/celery/", {"seconds": 0}).status == 202, "bodies are read again")


@needs_many_addresses
def test_slow_bodies_of_one_address_take_no_place_from_another_even_beside_a_full_bulkhead(start_site):
    site = start_site(SEATS=4)  # 40 threads: 20 may read bodies, 4 for an address; 4 work; 16 are left
    working = [threading.Thread(target=site.hold_a_place, args=(10,)) for _ in range(4)]
    slow = [socket.create_connection(("127.0.0.1", site.port), 20) for _ in range(12)]
    try:
        for connection in slow:
            connection.sendall(head(site, "Content-Length: 100") + b"sec")
        answers = [connection.recv(65536)[:12] for connection in slow]
        assert sorted(answers) == [b"HTTP/1.1 408"] * 4 + [b"HTTP/1.1 503"] * 8
        for thread in working:
            thread.start()
        wait_until(site.has_no_place, "every place is taken", 5, every=0.2)
        assert site.post("/demos/celery/", {"seconds": 0}).status == 503  # the slow senders are still there
        with site.valkey() as valkey:
            for _ in range(20):
                wait_until(lambda: not valkey.llen("waiting"), "the worker has taken the run before", 5)
                assert posted_from(site, "127.0.0.2") == 202
                assert site.get("/", timeout=5).seconds < 1
    finally:
        for connection in slow:
            connection.close()
        for thread in working:
            thread.join()
    wait_until(lambda: site.post("/demos/celery/", {"seconds": 0}).status == 202, "the address has places again")


@pytest.mark.parametrize("seats", [1, 12])
def test_a_class_that_takes_every_seat_sends_its_forms_at_once_and_again(start_site, seats):
    site = start_site(SEATS=seats, with_worker=False)
    with ThreadPoolExecutor(seats) as learners:
        answers = list(learners.map(lambda _: site.post("/demos/blocking/", {"seconds": 0}).status, range(20 * seats)))
    assert set(answers) == {200}


def posted_from(site: RunningSite, address: str) -> int:
    """The status of a POST that comes from this address of the loopback interface."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5, source_address=(address, 0))
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/demos/celery/", "seconds=0", kind)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_body_that_breaks_off_starts_nothing(site):
    with site.valkey() as valkey:
        before = len(valkey.keys("offload:run:*"))
        with socket.create_connection(("127.0.0.1", site.port), 5) as connection:
            connection.sendall(head(site, "Content-Length: 10") + b"seconds=1")
        assert_quick(site)
        assert len(valkey.keys("offload:run:*")) == before + 5  # those of the line above
