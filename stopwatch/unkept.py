"""What was measured in a browser that keeps no cookie: its page carries it, signed, for nothing of it is kept here."""

from collections.abc import Iterable, Iterator

from django.core import signing

from stopwatch.measured import Measured
from stopwatch.registry import cases

SALT = "stopwatch.unkept"
GOOD_FOR = 12 * 3600  # seconds: a page that is open for longer shows what is recorded
MOST = 12  # measurements that one page may carry
HEADER = "Offload-Unkept"


def carried(measured: Measured, lesson: str) -> str:
    """What a page of a lesson carries of a measurement: its figures, and not what its picture needs besides."""
    told = [lesson, measured.case, measured.seconds, dict(measured.figures), sorted(measured.at_most)]
    return signing.dumps(told, salt=SALT, compress=True)


def measured_unkept(texts: Iterable[str], lesson: str) -> dict[str, Measured]:
    """The measurements that a page of a lesson carried, by their cases. What is none of ours is left out."""
    return {found.case: found for found in _read(list(texts)[:MOST], lesson)}


def _read(texts: Iterable[str], lesson: str) -> Iterator[Measured]:
    for text in texts:
        try:
            made_in, case, seconds, figures, at_most = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature:
            continue
        if case in cases and (made_in == lesson or cases[case].scope == "site"):
            yield Measured(case, seconds, figures, frozenset(at_most))
