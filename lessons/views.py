"""The pages of the course. They are the same for everyone, so each view only picks one from memory."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from frontdoor.guards import takes
from lessons.pages import is_known, prepared
from lessons.pictures import Picture

# An SVG is a document, and somebody may open it as a page of this site: as one that can do nothing and send no form.
INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@takes("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    """The course: what this is, and its lessons."""
    return prepared().home.respond(request)


@takes("GET", "HEAD")
def lesson(request: HttpRequest, slug: str, mode: str = "") -> HttpResponse:
    """A lesson in one of its modes, or in its first."""
    pages = prepared()
    there = pages.course.lessons.get(slug)
    page = pages.modes.get((slug, mode or there.first.mode)) if there else None
    if page is None:
        raise Http404
    return page.respond(request)


@takes("GET", "HEAD")
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A picture from a lesson's folder."""
    found = prepared().course.lessons.get(slug)
    shown = found.files.get(name) if found else None
    if not isinstance(shown, Picture):
        raise Http404
    headers = {"Cache-Control": "public, no-cache", "ETag": shown.etag, "Content-Security-Policy": INERT}
    # What is compressed on its way goes out with a weak ETag, and comes back with it.
    if is_known(request.META.get("HTTP_IF_NONE_MATCH", ""), shown.etag):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(shown.body, content_type=shown.media_type, headers=headers)
