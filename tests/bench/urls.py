"""The site, and the view that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import urlpatterns as site


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """What any view costs: the server, Django and the middleware."""
    return HttpResponse(b"done")


# On one level with the site's own, so that neither is found sooner for being nested less.
urlpatterns = [path("bench/bare/", bare), *site]
