"""Asks a process whether it answers. Each question takes a bounded time, and a "no" is an answer like any other."""

import http.client
import ipaddress
import socket
from pathlib import Path

SECONDS = 1.0


def address_to_ask(bind: str) -> str:
    """The address under which this machine reaches what listens on `bind`."""
    if bind == "localhost":
        return "127.0.0.1"
    address = ipaddress.ip_address(bind)
    if not address.is_unspecified:
        return bind
    return "127.0.0.1" if address.version == 4 else "::1"  # noqa: PLR2004 - IP version 4


def valkey_answers(path: Path) -> bool:
    """Whether a Valkey that has read its data answers on the socket at `path`."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(SECONDS)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def is_listening(address: str, port: int) -> bool:
    """Whether something takes connections there."""
    try:
        with socket.create_connection((address, port), SECONDS):
            return True
    except OSError:
        return False


def site_says(address: str, port: int, path: str, host: str) -> tuple[int, str]:
    """The status and the text with which the site answers a GET of `path`; status 0 when it does not answer.

    `host` is one of the names that the site allows itself to be asked for.
    """
    connection = http.client.HTTPConnection(address, port, timeout=2 * SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
