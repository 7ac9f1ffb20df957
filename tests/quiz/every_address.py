"""Every address that the site has, and the three forms in which each can be asked for."""

import re
from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from tests.quiz.journey import BROWSER, HTMX

PROGRAM: dict[str, str] = {}
FORMS = {"plain forms": BROWSER, "htmx": HTMX, "a program": PROGRAM}
NAMES = {"lesson": "one", "slug": "one", "mode": "why", "name": "bystanders"}


@cache
def addresses() -> tuple[str, ...]:
    """Every address of the site, about the lesson where it is about one."""
    return tuple(dict.fromkeys(_addresses(get_resolver(), "/")))


def _addresses(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: NAMES.get(found[1], "one"), str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield before + filled
        else:
            yield from _addresses(pattern, before + filled)
