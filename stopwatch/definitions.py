"""Every figure that the site shows: its name, its unit, what it is, where it is measured, and what counts as good."""

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Whose clock a figure was read from. Two clocks are never subtracted from each other."""

    BROWSER = "in the browser"
    SERVER = "in the web server"
    STORE = "by the clock of the broker's store"
    GENERATOR = "by the load generator of the experiment"


@dataclass(frozen=True)
class Definition:
    """A figure. All are times in milliseconds, but for cls, a score that has no unit.

    `good` and `poor` are thresholds: at most the one is good, above the other is poor. They are meant for the 75th
    percentile of many visits (GoogleChrome/web-vitals, README; for TTFB, a rough guide, src/onTTFB.ts).
    """

    name: str
    label: str
    where: Where
    says: str
    good: float | None = None
    poor: float | None = None
    unit: str = "ms"


# What an experiment measures in each of its phases, name by name.
_OF_A_PHASE = (
    (
        "p95",
        "A stranger's 5 ms page, p95",
        (
            "The 95th percentile: 95 of 100 requests for the page were answered at least as fast, each counted from"
            " when it was due."
        ),
    ),
    ("p50", "A stranger's 5 ms page, median", "Half of the requests for the page were answered at least as fast."),
    ("longest", "A stranger's 5 ms page, longest", "The longest that any request for the page took."),
    (
        "slow-answer",
        "The slow request's answer",
        (
            "From when it was due until it was answered: with the report when the work is in the view, without it when"
            " the work is in Celery."
        ),
    ),
)
_ALL = (
    Definition(
        "inp",
        "INP of this click",
        Where.BROWSER,
        "Interaction to Next Paint of one click: from the click to the next frame that the browser draws. It is input"
        " delay, handler time and wait for paint together. Browsers report it in steps of 8 ms, from 16 ms on.",
        200,
        500,
    ),
    Definition(
        "input-delay",
        "Input delay",
        Where.BROWSER,
        "From the click until the page's first handler for it ran.",
    ),
    Definition("handler", "Handler time", Where.BROWSER, "How long the page's handlers for the click ran."),
    Definition(
        "presentation",
        "Wait for paint",
        Where.BROWSER,
        "From the end of the handlers to the next frame.",
    ),
    Definition(
        "request-start",
        "Click to request",
        Where.BROWSER,
        "From the click until the browser began to send the request.",
    ),
    Definition(
        "first-byte",
        "Click to first byte",
        Where.BROWSER,
        "From the click until the first byte of the response arrived (responseStart of Resource Timing).",
    ),
    Definition(
        "response-end",
        "Click to last byte",
        Where.BROWSER,
        "From the click until the last byte of the response arrived.",
    ),
    Definition(
        "request",
        "Request time",
        Where.BROWSER,
        "From sending the request until the last byte of its response.",
    ),
    Definition(
        "click-to-answer",
        "Click to answer",
        Where.BROWSER,
        "From the click until the server's answer was painted. An animation that starts at once is no answer.",
    ),
    Definition(
        "click-to-report",
        "Click to report",
        Where.BROWSER,
        "From the click until the report was painted.",
    ),
    Definition(
        "ttfb",
        "TTFB of the next page",
        Where.BROWSER,
        "Time to First Byte: from the start of loading a page to its first byte. It belongs to pages, not to fetches."
        " The thresholds are a rough guide; it is no Core Web Vital.",
        800,
        1800,
    ),
    Definition(
        "fcp",
        "FCP of the next page",
        Where.BROWSER,
        "First Contentful Paint: from the start of loading a page until something of it is drawn.",
        1800,
        3000,
    ),
    Definition(
        "lcp",
        "LCP of the next page",
        Where.BROWSER,
        "Largest Contentful Paint: from the start of loading a page until the largest thing of its first screen is"
        " drawn.",
        2500,
        4000,
    ),
    Definition(
        "cls",
        "CLS",
        Where.BROWSER,
        "Cumulative Layout Shift of a whole visit: how much of the page jumped, and how far.",
        0.1,
        0.25,
        unit="",
    ),
    Definition(
        "held",
        "Server thread held",
        Where.SERVER,
        "How long the demo kept a thread of the web server: for the work itself, or to publish a message.",
    ),
    Definition(
        "queue-wait",
        "Wait in the queue",
        Where.STORE,
        "From when the message was published until a worker began.",
    ),
    Definition("ran", "Run in the worker", Where.STORE, "From when a worker began the work until it was done."),
    *(
        Definition(f"{where}-{name}", f"{label}, {words}", Where.GENERATOR, says)
        for name, label, says in _OF_A_PHASE
        for where, words in (("view", "work in the view"), ("celery", "work in Celery"))
    ),
)
DEFINITIONS = {definition.name: definition for definition in _ALL}


def rating(name: str, value: float) -> str:
    """Either "good", "needs improvement" or "poor"; empty for a figure without thresholds."""
    definition = DEFINITIONS[name]
    if definition.good is None or definition.poor is None:
        return ""
    if value <= definition.good:
        return "good"
    return "poor" if value > definition.poor else "needs improvement"
