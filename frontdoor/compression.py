"""Compresses what is for one reader; pages and static files that are the same for everyone come compressed already."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedResponses(GZipMiddleware):
    """Middleware: Django's own, but not for what is polled: that is small, comes often, and is wanted at once.

    Django masks its token and pads what it compresses, so that lengths tell nothing of either.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Called by Django with every response."""
        if request.path_info.startswith(settings.UNCOMPRESSED):
            return response
        return super().process_response(request, response)
