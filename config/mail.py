"""Where mail goes: the server that EMAIL_URL names, or without one the output of the process that would send it."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# The port that is meant where none is named: of plain SMTP, of SMTP that turns to TLS, and of SMTP over TLS.
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SECONDS = 10  # for which a server may keep the worker waiting


@dataclass(frozen=True)
class MailServer:
    """A server that takes mail."""

    host: str
    port: int
    user: str
    password: str
    starts_tls: bool
    is_tls: bool


def server_of(url: str) -> MailServer:
    """Read an EMAIL_URL, like `smtp+tls://user:password@host:587`. In a password, an @ is written %40, and so on.

    Raises:
        ValueError: it names no server. The text says what is wrong, and never repeats the URL: it may hold a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("cannot be read: the port must be a number up to 65535") from None
    if parts.scheme not in PORTS:
        raise ValueError("must begin with smtp://, smtp+tls:// or smtps://")
    if not parts.hostname or port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("must look like smtp+tls://user:password@host:587; in a password, write / as %2F and # as %23")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("must have both a user and a password, or neither")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )
