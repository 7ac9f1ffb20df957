"""Whether posted figures can be true: plain numbers, in an order that time allows, not below the server's own time."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from stopwatch.measured import Measured
from stopwatch.receipts import Receipt
from stopwatch.registry import Case, Where, cases

# Plain decimal notation in ASCII digits: no signs, no exponents, no "nan". The longest is some 17 minutes.
NOTATION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)
REPORTS_FROM = 16.0  # ms; browsers tell of no event that was shorter (Event Timing, durationThreshold)
BESIDES = frozenset({"receipt", "case", "page", "inp-below", "carried", "cookies"})

# Each one is at most the next: moments of one click, by one clock.
IN_ORDER = ("request-start", "first-byte", "response-end", "click-to-response", "click-to-report")

TOLERANCE = 20.0  # ms: browsers may round their clocks, some to 17 ms
SLACK = 1000.0  # ms: a click comes before its request, which the server sees later, by the way there


class Absurd(ValueError):
    """Figures that do not fit a run. The text says which, and what is allowed."""


def read(form: Mapping[str, Sequence[str]], receipt: Receipt, now: float) -> Measured:
    """What a browser measured, and the server's own figures beside it.

    Args:
        form: the values of each field.
        receipt: of the run that was measured.
        now: seconds since 1970, by the clock of the receipt.

    Raises:
        Absurd: a figure is no plain number of milliseconds, or does not fit this run.
    """
    name = _one(form, "case")
    case = cases.get(name)
    if case is None or case.demo != receipt.demo:
        known = ", ".join(each.name for each in cases.values() if each.demo == receipt.demo)
        raise Absurd(f"“{name[:20]}” is no case of this run; there are {known}.")
    figures = {_posted(case, name): _milliseconds(form, name) for name in sorted(form.keys() - BESIDES)}
    at_most = set(receipt.at_most)
    if "inp-below" in form and "inp" not in form:
        if _milliseconds(form, "inp-below") != REPORTS_FROM:
            raise Absurd(f"inp-below is {REPORTS_FROM:g}, from which browsers report.")
        figures["inp"] = REPORTS_FROM
        at_most.add("inp")
    for name in case.needs:
        if name not in figures:
            raise Absurd(f"{name} is missing.")
    _check(case, figures, receipt, age=(now - receipt.began) * 1000)
    return Measured(case.name, receipt.seconds, {**figures, **receipt.figures}, frozenset(at_most))


def _posted(case: Case, name: str) -> str:
    """The name of a figure that a browser tells of a case; a page that has been open for long may have a former one."""
    figure = case.figure(name)
    if figure is None or figure.where is not Where.BROWSER:
        raise Absurd(f"“{name[:30]}” is no figure that a browser measures of this.")
    return figure.name


def _check(case: Case, figures: Mapping[str, float], receipt: Receipt, age: float) -> None:
    """Hold the figures against each other, the server's time and the age of the run, all in ms."""
    longest = max(figures, key=lambda name: figures[name])
    if figures[longest] > age + SLACK:
        raise Absurd(
            f"{longest} is longer than the run is old. A browser whose connection broke asks again by itself, and then"
            " its time has both runs in it."
        )
    moments = [name for name in IN_ORDER if name in figures]
    for before, after in pairwise(moments):
        if figures[before] > figures[after] + TOLERANCE:
            raise Absurd(f"{before} is after {after}.")
    parts = sum(figures.get(name, 0.0) for name in ("input-delay", "handler", "presentation"))
    if parts > figures.get("inp", parts) + TOLERANCE:
        raise Absurd("input-delay, handler and presentation together are more than inp.")
    responded = case.needs[0]
    if figures[responded] < receipt.figures["held"] - TOLERANCE:
        raise Absurd(f"{responded} is shorter than the server's own time.")
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
