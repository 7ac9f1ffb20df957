"""Decorators for views that do something: which methods they take, and from where.

Every public page is the same for everyone and carries no token, so what an unsafe request may do is decided by where it
comes from: browsers say so in Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/). Older ones, and all of them where
a site is reached over plain http and not by a name of the reader's own machine, say so in Origin, and of a GET in
Referer alone, which another site's page can leave out. So a GET that does work is not done for a browser that says
nothing (`is_unsaid`). What sends none of them, like curl, is no browser that another site could have sent here. What
acts for an account asks for Django's token as well: its pages are for one reader anyway.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from frontdoor.fields import wrong_fields
from frontdoor.problems import problem

Request = TypeVar("Request", bound=HttpRequest)
Rest = ParamSpec("Rest")
View = Callable[Concatenate[Request, Rest], HttpResponse]

SAFE = ("GET", "HEAD", "OPTIONS")
TELLING = ("HTTP_SEC_FETCH_SITE", "HTTP_ORIGIN", "HTTP_REFERER", "HTTP_HX_REQUEST")


def crosses_sites(request: HttpRequest) -> bool:
    """Whether a page of another site made the browser send this request."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.META.get("HTTP_ORIGIN", request.META.get("HTTP_REFERER"))
    if origin is None:
        return False
    try:
        return bool(urlsplit(origin).netloc != request.get_host())
    except ValueError:  # no browser writes an origin that cannot be read
        return True


def is_unsaid(request: HttpRequest) -> bool:
    """Whether a browser sent this without a word of where it comes from.

    An `<img>` on a page with `Referrer-Policy: no-referrer` does so over plain http; and so does an address that is
    typed, which nothing tells apart. Our own pages tell (Referrer-Policy: same-origin), and htmx sends a header that
    another site's page cannot. Every browser sends Accept-Language, and no program does unless it is told to.
    """
    return "HTTP_ACCEPT_LANGUAGE" in request.META and not any(name in request.META for name in TELLING)


def is_prefetch(request: HttpRequest) -> bool:
    """Whether the browser only guesses that its reader will want the response."""
    return any("prefetch" in request.META.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE"))


def cross_site_problem(request: HttpRequest) -> HttpResponse:
    """The response to a request that another site sent."""
    detail = "This request came from a page of another site. Open it from this site, or type its address."
    return problem(request, 403, "Not from there", detail)


def takes(
    *methods: str, token: bool = False, any_text: bool = False, files: bool = False
) -> Callable[[View[Request, Rest]], View[Request, Rest]]:
    """Let a view see only these methods, unsafe ones only from this site, and only fields that it takes.

    Args:
        methods: all that the address takes.
        token: whether an unsafe method needs Django's own token, which the page with the form carries.
        any_text: whether the view says itself, in its own words, what is no text.
        files: whether it takes files.
    """

    def decorate(view: View[Request, Rest]) -> View[Request, Rest]:
        @wraps(view)
        def guarded(request: Request, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if request.method not in methods:
                detail = f"This address takes {' and '.join(methods)}, not {request.method}."
                return problem(request, 405, "That method is not for here", detail, allow=methods)
            if request.method not in SAFE and crosses_sites(request):
                return cross_site_problem(request)
            wrong = wrong_fields(request, any_text=any_text, files=files)
            if wrong is not None:
                return wrong
            return view(request, *args, **kwargs)

        return guarded if token else csrf_exempt(guarded)

    return decorate
