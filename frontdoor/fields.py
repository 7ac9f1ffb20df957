"""What the fields of an address and of a form may hold: text that every database keeps, and files where a view asks."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict

from frontdoor.problems import problem

NUL = "\0"  # PostgreSQL keeps no text with it. What else could not be kept, decoding UTF-8 has replaced already.


def has_nul(fields: QueryDict) -> bool:
    """Whether a name or a value has the character NUL in it."""
    return any(NUL in name or any(NUL in value for value in values) for name, values in fields.lists())


def wrong_fields(request: HttpRequest, *, any_text: bool, files: bool) -> HttpResponse | None:
    """Refuse what no field takes; None for every other request.

    Args:
        any_text: whether the view says itself, in its own words, what is no text.
        files: whether the view takes files. Elsewhere, a field that is sent as one would be overlooked.
    """
    if request.method != "POST" and not request.META.get("QUERY_STRING"):
        return None  # nothing was sent, and to find that out by Django's fields takes a tenth of a lesson's response
    if not any_text and (has_nul(request.GET) or has_nul(request.POST)):
        detail = "What was sent has the character NUL in it, which stands in no text. Take it out, and send it again."
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "That is no text", detail)
    if not files and request.FILES:
        names = ", ".join(sorted(request.FILES)[:3])
        detail = f"This address takes no files. Send as plain fields what was sent as one: {names[:100]}."
        return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "No files here", detail)
    return None
