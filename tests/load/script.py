"""What a script of a browser says: what it asks for, how long it waits, and what came back."""

import gzip
from collections.abc import Generator
from dataclasses import dataclass

import brotli


@dataclass(frozen=True)
class Pause:
    """So many seconds from when the last step was due until the next one is."""

    seconds: float


@dataclass(frozen=True)
class Delay:
    """So many seconds from now."""

    seconds: float


@dataclass(frozen=True)
class Ask:
    """A request: of which kind it counts, and the statuses that are right."""

    kind: str
    path: str
    form: dict[str, str] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    right: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Reply:
    """A response, read to its end. `status` is 0 when the connection was closed.

    `seconds` is its latency, from when it was due.
    """

    ask: Ask
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether the status is one that was expected."""
        return self.status in self.ask.right


Script = Generator[Pause | Delay | list[Ask], list[Reply], None]


def text_of(reply: Reply) -> str:
    """The text of a response, whatever it was compressed with."""
    match reply.headers.get("content-encoding"):
        case "br":
            return str(brotli.decompress(reply.body), "utf-8")
        case "gzip":
            return gzip.decompress(reply.body).decode()
        case _:
            return reply.body.decode()
