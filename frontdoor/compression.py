"""Compresses what is for one reader; pages and static files that are the same for everyone come compressed already."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedAnswers(GZipMiddleware):
    """Django's, but for addresses that are polled: their answers are small, come often, and are wanted at once.

    Django masks its token and pads what it compresses, so that lengths tell nothing of either.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Called by Django with every answer."""
        if request.path_info.startswith(settings.UNCOMPRESSED):
            return response
        return super().process_response(request, response)
