"""The figures of runs in a lesson: what a browser tells of a click and of a page, and a receipt of the server.

The thresholds are meant for the 75th percentile of many visits; for TTFB they are a rough guide.
"""

from stopwatch.registry import Figure, Where
from stopwatch.units import SCORE

_CLICK = "A click"
_PAGE = "A page"
_SERVER = "The server, the queue and the worker"

INP = Figure(
    "inp",
    "INP of this click",
    "Interaction to Next Paint of one click: from the click to the next frame that the browser draws. It is input"
    " delay, handler time and wait for paint together. Browsers report it in steps of 8 ms, from 16 ms on.",
    Where.BROWSER,
    good=200,
    poor=500,
    source="GoogleChrome/web-vitals, src/onINP.ts",
    group=_CLICK,
)
INPUT_DELAY = Figure(
    "input-delay",
    "Input delay",
    "From the click until the page's first handler for it ran.",
    Where.BROWSER,
    group=_CLICK,
)
HANDLER = Figure(
    "handler", "Handler time", "How long the page's handlers for the click ran.", Where.BROWSER, group=_CLICK
)
PRESENTATION = Figure(
    "presentation", "Wait for paint", "From the end of the handlers to the next frame.", Where.BROWSER, group=_CLICK
)
REQUEST_START = Figure(
    "request-start",
    "Click to request",
    "From the click until the browser began to send the request.",
    Where.BROWSER,
    group=_CLICK,
)
FIRST_BYTE = Figure(
    "first-byte",
    "Click to first byte",
    "From the click until the first byte of the response arrived (responseStart of Resource Timing).",
    Where.BROWSER,
    group=_CLICK,
)
RESPONSE_END = Figure(
    "response-end",
    "Click to last byte",
    "From the click until the last byte of the response arrived.",
    Where.BROWSER,
    group=_CLICK,
)
REQUEST = Figure(
    "request",
    "Request time",
    "From sending the request until the last byte of its response.",
    Where.BROWSER,
    group=_CLICK,
)
CLICK_TO_RESPONSE = Figure(
    "click-to-response",
    "Click to response",
    "From the click until the server's response was painted. An animation that starts at once is no response.",
    Where.BROWSER,
    in_statistics=True,
    group=_CLICK,
    formerly=("click-to-answer",),
)
CLICK_TO_REPORT = Figure(
    "click-to-report",
    "Click to report",
    "From the click until the report was painted.",
    Where.BROWSER,
    in_statistics=True,
    group=_CLICK,
)
TTFB = Figure(
    "ttfb",
    "TTFB of the next page",
    "Time to First Byte: from the start of loading a page to its first byte. It belongs to pages, not to fetches."
    " The thresholds are a rough guide; it is no Core Web Vital.",
    Where.BROWSER,
    good=800,
    poor=1800,
    source="GoogleChrome/web-vitals, src/onTTFB.ts, a rough guide",
    group=_PAGE,
)
FCP = Figure(
    "fcp",
    "FCP of the next page",
    "First Contentful Paint: from the start of loading a page until something of it is drawn.",
    Where.BROWSER,
    good=1800,
    poor=3000,
    source="GoogleChrome/web-vitals, src/onFCP.ts",
    group=_PAGE,
)
LCP = Figure(
    "lcp",
    "LCP of the next page",
    "Largest Contentful Paint: from the start of loading a page until the largest thing of its first screen is drawn.",
    Where.BROWSER,
    good=2500,
    poor=4000,
    source="GoogleChrome/web-vitals, src/onLCP.ts",
    group=_PAGE,
)
CLS = Figure(
    "cls",
    "CLS",
    "Cumulative Layout Shift of a whole visit: how much of the page jumped, and how far.",
    Where.BROWSER,
    unit=SCORE,
    good=0.1,
    poor=0.25,
    source="GoogleChrome/web-vitals, src/onCLS.ts",
    group=_PAGE,
)
HELD = Figure(
    "held",
    "Server thread held",
    "How long the demo kept a thread of the web server: for the work itself, or to publish a message.",
    Where.SERVER,
    group=_SERVER,
)
QUEUE_WAIT = Figure(
    "queue-wait",
    "Wait in the queue",
    "From when the message was published until a worker began.",
    Where.STORE,
    group=_SERVER,
)
RAN = Figure(
    "ran", "Run in the worker", "From when a worker began the work until it was done.", Where.STORE, group=_SERVER
)

INTERACTION = (INP, INPUT_DELAY, HANDLER, PRESENTATION)  # of every click
MOMENTS = (REQUEST_START, FIRST_BYTE, RESPONSE_END)  # after a click, for which its page must stay
LOADING = (TTFB, FCP, LCP)  # of a page that is loaded
