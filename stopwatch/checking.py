"""Whether posted figures can be true: plain numbers, in an order that time allows, not below the server's own time."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from stopwatch.definitions import DEFINITIONS, Where
from stopwatch.measured import LANES, WAYS, Measured
from stopwatch.receipts import Receipt

# Plain decimal notation in ASCII digits: no signs, no exponents, no "nan". The longest is some 17 minutes.
NOTATION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)
# Of a click; a score of the whole visit is none of it.
POSTED = frozenset(name for name, known in DEFINITIONS.items() if known.where is Where.BROWSER and known.unit == "ms")
REPORTS_FROM = 16.0  # ms; browsers tell of no event that was shorter (Event Timing, durationThreshold)
BESIDES = frozenset({"receipt", "case", "page", "inp-below"})

NEEDED: Mapping[str, tuple[str, ...]] = {
    "blocking": ("click-to-answer", "click-to-report"),
    "celery": ("click-to-answer", "click-to-report"),
    "fetch": ("click-to-answer",),
    "sync": ("click-to-answer",),
    "form": ("ttfb",),
    "link": ("ttfb",),
}
# Each one is at most the next: moments of one click, by one clock.
IN_ORDER = ("request-start", "first-byte", "response-end", "click-to-answer", "click-to-report")

TOLERANCE = 20.0  # ms: browsers may round their clocks, some to 17 ms
SLACK = 1000.0  # ms: a click comes before its request, which the server sees later, by the way there


class Absurd(ValueError):
    """Figures that cannot be true. The text says which, and what is allowed."""


def read(form: Mapping[str, Sequence[str]], receipt: Receipt, now: float) -> Measured:
    """What a browser measured, and the server's own figures beside it.

    Args:
        form: the values of each field.
        receipt: of the run that was measured.
        now: seconds since 1970, by the clock of the receipt.

    Raises:
        Absurd: a figure is no plain number of milliseconds, or cannot be true of this run.
    """
    case = _one(form, "case")
    if case not in NEEDED or (receipt.demo == "celery") != (case == "celery"):
        raise Absurd(f"“{case[:20]}” is no case of this run; there are {', '.join((*LANES, *WAYS))}.")
    if strange := form.keys() - POSTED - BESIDES:
        raise Absurd(f"“{min(strange)[:30]}” is no figure that a browser measures.")
    figures = {name: _milliseconds(form, name) for name in POSTED & form.keys()}
    at_most = set(receipt.at_most)
    if "inp-below" in form and "inp" not in form:
        if _milliseconds(form, "inp-below") != REPORTS_FROM:
            raise Absurd(f"inp-below is {REPORTS_FROM:g}, from which browsers report.")
        figures["inp"] = REPORTS_FROM
        at_most.add("inp")
    for name in NEEDED[case]:
        if name not in figures:
            raise Absurd(f"{name} is missing.")
    _check(case, figures, receipt, age=(now - receipt.began) * 1000)
    return Measured(case, receipt.seconds, {**figures, **receipt.figures}, frozenset(at_most))


def _check(case: str, figures: Mapping[str, float], receipt: Receipt, age: float) -> None:
    """Hold the figures against each other, the server's time and the age of the run, all in ms."""
    longest = max(figures, key=lambda name: figures[name])
    if figures[longest] > age + SLACK:
        raise Absurd(f"{longest} is longer than the run is old.")
    moments = [name for name in IN_ORDER if name in figures]
    for before, after in pairwise(moments):
        if figures[before] > figures[after] + TOLERANCE:
            raise Absurd(f"{before} is after {after}.")
    parts = sum(figures.get(name, 0.0) for name in ("input-delay", "handler", "presentation"))
    if parts > figures.get("inp", parts) + TOLERANCE:
        raise Absurd("input-delay, handler and presentation together are more than inp.")
    answered = "ttfb" if case in ("form", "link") else "click-to-answer"
    if figures[answered] < receipt.figures["held"] - TOLERANCE:
        raise Absurd(f"{answered} is shorter than the server's own time.")
    worked = receipt.figures.get("ran", 0.0)
    if figures.get("click-to-report", worked) < worked - TOLERANCE:
        raise Absurd("click-to-report is shorter than the work.")


def _one(form: Mapping[str, Sequence[str]], name: str) -> str:
    values = form.get(name, ())
    return values[0] if len(values) == 1 else ""


def _milliseconds(form: Mapping[str, Sequence[str]], name: str) -> float:
    text = _one(form, name)
    if not NOTATION.fullmatch(text):
        raise Absurd(f"{name} takes one plain number of milliseconds, like 3012.5.")
    return float(text)
