"""The entrance of the site: what the web server calls with each request."""

from collections.abc import Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

LONGEST_TYPE = 400  # characters of a Content-Type; to take one apart takes time by the square of its length


class PlainRequest(WSGIRequest):
    """A request of which nothing is decoded while it is made.

    Django's own decodes the address with any codec of Python that a Content-Type names, before any middleware could
    catch what comes of that: the server then answers with a bare 500. Here all text is UTF-8, and who names another
    encoding, or writes what cannot be taken apart, is told so (frontdoor/bodies.py).
    """

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        """Called by Django. A type that cannot be read is none."""
        self.content_type, self.content_params = "", {}
        sent: str = meta.get("CONTENT_TYPE", "")
        if len(sent) <= LONGEST_TYPE:
            try:
                self.content_type, self.content_params = parse_header_parameters(sent)
            except ValueError:  # parameters in an encoding of their own (RFC 2231) which there is not
                return


class Entrance(WSGIHandler):
    """Django's handler, with requests of ours."""

    request_class = PlainRequest
