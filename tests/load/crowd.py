"""Many browsers in one process: scripts that ask and wait, over sockets that never block.

A script is a generator. It yields a list of requests, which are sent at once as a browser sends what a page asks for,
and is given the responses; or a pause. What a script does after a `Pause` has a time at which it is due, whatever the
site did meanwhile: when the last response came later than that, the next request goes at once, and its latency counts
from when it was due. So a slow site cannot make its own figures better by being asked less. After a `Delay`, as that of
a page that polls, latency counts from when the request was sent.
"""

import heapq
import selectors
import socket
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from urllib.parse import urlencode

from tests.load.script import Ask, Delay, Reply, Script, text_of

MOST_CONNECTIONS = 6  # as browsers keep to one site over HTTP/1.1
MOST_SAID = 10  # bodies of what went wrong
PATIENCE = 30.0  # seconds after the end, for what is still under way


@dataclass
class Found:
    """What came of it, in the window that counts: latencies in seconds, by kind; errors by kind and status, always.

    `said` has the first bodies of what went wrong. `late` is how much later than it could a request was sent, in
    seconds: the doing of this process and not the site's. `retried` were sent once more, as the site had just closed
    the connection.
    """

    latencies: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[tuple[str, int]] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    unfinished: int = 0
    retried: int = 0


class Browser:
    """One learner's browser: a script, its cookies, and connections that are kept."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self.due = 0.0
        self.open = 0
        self.idle: list[_Connection] = []
        self.waiting: deque[tuple[int, Ask, float]] = deque()
        self.replies: list[Reply | None] = []
        self.missing = 0
        self.script: Script | None = None


class _Connection:
    """A connection that sends one request after the other."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked: tuple[int, Ask] | None = None
        self.unsent = b""
        self.data = b""
        self.has_served = False
        self.whole = -1  # the length of head and body, once the head is there
        self.counts_from = 0.0


class Crowd:
    """Browsers that go on at the same time: `run` returns when each has ended or was ended."""

    def __init__(self, port: int, ramp: float, seconds: float) -> None:
        """What is due within `seconds` counts, after `ramp` seconds in which more and more begin."""
        self.port = port
        self.host = f"127.0.0.1:{port}"
        self.selector = selectors.DefaultSelector()
        self.found = Found()
        self.began = monotonic()
        self.counts_from = self.began + ramp
        self.until = self.counts_from + seconds
        self._heap: list[tuple[float, int, Browser, float]] = []
        self._number = count()
        self._going = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing new should begin."""
        return monotonic() > self.until

    def add(self, browser: Browser, script: Script, after: float) -> None:
        """Let a browser begin after so many seconds."""
        browser.script, browser.due = script, self.began + after
        self._going += 1
        self._plan(browser, browser.due)

    def run(self, until: float | None = None) -> None:
        """Keep everything going until all have ended, or until that moment."""
        last = self.until + PATIENCE if until is None else until
        while self._going and (now := monotonic()) < last:
            while self._heap and self._heap[0][0] <= now:
                at, _, browser, pushed = heapq.heappop(self._heap)
                self.found.late.append(now - max(at, pushed))
                self._go_on(browser, [], at)
            soonest = self._heap[0][0] if self._heap else last
            for key, mask in self.selector.select(max(0.0, min(soonest, last) - monotonic())):
                self._turn(key.data, mask)
        if until is None:
            self.found.unfinished = self._going
            for key in list(self.selector.get_map().values()):
                key.data.socket.close()
            self.selector.close()

    def _go_on(self, browser: Browser, replies: list[Reply], counts_from: float) -> None:
        """Let a script say what comes next."""
        assert browser.script
        try:
            step = browser.script.send(replies) if replies else next(browser.script)
        except StopIteration:
            self._going -= 1
            return
        if isinstance(step, list):
            browser.replies, browser.missing = [None] * len(step), len(step)
            for number, ask in enumerate(step):
                browser.waiting.append((number, ask, counts_from))
            self._send(browser)
            return
        if isinstance(step, Delay):
            at = monotonic() + step.seconds
        else:
            at = browser.due = browser.due + step.seconds
            if at > self.until:  # nothing new begins; what was begun, like a run, goes on to its end
                browser.script.close()
                self._going -= 1
                return
        self._plan(browser, at)

    def _plan(self, browser: Browser, at: float) -> None:
        heapq.heappush(self._heap, (at, next(self._number), browser, monotonic()))

    def _send(self, browser: Browser) -> None:
        """Send what waits, as far as the browser has connections for it."""
        while browser.waiting and (browser.idle or browser.open < MOST_CONNECTIONS):
            number, ask, counts_from = browser.waiting.popleft()
            connection = browser.idle.pop() if browser.idle else self._opened(browser)
            connection.asked, connection.counts_from = (number, ask), counts_from
            connection.unsent, connection.data, connection.whole = self._bytes(browser, ask), b"", -1
            self.selector.modify(connection.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, connection)

    def _opened(self, browser: Browser) -> _Connection:
        connection = _Connection(browser)
        connection.socket.connect_ex(("127.0.0.1", self.port))
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        browser.open += 1
        return connection

    def _bytes(self, browser: Browser, ask: Ask) -> bytes:
        headers = {
            "Host": self.host,
            "X-Forwarded-For": browser.address,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate, br",
            **dict(ask.headers),
        }
        if browser.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        body = b""
        if ask.form is not None:
            body = urlencode(ask.form).encode()
            headers |= {"Content-Length": str(len(body)), "Content-Type": "application/x-www-form-urlencoded"}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{'GET' if ask.form is None else 'POST'} {ask.path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def _turn(self, connection: _Connection, mask: int) -> None:
        try:
            if mask & selectors.EVENT_WRITE and connection.unsent:
                connection.unsent = connection.unsent[connection.socket.send(connection.unsent) :]
                if not connection.unsent:
                    self.selector.modify(connection.socket, selectors.EVENT_READ, connection)
            if mask & selectors.EVENT_READ:
                data = connection.socket.recv(262_144)
                if not data:
                    self._closed(connection)
                    return
                connection.data += data
        except BlockingIOError:
            return
        except OSError:
            self._closed(connection)
            return
        if connection.whole < 0 and (end := connection.data.find(b"\r\n\r\n")) >= 0:
            connection.whole = end + 4 + _length(connection.data[:end])
        if 0 <= connection.whole <= len(connection.data):
            self._read(connection)

    def _closed(self, connection: _Connection) -> None:
        """The site closed a connection: rightly when nothing was under way on it."""
        browser = connection.browser
        self.selector.unregister(connection.socket)
        connection.socket.close()
        browser.open -= 1
        if connection in browser.idle:
            browser.idle.remove(connection)
        if connection.asked and connection.has_served and not connection.data:
            # The site closed a kept connection just when it was used again. Browsers then take another one.
            browser.waiting.appendleft((*connection.asked, connection.counts_from))
            self.found.retried += 1
            self._send(browser)
        elif connection.asked:
            self._took(connection, self._reply(connection, 0, {}, b""))

    def _read(self, connection: _Connection) -> None:
        """A response is whole."""
        assert connection.asked
        head, _, body = connection.data.partition(b"\r\n\r\n")
        status, *rows = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for row in rows:
            name, _, value = row.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition(";")[0].partition("=")
                connection.browser.cookies[cookie] = rest
            headers[name.lower()] = value
        reply = self._reply(connection, int(status.split(" ")[1]), headers, body)
        if headers.get("connection") == "close":
            connection.asked, asked = None, connection.asked
            self._closed(connection)
            connection.asked = asked
        else:
            connection.has_served = True
            connection.browser.idle.append(connection)
        self._took(connection, reply)

    def _reply(self, connection: _Connection, status: int, headers: dict[str, str], body: bytes) -> Reply:
        assert connection.asked
        return Reply(connection.asked[1], status, headers, body, monotonic() - connection.counts_from)

    def _took(self, connection: _Connection, reply: Reply) -> None:
        assert connection.asked
        browser, (number, _) = connection.browser, connection.asked
        connection.asked = None
        if self.counts_from <= connection.counts_from <= self.until:
            self.found.latencies[reply.ask.kind].append(reply.seconds)
        if not reply.is_right:
            self.found.errors[reply.ask.kind, reply.status] += 1
            if len(self.found.said) < MOST_SAID:
                self.found.said.append(f"{reply.ask.kind}, {reply.status}: {text_of(reply)[:1000]}")
        browser.replies[number] = reply
        browser.missing -= 1
        if browser.missing:
            self._send(browser)
        else:
            self._go_on(browser, [each for each in browser.replies if each], monotonic())


def _length(head: bytes) -> int:
    """The length of the body that follows a head. What comes in chunks would need another reader, and none does."""
    lower = head.lower()
    assert b"transfer-encoding" not in lower, head
    rows: Iterable[bytes] = lower.split(b"\r\n")
    return next((int(row[15:]) for row in rows if row.startswith(b"content-length:")), 0)
