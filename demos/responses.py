"""The demos' answers, as fragment, page or JSON. They are not stored anywhere: each is true for its moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from demos import receipts
from demos.runs import Event, Run, State
from demos.seconds import DEFAULT, LARGEST
from demos.sources import Source
from frontdoor.negotiation import Form, never_stored, wanted
from lessons.catalog import lesson_with
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
        return never_stored(JsonResponse({"demo": name, "how": how, "code": [source.text for source in sources]}))
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
        response = never_stored(JsonResponse(body))
    else:
        context = {"work": work, "work_ms": milliseconds(work.ms), "sources": sources}
        response = _html(request, "done", context)
    response.headers["Server-Timing"] = f"work;dur={work.ms:.1f}"
    return response


def accepted(request: HttpRequest, run_id: str, seconds: float, publish_ms: float) -> HttpResponse:
    """A run was accepted, and publishing its message took `publish_ms`.

    A browser without htmx is sent to the run's page, as browsers do not follow a 202.
    """
    url = reverse("demos:run", args=[run_id])
    response: HttpResponse
    match wanted(request):
        case Form.PAGE:
            response = HttpResponse(status=HTTPStatus.SEE_OTHER)
        case Form.FRAGMENT:
            context = {"publish_ms": milliseconds(publish_ms), **_shown_queued(url)}
            response = HttpResponse(render_to_string("demos/_accepted.html", context), status=HTTPStatus.ACCEPTED)
        case Form.JSON:
            body = {
                "id": run_id,
                "state": State.QUEUED,
                "seconds": seconds,
                "url": url,
                "publish_ms": round(publish_ms, 1),
            }
            response = JsonResponse(body, status=HTTPStatus.ACCEPTED)
    response.headers["Location"] = url
    response.headers["Server-Timing"] = f"publish;dur={publish_ms:.1f}"
    return never_stored(response)


def run(request: HttpRequest, found: Run) -> HttpResponse:
    """A run as it is now."""
    form = wanted(request)
    if form is Form.JSON:
        return never_stored(JsonResponse(as_json(found)))
    context = shown(found, request.path)
    if form is Form.PAGE:
        context["timeline"] = [(event.name, milliseconds(event.at_ms), _per_cent(event)) for event in found.timeline]
    response = _html(request, "run", context)
    if form is Form.PAGE and not found.is_over:
        response.headers["Refresh"] = str(REFRESH)
    return response


def shown(found: Run, url: str) -> dict[str, Any]:
    """What the templates show of a run, which is at `url`."""
    return {
        "url": url,
        # As text, because the template engine asks the locale how to write a number: a fifth of the fragment's time.
        "poll_ms": "" if found.is_over else str(poll_ms(found.due_in_ms)),
        "state": found.state.value,
        "words": WORDS[found.state],
        "note": found.note or found.result,
        "over": found.is_over,
        "per_cent": str(round(found.progress * 100)),
        "seconds": found.seconds,
        "queue_wait_ms": milliseconds(found.queue_wait_ms),
        "queue_wait_is_a_bound": found.queue_wait_is_a_bound,
        "run_ms": milliseconds(found.run_ms),
        "receipt": receipts.of_run(found) if found.state is State.SUCCEEDED else "",
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
        "timeline": [_point(event) for event in found.timeline],
    }


def _shown_queued(url: str) -> dict[str, Any]:
    """What `shown` says of a run that was accepted a moment ago, without asking the store."""
    queued = State.QUEUED
    return {"url": url, "poll_ms": str(poll_ms(None)), "state": queued.value, "words": WORDS[queued], "per_cent": "0"}


def _point(event: Event) -> dict[str, Any]:
    point: dict[str, Any] = {"event": event.name, "at_ms": event.at_ms}
    if event.progress is not None:
        point["progress"] = event.progress
    return point


def _per_cent(event: Event) -> str:
    return "" if event.progress is None else f"{event.progress * 100:.0f} %"


def _html(request: HttpRequest, name: str, context: Mapping[str, Any]) -> HttpResponse:
    if wanted(request) is Form.FRAGMENT:
        return never_stored(HttpResponse(render_to_string(f"demos/_{name}.html", dict(context))))
    lesson = lesson_with("demo")
    back = lesson and reverse("lessons:mode", args=lesson)
    return never_stored(HttpResponse(render_to_string(f"demos/{name}.html", {**context, "lesson_url": back})))
