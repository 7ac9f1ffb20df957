"""The pages of the experiments, and of their runs."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from demos.experiments import records, responses
from demos.experiments.catalog import EXPERIMENTS
from demos.experiments.publishing import publish
from demos.looking import unreachable
from demos.refusals import explains_refusals
from demos.store.client import Unreachable
from frontdoor.guards import takes
from frontdoor.problems import not_found, problem
from frontdoor.rates import Rates
from learners.identity import learner_of, new_learner, remember

logger = logging.getLogger(__name__)

# A run takes some 11 s and one goes on at a time, so more than six a minute only fill the line.
rates = Rates("start {rate} experiments", learner=10, address=settings.SEATS * 3)


@takes("GET", "HEAD")
def index(request: HttpRequest) -> HttpResponse:
    """Every experiment."""
    return responses.index(request, list(EXPERIMENTS.values()))


@takes("GET", "HEAD", "POST")
@explains_refusals
def experiment(request: HttpRequest, name: str) -> HttpResponse:
    """One experiment: a GET says what it does, a POST starts a run, or gives the learner's run that is in the line."""
    found = EXPERIMENTS.get(name)
    if found is None:
        return not_found(request, KeyError(name))
    if request.method != "POST":
        return responses.about(request, found)
    learner = learner_of(request)
    rates.count(learner, request.META["REMOTE_ADDR"])
    owner = learner or new_learner()
    try:
        run_id, is_new = records.join(name, owner.hex)
    except records.LineFull as full:
        return responses.line_full(request, found, full)
    if is_new:
        publish(run_id)
    response = responses.accepted(request, found, run_id, is_new=is_new)
    if learner is None:
        remember(response, owner)
    return response


@takes("GET", "HEAD")
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    """What has become of a run. Whoever has its address may look; nobody can guess it."""
    try:
        found = records.look(run_id)
    except Unreachable as error:
        logger.warning("experiment %s cannot be looked at: %s", run_id, error)
        return unreachable(request, request.path)
    if found is None:
        return responses.unknown(request)
    return responses.run(request, EXPERIMENTS[found.experiment], found, seen=request.GET.get("seen", ""))


@takes("POST")
def cancel(request: HttpRequest, run_id: str) -> HttpResponse:
    """End a run, in the line or in the middle of it. Only its learner may."""
    try:
        found = records.look(run_id)
        if found is None:
            return responses.unknown(request)
        learner = learner_of(request)
        if learner is None or learner.hex != found.owner:
            detail = "Only the one who started a run can cancel it, from the same browser."
            return problem(request, HTTPStatus.FORBIDDEN, "That run is somebody else's", detail)
        records.cancel(run_id)
        return responses.cancelled(request, EXPERIMENTS[found.experiment], run_id)
    except Unreachable as error:
        logger.warning("experiment %s cannot be cancelled: %s", run_id, error)
        return unreachable(request, reverse("demos:experiment-run", args=[run_id]))
