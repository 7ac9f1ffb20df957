"""A client that costs next to nothing: one connection, requests built beforehand, answers read by their length."""

import socket
from time import perf_counter
from typing import Self


class BenchFailure(Exception):
    """The site did not answer as it should, so there is nothing to compare."""


def build(method: str, path: str, host: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """The bytes of a request."""
    sent = {"Host": host, "Accept": "*/*", **(headers or {})}
    if method == "POST":
        sent |= {"Content-Length": str(len(body)), "Content-Type": "application/x-www-form-urlencoded"}
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


class Connection:
    """One kept connection to the site."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, request: bytes, status: int) -> tuple[float, bytes, bytes]:
        """Send a request, and return the seconds until its answer was whole, its head and its body.

        Raises:
            BenchFailure: another status than the expected one.
        """
        began = perf_counter()
        self.socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive()
        head = data[: end + 4]
        length = _length(head)
        while len(data) < end + 4 + length:
            data += self._receive()
        seconds = perf_counter() - began
        if not head.startswith(b"HTTP/1.1 %d " % status):
            raise BenchFailure(f"expected {status}, got {data[:400]!r}")
        return seconds, head, data[end + 4 :]

    def _receive(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise BenchFailure("the connection was closed")
        return data


def _length(head: bytes) -> int:
    for row in head.split(b"\r\n"):
        name, _, value = row.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
