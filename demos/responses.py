"""The responses of the two demos, as fragment, page or JSON. None is stored anywhere: each is true for its moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from json import dumps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from demos import receipts, run_responses
from demos.origins import origin_of, way_back
from demos.runs import Event, Run, State
from demos.seconds import DEFAULT, LARGEST
from demos.sources import Source
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.responses import html, json
from stopwatch.units import MS

REFRESH = 1  # seconds until a run's page loads itself again, for browsers without JavaScript
POLL_MS = (100, 500)  # the shortest and the longest time until the fragment of a run asks again

# A state, told to whoever reads it, and to whoever has it read out.
WORDS = {
    State.QUEUED: "Waiting in the queue.",
    State.STARTED: "A worker is at it.",
    State.SUCCEEDED: "Done.",
    State.FAILED: "It went wrong.",
    State.LOST: "The run is lost.",
}


def milliseconds(value: float | None) -> str:
    """A time for people: "3,012", or one decimal below ten. Empty when it is not known."""
    return "" if value is None else MS.write(value)


def about(request: HttpRequest, name: str, sources: list[Source]) -> HttpResponse:
    """What a demo does and the code that it runs. Nothing runs."""
    if wanted(request) is Form.JSON:
        how = {"method": "POST", "field": "seconds", "allowed": f"0 to {LARGEST:g}", "default": DEFAULT}
        return json({"demo": name, "how": how, "code": [source.text for source in sources]})
    address = request.build_absolute_uri(reverse(f"demos:{name}"))
    context = {"address": address, "sources": sources, "seconds": DEFAULT, "largest": LARGEST}
    return _html(request, f"about_{name}", context)


@dataclass(frozen=True)
class Work:
    """What the blocking demo did: `ms` is the time in which it held the request and a thread."""

    seconds: float
    result: str
    ms: float
    receipt: str


def done(request: HttpRequest, work: Work, sources: list[Source]) -> HttpResponse:
    """The blocking demo did its work."""
    response: HttpResponse
    if wanted(request) is Form.JSON:
        body = {"result": work.result, "seconds": work.seconds, "work_ms": round(work.ms, 1), "receipt": work.receipt}
        response = json(body)
    else:
        # As the header has it: rounded from there, no two places differ.
        context = {"work": work, "work_ms": milliseconds(round(work.ms, 1)), "sources": sources}
        response = _html(request, "done", context)
    response.headers["Server-Timing"] = f"work;dur={work.ms:.1f}"
    return response


def accepted(request: HttpRequest, run_id: str, seconds: float, publish_ms: float) -> HttpResponse:
    """A run was accepted, and publishing its message took `publish_ms`."""
    url = reverse("demos:run", args=[run_id])
    queued = State.QUEUED

    def fragment() -> str:
        context = {"publish_ms": milliseconds(publish_ms)}
        return render_to_string("demos/_accepted.html", context) + _going_on(queued, "", url, POLL_MS[1], 0.0)

    body = {"id": run_id, "state": queued, "seconds": seconds, "url": url, "publish_ms": round(publish_ms, 1)}
    response = run_responses.accepted(request, url, fragment, body)
    response.headers["Server-Timing"] = f"publish;dur={publish_ms:.1f}"
    return response


def run(request: HttpRequest, found: Run) -> HttpResponse:
    """A run as it is now."""
    form = wanted(request)
    if form is Form.JSON:
        return never_stored(HttpResponse(dumps(as_json(found)), content_type="application/json"))
    if form is Form.FRAGMENT:
        return never_stored(HttpResponse(fragment(found, request.path)))
    timeline = [(event["event"], milliseconds(event["at_ms"]), _per_cent(event)) for event in found.timeline]
    context = {
        **_shown(found),
        "url": request.path,
        "over": found.is_over,
        "seconds": found.seconds,
        "timeline": timeline,
        "page": found.page,
        "lesson_url": way_back(found.page),
    }
    return run_responses.page_of(found, "demos/run.html", context, REFRESH)


def fragment(found: Run, url: str) -> str:
    """What htmx shows of a run, which is at `url`."""
    if not found.is_over:
        return _going_on(found.state, found.note, url, poll_ms(found.due_in_ms), found.progress)
    receipt = receipts.of_run(found) if found.state is State.SUCCEEDED else ""
    return render_to_string("demos/_run_over.html", {**_shown(found), "url": url, "receipt": receipt})


def _going_on(state: State, note: str, url: str, poll_ms: int, progress: float) -> str:
    return _template_of(state, note).format(url=url, poll_ms=poll_ms, per_cent=round(progress * 100))


@cache
def _template_of(state: State, note: str) -> str:
    """The fragment of a run that goes on, with places for what changes from poll to poll.

    It is rendered once for each state: by the template engine each time, a poll would take a fifth longer.
    """
    places = {name: f"{{{name}}}" for name in ("url", "poll_ms", "per_cent")}
    return render_to_string("demos/_run.html", {"state": state.value, "words": WORDS[state], "note": note, **places})


def _shown(found: Run) -> dict[str, Any]:
    return {
        "state": found.state.value,
        "words": WORDS[found.state],
        "note": found.note or found.result,
        "per_cent": str(round(found.progress * 100)),
        "queue_wait_ms": milliseconds(found.queue_wait_ms),
        "queue_wait_is_a_bound": found.queue_wait_is_a_bound,
        "run_ms": milliseconds(found.run_ms),
    }


def poll_ms(due_in_ms: float | None) -> int:
    """When to ask again: twice a second, and just after the work should be done, so that asking adds little."""
    shortest, longest = POLL_MS
    return longest if due_in_ms is None else round(min(max(due_in_ms + 20, shortest), longest))


def as_json(found: Run) -> dict[str, Any]:
    """A run for programs. Times are milliseconds since it was accepted, by the clock of the store."""
    return {
        "id": found.id,
        "state": found.state,
        "seconds": found.seconds,
        "progress": found.progress,
        "result": found.result or None,
        "note": found.note or None,
        "queue_wait_ms": found.queue_wait_ms,
        "queue_wait_is_a_bound": found.queue_wait_is_a_bound,
        "run_ms": found.run_ms,
        "receipt": receipts.of_run(found) if found.state is State.SUCCEEDED else None,
        "timeline": found.timeline,
    }


def _per_cent(event: Event) -> str:
    return f"{event['progress'] * 100:.0f} %" if "progress" in event else ""


def _html(request: HttpRequest, name: str, context: Mapping[str, Any]) -> HttpResponse:
    if wanted(request) is Form.FRAGMENT:
        return html(f"demos/_{name}.html", context)
    page = origin_of(request)
    return html(f"demos/{name}.html", {**context, "page": page, "lesson_url": way_back(page)})
