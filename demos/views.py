"""The two live endpoints, and a run's own page. The pages show these very functions as "the code that just ran"."""

import logging
from time import perf_counter, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from demos import looking, receipts, responses
from demos.bulkhead import Bulkhead
from demos.publishing import publish
from demos.refusals import NotAForm, explains_refusals, only_when_asked
from demos.seconds import parse
from demos.sources import Source, source_of
from demos.store import records
from demos.store.client import Unreachable
from demos.tasks import report
from demos.waiting import build_report
from frontdoor.guards import takes
from frontdoor.rates import Rates
from learners.identity import learner_of, new_learner, remember

logger = logging.getLogger(__name__)

bulkhead = Bulkhead(settings.SEATS)
rates = Rates("start {rate} runs", learner=settings.LEARNER_RUNS_A_MINUTE, address=settings.ADDRESS_RUNS_A_MINUTE)


@takes("GET", "HEAD", "POST")
@explains_refusals
def blocking(request: HttpRequest) -> HttpResponse:
    """In the request: whoever asks waits until the work is done, and a thread of the server waits with them."""
    if request.method == "HEAD" or (request.method == "GET" and "seconds" not in request.GET):
        return responses.about(request, "blocking", code_of_blocking())
    only_when_asked(request)
    seconds = asked_seconds(request)
    learner = learner_of(request)
    rates.count(learner, request.META["REMOTE_ADDR"])
    began_at = time()
    with bulkhead.place():
        began = perf_counter()
        result = build_report(seconds)
        work_ms = (perf_counter() - began) * 1000
    receipt = receipts.of_request(learner, seconds, began_at, work_ms)
    return responses.done(request, responses.Work(seconds, result, work_ms, receipt), code_of_blocking())


@takes("GET", "HEAD", "POST")
@explains_refusals
def celery(request: HttpRequest) -> HttpResponse:
    """In the background: the request only publishes a message, and a worker does the work."""
    if request.method != "POST":
        return responses.about(request, "celery", code_of_celery())
    seconds = asked_seconds(request)
    learner = learner_of(request)
    rates.count(learner, request.META["REMOTE_ADDR"])
    owner = learner or new_learner()
    run_id = records.accept(seconds, owner.hex)
    publish_ms = publish(run_id)
    response = responses.accepted(request, run_id, seconds, publish_ms)
    if learner is None:
        remember(response, owner)
    return response


@takes("GET", "HEAD")
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    """What has become of a run. Whoever has its address may look; nobody can guess it."""
    try:
        found = records.look(run_id)
    except Unreachable as error:
        logger.warning("run %s cannot be looked at: %s", run_id, error)
        return looking.unreachable(request, request.path, who="In the background")
    if found is None:
        return looking.unknown(request, (reverse("demos:celery"), "To the demo"))
    return responses.run(request, found)


def asked_seconds(request: HttpRequest) -> float:
    """The seconds that a request asks for, in its address or as a form.

    Raises:
        NotAllowed: not one number of seconds from 0 to 10.
        NotAForm: a body that is no form.
    """
    if request.method == "POST" and request.content_type not in ("", *FORMS) and request.body:
        raise NotAForm
    return parse([*request.GET.getlist("seconds"), *request.POST.getlist("seconds")])


def code_of_blocking() -> list[Source]:
    """The code that the blocking demo runs."""
    return [source_of(blocking), source_of(build_report)]


def code_of_celery() -> list[Source]:
    """The code that the background demo runs: here, and in the worker."""
    return [source_of(celery), source_of(publish), source_of(report.run), source_of(build_report)]


FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
