"""A site with several web processes, each of which can be asked on its own: by a connection that it has.

with each_process(site, 2) as (one, other):
    assert one.get("/healthz").headers[NAME] == str(one.process)
"""

import copy
import http.client
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Self

from tests.process_header import NAME
from tests.running import Answer, RunningSite, as_sent
from tests.running_process import PATIENCE


class OneProcess(RunningSite):
    """The same site as one of its web processes serves it. All requests go over a kept connection, one by one.

    They come from an address that nothing else comes from, where the site trusts this machine to say so.
    """

    process: int
    kept: http.client.HTTPConnection
    sender: str

    @classmethod
    def of(cls, site: RunningSite, process: int, kept: http.client.HTTPConnection, sender: str) -> Self:
        made = cls.__new__(cls)
        made.__dict__ = copy.copy(site.__dict__)
        made.process, made.kept, made.sender = process, kept, sender
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kept.close()

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        timeout: float = PATIENCE,
    ) -> Answer:
        body, sent = as_sent(body, {"X-Forwarded-For": self.sender, **(headers or {})})
        if self.kept.sock is None:  # the last response closed it
            self.kept = self._connection()
        self.kept.sock.settimeout(timeout)
        began = time.monotonic()
        self.kept.request(method, path, body, sent)
        answer = self.kept.getresponse()
        assert answer.headers[NAME] == str(self.process)
        return Answer(answer.status, answer.headers, answer.read(), time.monotonic() - began)

    def twin(self) -> "OneProcess":
        """The same process, over another connection: for requests at the same time."""
        return OneProcess.of(self, self.process, self._connection(), self.sender)

    def _connection(self) -> http.client.HTTPConnection:
        for _ in range(100):
            process, connection = connect(self)
            if process == self.process:
                return connection
            connection.close()
        raise AssertionError(f"none of 100 connections came to process {self.process}")


def connect(site: RunningSite) -> tuple[int, http.client.HTTPConnection]:
    """A new connection, and the process that has it."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    answer.read()
    return int(answer.headers[NAME]), connection


@contextmanager
def each_process(site: RunningSite, processes: int) -> Iterator[list[OneProcess]]:
    """Each of so many web processes, as soon as all of them serve."""
    found: dict[int, OneProcess] = {}
    sender = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"
    until = time.monotonic() + PATIENCE
    while len(found) < processes:
        assert time.monotonic() < until, f"only {len(found)} of {processes} web processes serve"
        process, connection = connect(site)
        if process in found:
            connection.close()
            time.sleep(0.01)
        else:
            found[process] = OneProcess.of(site, process, connection, sender)
    try:
        yield list(found.values())
    finally:
        for one in found.values():
            one.kept.close()
