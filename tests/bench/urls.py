"""The site, and the view that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """What any view costs: the server, Django and the middleware."""
    return HttpResponse(b"done")


urlpatterns = [path("bench/bare/", bare), path("", include("config.urls"))]
