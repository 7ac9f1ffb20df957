"""The pages of the experiments, and of their runs."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse

from demos.bench.knobs import Refused
from demos.experiments import presenters, responses
from demos.experiments.catalog import experiments
from demos.origins import origin_of
from demos.publishing import publish
from demos.refusals import explains_refusals, only_forms
from demos.run_responses import at_run
from demos.runs import Run
from demos.store import records
from demos.store.records import LineFull
from demos.tasks import experiment as task
from frontdoor.guards import takes
from frontdoor.negotiation import Form, wanted
from frontdoor.problems import not_found
from frontdoor.rates import Rates
from frontdoor.responses import see_other
from learners.identity import LearnerRequest, new_learner, remember

TO_THE_EXPERIMENTS = ("demos:experiments", "To the experiments")  # where a page leads on to when there is no such run
BESIDES = frozenset({"page", "place"})  # fields of the form that are no knobs
# A run takes some 11 s and one goes on at a time, so more than six a minute only fill the line.
rates = Rates("start {rate} experiments", learner=10, address=settings.SEATS * 3)


@takes("GET", "HEAD")
def index(request: LearnerRequest) -> HttpResponse:
    return responses.index(request)


@takes("GET", "HEAD", "POST")
@explains_refusals
def experiment(request: LearnerRequest, name: str) -> HttpResponse:
    """One experiment: a GET says what it does, a POST starts a run, or gives the learner's run that is in the line."""
    found = experiments().get(name)
    if found is None:
        return not_found(request, KeyError(name))
    if request.method != "POST":
        return responses.about(request, found)
    only_forms(request)
    try:
        knobs = found.choose({name: values for name, values in request.POST.lists() if name not in BESIDES})
    except Refused as why:
        return responses.refused(request, found, why)
    learner = request.learner
    rates.count(learner, request.META["REMOTE_ADDR"])
    owner = learner or new_learner()
    try:
        run_id, is_new = records.join(name, json.dumps(knobs), owner.hex, origin_of(request))
    except LineFull as full:
        return responses.line_full(request, found, full)
    if is_new:
        publish(task, run_id)
    elif (there := records.look(run_id)) and there.experiment != name:
        return responses.another_goes_on(request, there)
    response = responses.accepted(request, found, run_id, knobs, is_new=is_new)
    if learner is None:
        remember(response, owner)
    return response


@takes("GET", "HEAD")
def run(request: LearnerRequest, run_id: str) -> HttpResponse:
    """What has become of a run. Whoever has its address may look; nobody can guess it."""
    return _at(request, run_id, lambda found: responses.run(request, found, seen=request.GET.get("seen", "")))


@takes("POST")
def cancel(request: LearnerRequest, run_id: str) -> HttpResponse:
    """End a run, in the line or in the middle of it. Only its learner may."""

    def respond(found: Run) -> HttpResponse:
        if responses.why_not_cancelled(request, found):
            return responses.not_cancelled(request, found)
        records.cancel(run_id)
        if wanted(request) is Form.PAGE:
            return see_other(presenters.url_of(run_id))
        return _at(request, run_id, lambda cancelled: responses.run(request, cancelled, seen=""))

    return _at(request, run_id, respond)


def _at(request: LearnerRequest, run_id: str, respond: Callable[[Run], HttpResponse]) -> HttpResponse:
    return at_run(request, run_id, respond, url=presenters.url_of(run_id), way_out=TO_THE_EXPERIMENTS)
