"""The two live endpoints, and a run's own page. The pages show these very functions as "the code that just ran"."""

from time import perf_counter, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from demos import receipts, responses, run_responses
from demos.bulkhead import Bulkhead
from demos.origins import origin_of
from demos.publishing import publish
from demos.refusals import explains_refusals, only_forms, only_when_asked
from demos.runs import Run
from demos.seconds import parse
from demos.sources import Source, source_of
from demos.store import records
from demos.tasks import report
from demos.waiting import build_report
from frontdoor.guards import takes
from frontdoor.rates import Rates
from learners.identity import LearnerRequest, new_learner, remember

bulkhead = Bulkhead(settings.SEATS)
TO_THE_DEMO = ("demos:celery", "To the demo")  # where a page leads on to when there is no such run
rates = Rates("start {rate} runs", learner=settings.LEARNER_RUNS_A_MINUTE, address=settings.ADDRESS_RUNS_A_MINUTE)


@takes("GET", "HEAD", "POST")
@explains_refusals
def blocking(request: LearnerRequest) -> HttpResponse:
    """In the request: whoever asks waits until the work is done, and a thread of the server waits with them."""
    if request.method == "HEAD" or (request.method == "GET" and "seconds" not in request.GET):
        return responses.about(request, "blocking", code_of_blocking())
    only_when_asked(request)
    seconds = asked_seconds(request)
    learner = request.learner
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
def celery(request: LearnerRequest) -> HttpResponse:
    """In the background: the request only publishes a message, and a worker does the work."""
    if request.method != "POST":
        return responses.about(request, "celery", code_of_celery())
    seconds = asked_seconds(request)
    learner = request.learner
    rates.count(learner, request.META["REMOTE_ADDR"])
    owner = learner or new_learner()
    run_id = records.accept(seconds, owner.hex, origin_of(request), by_visitor=learner is None)
    publish_ms = publish(report, run_id)
    response = responses.accepted(request, run_id, seconds, publish_ms)
    if learner is None:
        remember(response, owner)
    return response


@takes("GET", "HEAD")
def run(request: HttpRequest, run_id: str) -> HttpResponse:
    """What has become of a run. Whoever has its address may look; nobody can guess it."""

    def respond(found: Run) -> HttpResponse:
        return run_responses.unknown(request, TO_THE_DEMO) if found.experiment else responses.run(request, found)

    return run_responses.at_run(
        request, run_id, respond, url=request.path, way_out=TO_THE_DEMO, who="In the background"
    )


def asked_seconds(request: HttpRequest) -> float:
    """The seconds that a request asks for, in its address or as a form.

    Raises:
        NotAllowed: not one number of seconds from 0 to 10.
        NotAForm: a body that is no form.
    """
    only_forms(request)
    return parse([*request.GET.getlist("seconds"), *request.POST.getlist("seconds")])


def code_of_blocking() -> list[Source]:
    """The code that the blocking demo runs."""
    return [source_of(blocking), source_of(build_report)]


def code_of_celery() -> list[Source]:
    """The code that the background demo runs: here, and in the worker."""
    return [source_of(celery), source_of(publish), source_of(report.run), source_of(build_report)]
