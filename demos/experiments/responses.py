"""The answers about experiments and their runs, as fragment, page or JSON. None is stored anywhere."""

from collections.abc import Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from demos import run_responses
from demos.experiments.catalog import EXPERIMENTS, Experiment
from demos.experiments.recorded import Recorded, recorded_of
from demos.origins import origin_of, way_back
from demos.runs import Run, State, read
from demos.store.records import LineFull
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
    page = origin_of(request)
    context = {
        **starting(experiment, _recorded(experiment)),
        "sources": experiment.sources(),
        "page": page,
        "lesson_url": way_back(page),
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
    url = url_of(run_id)

    def fragment() -> str:
        fields = {"state": State.QUEUED, "experiment": experiment.name, "asked": "{}"}
        context = {
            **shown(experiment, read(run_id, fields, 0, worker_alive=True)),
            "is_accepted": True,
            "poll_ms": "200",
        }
        return render_to_string("demos/experiments/_run.html", context)

    body = {"id": run_id, "url": url, "cancel": cancel_url(run_id), "is_new": is_new}
    return run_responses.accepted(request, url, fragment, body)


def run(request: HttpRequest, found: Run, seen: str) -> HttpResponse:
    """A run as it is now.

    Args:
        seen: what the asker has been told already: a change of it is announced, and nothing else.
    """
    experiment = EXPERIMENTS.get(found.experiment)
    if experiment is None:
        detail = "It was an experiment that this site does not have any more, so there is nothing that could show it."
        return problem(request, HTTPStatus.GONE, "That experiment is gone", detail, way_out=_to_the_experiments())
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
    context["page"] = found.page
    context["lesson_url"] = way_back(found.page)
    context["sources"] = experiment.sources()
    return run_responses.page_of(found, render_to_string("demos/experiments/run.html", context), REFRESH)


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
        "url": url_of(found.id),
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


def line_full(request: HttpRequest, experiment: Experiment, full: LineFull) -> HttpResponse:
    """Nobody more can wait."""
    detail = f"{full} One run goes on at a time, as two would disturb each other's figures. Nothing was started."
    after = ceil(experiment.seconds)
    way_out = (address_of(experiment), "To the experiment")
    return problem(
        request, HTTPStatus.SERVICE_UNAVAILABLE, "The line is full", detail, retry_after=after, way_out=way_out
    )


def address_of(experiment: Experiment) -> str:
    """The page of an experiment; a POST there starts a run."""
    return reverse("demos:experiment", args=[experiment.name])


def cancel_url(run_id: str) -> str:
    """Where a POST cancels a run."""
    return reverse("demos:experiment-cancel", args=[run_id])


def url_of(run_id: str) -> str:
    """The page of a run."""
    return reverse("demos:experiment-run", args=[run_id])


def _to_the_experiments() -> tuple[str, str]:
    return reverse("demos:experiments"), "To the experiments"


def _recorded(experiment: Experiment) -> Recorded:
    """What is recorded of an experiment beside the lesson that has it."""
    lesson = lesson_with("experiment")
    return recorded_of(experiment.name, course().lessons[lesson[0]].files if lesson else {})
