"""The entrance of the site: what the web server calls with each request."""

from collections.abc import Mapping
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.http import parse_header_parameters

# What the standard library says of parameters in parts or in an encoding of their own (RFC 2231) that make no sense.
UNREADABLE = (ValueError, TypeError, LookupError)
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
            except UNREADABLE:
                return

    def parse_file_upload(self, META: Mapping[str, Any], post_data: Any) -> Any:  # noqa: N803 - Django's name
        """Called by Django. A form with a part whose head cannot be read is no form: a 400."""
        try:
            return super().parse_file_upload(META, post_data)
        except UNREADABLE as error:
            raise MultiPartParserError("the head of a part cannot be read") from error


class Entrance(WSGIHandler):
    """Django's handler, with requests of ours."""

    request_class = PlainRequest
