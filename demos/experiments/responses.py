"""The answers about experiments and their runs, as fragment, page or JSON. None is stored anywhere."""

from collections.abc import Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from demos import looking
from demos.experiments import records
from demos.experiments.catalog import Experiment
from demos.experiments.recorded import Recorded, recorded_of
from demos.experiments.records import LineFull
from demos.experiments.runs import Run, State
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem
from learners.identity import learner_of
from lessons.catalog import course, lesson_with

REFRESH = 2  # seconds until a run's page loads itself again, for browsers without JavaScript
POLL_MS = {State.QUEUED: 1000, State.STARTED: 500}

WORDS = {
    State.QUEUED: "Waiting for its turn.",
    State.STARTED: "It is running.",
    State.SUCCEEDED: "Done.",
    State.FAILED: "It went wrong.",
    State.LOST: "The run is lost.",
    State.CANCELLED: "Cancelled. Its processes have been told to end.",
}


def index(request: HttpRequest, experiments: Sequence[Experiment]) -> HttpResponse:
    """The list of all experiments."""
    if wanted(request) is Form.JSON:
        body = [{"name": one.name, "title": one.title, "url": address_of(one)} for one in experiments]
        return never_stored(JsonResponse({"experiments": body}))
    listed = [(address_of(one), one) for one in experiments]
    return never_stored(HttpResponse(render_to_string("demos/experiments/index.html", {"experiments": listed})))


def about(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """What an experiment does and the code that it runs. Nothing runs."""
    if wanted(request) is Form.JSON:
        body = {"experiment": experiment.name, "question": experiment.question, "how": {"method": "POST"}}
        code = [source.text for source in experiment.sources()]
        return never_stored(JsonResponse({**body, "seconds": experiment.seconds, "code": code}))
    context = {
        **starting(experiment, _recorded(experiment)),
        "sources": experiment.sources(),
        "lesson_url": _lesson_url(),
    }
    return never_stored(HttpResponse(render_to_string("demos/experiments/page.html", context)))


def starting(experiment: Experiment, recorded: Recorded, own: Any = None) -> dict[str, Any]:
    """What the place from which an experiment is started shows, in a lesson and on its own page.

    `own` is what the reader's last run told, if one is kept.
    """
    return {
        **experiment.show(own, recorded),
        "experiment": experiment,
        "start_url": address_of(experiment),
        "recorded_label": recorded.label,
        "over": True,
        "about": f"demos/experiments/{experiment.name}/_about.html",
        "outcome": f"demos/experiments/{experiment.name}/_outcome.html",
    }


def accepted(request: HttpRequest, experiment: Experiment, run_id: str, *, is_new: bool) -> HttpResponse:
    """A run stands in the line: a new one, or the one that its learner has there already."""
    url = reverse("demos:experiment-run", args=[run_id])
    response: HttpResponse
    match wanted(request):
        case Form.PAGE:
            response = HttpResponse(status=HTTPStatus.SEE_OTHER)
        case Form.FRAGMENT:
            just_now = Run(run_id, experiment.name, "", State.QUEUED, "", None, {}, 0, None)
            context = {**shown(experiment, just_now), "is_accepted": True, "poll_ms": "200"}
            text = render_to_string("demos/experiments/_run.html", context)
            response = HttpResponse(text, status=HTTPStatus.ACCEPTED)
        case Form.JSON:
            body = {"id": run_id, "url": url, "cancel": cancel_url(run_id), "is_new": is_new}
            response = JsonResponse(body, status=HTTPStatus.ACCEPTED)
    response.headers["Location"] = url
    return never_stored(response)


def run(request: HttpRequest, experiment: Experiment, found: Run, seen: str) -> HttpResponse:
    """A run as it is now.

    Args:
        seen: what the asker has been told already: a change of it is announced, and nothing else.
    """
    form = wanted(request)
    if form is Form.JSON:
        return never_stored(JsonResponse(as_json(experiment, found)))
    context = shown(experiment, found)
    context["is_news"] = context["token"] != seen
    if form is Form.FRAGMENT:
        response = HttpResponse(render_to_string("demos/experiments/_run.html", context))
        if found.state is State.SUCCEEDED:
            response.headers["HX-Trigger"] = "measured"  # whatever shows these figures draws itself anew
        return never_stored(response)
    learner = learner_of(request)
    context["may_cancel"] = learner is not None and learner.hex == found.owner and not found.is_over
    context["lesson_url"] = _lesson_url()
    context["sources"] = experiment.sources()
    response = HttpResponse(render_to_string("demos/experiments/run.html", context))
    if not found.is_over:
        response.headers["Refresh"] = str(REFRESH)
    return never_stored(response)


def shown(experiment: Experiment, found: Run) -> dict[str, Any]:
    """What the templates show of a run."""
    recorded = _recorded(experiment)
    drawn = experiment.show(found.measured, recorded)
    place = place_words(found, experiment)
    said = {State.STARTED: drawn["doing"], State.SUCCEEDED: drawn["result"]}.get(found.state, "")
    return {
        **drawn,
        "experiment": experiment,
        "outcome": f"demos/experiments/{experiment.name}/_outcome.html",
        "start_url": address_of(experiment),
        "url": reverse("demos:experiment-run", args=[found.id]),
        "cancel_url": cancel_url(found.id),
        "state": found.state.value,
        "over": found.is_over,
        "succeeded": found.state is State.SUCCEEDED,
        "words": WORDS[found.state],
        "more": " ".join(filter(None, (place, said, found.note))),
        "poll_ms": str(POLL_MS.get(found.state, "")),
        "recorded_label": recorded.label,
        "token": f"{found.state}-{found.before}-{drawn['token']}",
    }


def place_words(found: Run, experiment: Experiment) -> str:
    """The place in the line, in words."""
    if found.state is not State.QUEUED or not found.before:
        return ""
    return f"{found.before} before you, about {ceil(found.wait_s(experiment.seconds))} s."


def as_json(experiment: Experiment, found: Run) -> dict[str, Any]:
    """A run for programs. All figures are ms, by the load generator's own clock."""
    return {
        "id": found.id,
        "experiment": experiment.name,
        "state": found.state,
        "note": found.note or None,
        "before": found.before,
        "wait_s": round(found.wait_s(experiment.seconds), 1),
        "figures": found.figures,
        "measured": found.measured,
    }


def cancelled(request: HttpRequest, experiment: Experiment, run_id: str) -> HttpResponse:
    """A run was cancelled, or had ended before: its page or fragment says which."""
    url = reverse("demos:experiment-run", args=[run_id])
    if wanted(request) is Form.PAGE:
        return never_stored(HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": url}))
    found = records.look(run_id)
    return unknown(request) if found is None else run(request, experiment, found, seen="")


def line_full(request: HttpRequest, experiment: Experiment, full: LineFull) -> HttpResponse:
    """Nobody more can wait."""
    detail = f"{full} One run goes on at a time, as two would disturb each other's figures. Nothing was started."
    after = ceil(experiment.seconds)
    way_out = (address_of(experiment), "To the experiment")
    return problem(
        request, HTTPStatus.SERVICE_UNAVAILABLE, "The line is full", detail, retry_after=after, way_out=way_out
    )


def unknown(request: HttpRequest) -> HttpResponse:
    """There is no such run, or not any more."""
    return looking.unknown(request, (reverse("demos:experiments"), "To the experiments"))


def address_of(experiment: Experiment) -> str:
    """The page of an experiment; a POST there starts a run."""
    return reverse("demos:experiment", args=[experiment.name])


def cancel_url(run_id: str) -> str:
    """Where a POST cancels a run."""
    return reverse("demos:experiment-cancel", args=[run_id])


def _lesson_url() -> str:
    lesson = lesson_with("experiment")
    return reverse("lessons:mode", args=lesson) if lesson else ""


def _recorded(experiment: Experiment) -> Recorded:
    """What is recorded of an experiment beside the lesson that has it."""
    lesson = lesson_with("experiment")
    return recorded_of(experiment.name, course().lessons[lesson[0]].files if lesson else {})
