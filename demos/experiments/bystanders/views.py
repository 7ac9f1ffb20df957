"""The views of the small site. The page shows these very functions as the code that just ran."""

from time import sleep

from django.http import HttpRequest, HttpResponse

from demos.experiments.bystanders.background import report
from demos.experiments.bystanders.model import PAGE_SECONDS
from demos.waiting import build_report


def page(request: HttpRequest) -> HttpResponse:
    """What the stranger asks for: 5 ms of waiting for a database, say."""
    sleep(PAGE_SECONDS)
    return HttpResponse("the stranger's page")


def slow_in_the_view(request: HttpRequest) -> HttpResponse:
    """The slow work in the view: the process is held until it is done."""
    return HttpResponse(build_report(float(request.GET["seconds"])))


def slow_by_celery(request: HttpRequest) -> HttpResponse:
    """The slow work by Celery: the process only publishes a message."""
    report.delay(float(request.GET["seconds"]))
    return HttpResponse("accepted", status=202)


def warm_up(request: HttpRequest) -> HttpResponse:
    """Connects to the broker, so that the first publish that is measured does not pay for it."""
    report.delay(0)
    return HttpResponse("warm")
