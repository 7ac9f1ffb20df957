"""What a demo hands out with its answer, signed: that a run took place, whose it was, and how long the server was busy.

A browser that posts what it measured has to show the receipt of that very run. So nobody can make up a run, and the
server's own figures need not be believed from anybody.
"""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "stopwatch.receipt"
# Seconds from when the run began, and not from the signature: the page of a run in the background signs anew each time.
GOOD_FOR = 15 * 60  # by then the page that ran the demo has long posted


@dataclass(frozen=True)
class Receipt:
    """A run that took place.

    Attributes:
        run: its id; a measurement counts once for each.
        demo: which one ran it; a case says of which it is (stopwatch/registry.py).
        owner: stands for the learner who started it (`owner_mark`); empty for a visitor.
        seconds: the work that was asked for.
        began: when the server began it, in seconds since 1970 by the server's clock.
        figures: the server's own figures in ms, by the names of its cases.
        at_most: the names of those that are only bounds.
        by_visitor: whether the owner was a visitor until they started it. Two pages of one browser may start runs
            before either has the cookie, and it then keeps the later one: the other run's owner is never seen again.
    """

    run: str
    demo: str
    owner: str
    seconds: float
    began: float
    figures: Mapping[str, float]
    at_most: tuple[str, ...] = ()
    by_visitor: bool = False


class Forged(Exception):
    """Not a receipt of this site, or one that is too old."""


def owner_mark(learner: uuid.UUID | None) -> str:
    """Stands for a learner in a receipt. Whoever sees it learns nothing by which to pass for them."""
    if learner is None:
        return ""
    return salted_hmac("stopwatch.owner", learner.hex, algorithm="sha256").hexdigest()[:20]


def sign(receipt: Receipt) -> str:
    """The receipt as a page carries it."""
    figures = {name: round(value, 1) for name, value in receipt.figures.items()}
    held = [receipt.run, receipt.demo, receipt.owner, receipt.seconds, round(receipt.began, 3), figures]
    return signing.dumps([*held, list(receipt.at_most), receipt.by_visitor], salt=SALT)


def read(text: str) -> Receipt:
    """The receipt that a browser sent back.

    Raises:
        Forged: it was not signed here, or its run began longer than GOOD_FOR ago.
    """
    try:
        held: list[Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise Forged("A measurement needs the receipt that came with the demo's answer.") from error
    run, demo, owner, seconds, began, figures, at_most, *by_visitor = held  # one of an earlier release has no more
    if time.time() - began > GOOD_FOR:
        raise Forged(f"A run can be measured for {GOOD_FOR // 60} minutes, and that one began longer ago.")
    return Receipt(run, demo, owner, seconds, began, figures, tuple(at_most), by_visitor=any(by_visitor))
