"""The responses about experiments and their runs, as fragment, page or JSON. None is stored anywhere."""

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from json import dumps
from math import ceil
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from django.template.loader import render_to_string

from demos import run_responses
from demos.bench.experiment import Experiment
from demos.bench.knobs import Knobs, Refused
from demos.experiments import own_runs, presenters
from demos.experiments.catalog import experiments
from demos.experiments.presenters import address_of, cancel_url, url_of
from demos.origins import origin_of, way_back
from demos.runs import Run, State
from demos.sources import Source, source_of
from demos.store.records import LineFull
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import problem
from frontdoor.responses import html, json
from learners.identity import LearnerRequest
from stopwatch.measured import Measured
from stopwatch.unkept import carried

logger = logging.getLogger(__name__)

REFRESH = 2  # seconds until a run's page loads itself again, for browsers without JavaScript
SOMEBODY_ELSES = "Only the one who started a run can cancel it, from the same browser."
NO_COOKIE = (
    "It cannot be cancelled: the cookie that came with its start says who started it, and none came back. It ends by"
    " itself."
)
PLACE = re.compile(r"[a-z][a-z0-9-]{0,39}")


def place_of(request: LearnerRequest, experiment: str) -> str:
    """What the ids of the place begin with from which a fragment is asked for. On its own page, that is its name."""
    place: str = request.POST.get("place", request.GET.get("place", ""))
    return place if PLACE.fullmatch(place) else experiment


def index(request: LearnerRequest) -> HttpResponse:
    """The list of all experiments."""
    found = experiments().values()
    if wanted(request) is Form.JSON:
        body = [{"name": one.name, "title": one.title, "url": address_of(one)} for one in found]
        return json({"experiments": body})
    listed = [(address_of(one), one) for one in found]
    return html("demos/experiments/index.html", {"experiments": listed})


def about(request: LearnerRequest, experiment: Experiment) -> HttpResponse:
    """What an experiment does and the code that it runs. Nothing runs."""
    if wanted(request) is Form.JSON:
        how = {"method": "POST", "fields": {knob.name: knob.allowed for knob in experiment.knobs}}
        body = {"experiment": experiment.name, "question": experiment.question, "how": how}
        code = [source.text for source in sources_of(experiment)]
        return json({**body, "seconds": experiment.usual_seconds, "code": code})
    if wanted(request) is Form.FRAGMENT:
        return html("demos/experiments/_runs.html", _own_runs(request, experiment))
    return _page(request, experiment)


def _own_runs(request: LearnerRequest, experiment: Experiment) -> Mapping[str, Any]:
    learner, chosen, page = request.learner, request.GET.getlist("beside"), origin_of(request)
    try:
        runs, beside = own_runs.kept(learner, experiment), own_runs.beside(learner, experiment, chosen)
    except DatabaseError:
        logger.warning("the runs of %s that are kept cannot be read now", experiment.name)
        runs, beside = [], None
    return {
        "experiment": experiment,
        "start_url": address_of(experiment),
        "page": page,
        "lesson_url": way_back(page),
        "runs": runs,
        "run_figures": [experiment.figure(item.figure).label for item in experiment.unmeasured.headline],
        "chosen_runs": chosen,
        "beside": beside,
    }


def _page(request: LearnerRequest, experiment: Experiment, refused: Refused | None = None) -> HttpResponse:
    own = own_runs.going_on(request.learner, experiment)
    context = {
        **presenters.starting(experiment, experiment.name, own_runs.last(request.learner, experiment)),
        **(presenters.run_of(experiment, own, experiment.name) if own else {}),
        **_knobs(request, experiment, experiment.name, refused),
        **_own_runs(request, experiment),
        "is_going_on": own is not None,
        "sources": sources_of(experiment),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return html("demos/experiments/page.html", context, status=status)


def _knobs(request: LearnerRequest, experiment: Experiment, place: str, refused: Refused | None) -> Mapping[str, Any]:
    given = dict(request.POST.lists()) if refused else {}
    why = refused.why if refused else {}
    known = [knob.name for knob in experiment.knobs]
    return {
        "knobs": presenters.knob_fields(experiment, place, given, why),
        "why": " ".join(words for name, words in why.items() if name not in known),
        "place": place,
    }


def refused(request: LearnerRequest, experiment: Experiment, why: Refused) -> HttpResponse:
    """A run cannot be had with these knobs: what was chosen stays, and beside it stands what may be."""
    form = wanted(request)
    if form is Form.PAGE:
        return _page(request, experiment, why)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form is Form.JSON:
        return problem(request, status, "That cannot be chosen", str(why))
    place = place_of(request, experiment.name)
    context = {**_knobs(request, experiment, place, why), "said": str(why)}
    response = html("demos/experiments/_knobs.html", context, status=status)
    response.headers["HX-Retarget"] = f"#{place}-knobs"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def accepted(
    request: LearnerRequest, experiment: Experiment, run_id: str, knobs: Knobs, *, is_new: bool
) -> HttpResponse:
    """A run stands in the line: a new one, or the one of this experiment that its learner has there already."""
    url = url_of(run_id)

    def fragment() -> str:
        fields = {"state": State.QUEUED, "experiment": experiment.name, "asked": "{}"}
        just_now = Run(run_id, fields, 0.0, worker_alive=True)
        context = presenters.run_of(experiment, just_now, place_of(request, experiment.name))
        return render_to_string("demos/experiments/_run.html", {**context, "is_accepted": True, "poll_ms": "200"})

    body = {"id": run_id, "url": url, "cancel": cancel_url(run_id), "is_new": is_new}
    return run_responses.accepted(request, url, fragment, {**body, "knobs": knobs} if is_new else body)


def another_goes_on(request: LearnerRequest, other: Run) -> HttpResponse:
    """The learner has a run of another experiment in the line, and each learner has one at a time."""
    title = experiments()[other.experiment].title if other.experiment in experiments() else "another experiment"
    detail = f"Your run of “{title}” waits or goes on, and one learner has one run at a time. Nothing was started."
    way_out = (url_of(other.id), "To that run")
    return problem(request, HTTPStatus.CONFLICT, "You have a run already", detail, way_out=way_out)


def run(request: LearnerRequest, found: Run, seen: str) -> HttpResponse:
    """A run as it is now.

    Args:
        seen: what the asker has been told already: a change of it is announced, and nothing else.
    """
    experiment = experiments().get(found.experiment)
    if experiment is None:
        return run_responses.gone(request)
    form = wanted(request)
    if form is Form.JSON:
        return json(presenters.as_json(experiment, found))
    context = presenters.run_of(experiment, found, place_of(request, experiment.name))
    why_not = why_not_cancelled(request, found)
    if form is Form.FRAGMENT:
        context |= {"is_news": context["token"] != seen, "is_first_look": not seen, "why_not_cancelled": why_not}
        response = html("demos/experiments/_run.html", context)
        if found.state is State.SUCCEEDED:
            response.headers["HX-Trigger"] = _measured(request, experiment, found)
        return response
    context |= {
        "may_cancel": not why_not and not found.is_over,
        "page": found.page,
        "lesson_url": way_back(found.page),
        "sources": sources_of(experiment),
    }
    return run_responses.page_of(found, "demos/experiments/run.html", context, REFRESH)


def why_not_cancelled(request: LearnerRequest, found: Run) -> str:
    """Why whoever asks may not cancel a run, in words; empty for its learner."""
    if request.learner is None:
        return NO_COOKIE
    return "" if request.learner.hex == found.owner else SOMEBODY_ELSES


def not_cancelled(request: LearnerRequest, found: Run) -> HttpResponse:
    """A run is cancelled by its learner alone. Whoever watches it goes on watching."""
    if wanted(request) is Form.FRAGMENT:
        response = run(request, found, seen="")
        response.status_code = HTTPStatus.FORBIDDEN
        return response
    title = "That run is somebody else's" if request.learner else "Whose run is it?"
    why, way_out = why_not_cancelled(request, found), (url_of(found.id), "To the run")
    return problem(request, HTTPStatus.FORBIDDEN, title, why, way_out=way_out)


def _measured(request: LearnerRequest, experiment: Experiment, found: Run) -> str:
    """The event by which whatever shows these figures draws itself anew. A visitor's page carries what it draws."""
    knobs = presenters.knobs_of(experiment, found)
    if request.learner is not None or not experiment.registered.stands_with(knobs):
        return "measured"
    run = Measured(experiment.name, experiment.work_seconds(knobs), found.figures)
    return dumps({"measured": {"case": experiment.name, "unkept": carried(run, "")}})


def line_full(request: LearnerRequest, experiment: Experiment, full: LineFull) -> HttpResponse:
    """Nobody more can wait."""
    detail = f"{full} One run goes on at a time, as two would disturb each other's figures. Nothing was started."
    after = ceil(experiment.usual_seconds)
    way_out = (address_of(experiment), "To the experiment")
    return problem(
        request, HTTPStatus.SERVICE_UNAVAILABLE, "The line is full", detail, retry_after=after, way_out=way_out
    )


def sources_of(experiment: Experiment) -> Sequence[Source]:
    return [source_of(function) for function in experiment.sources()]
