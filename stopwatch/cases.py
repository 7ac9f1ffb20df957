"""Which figures a case can have at all, so that an author who asks for another one is told."""

from stopwatch.definitions import DEFINITIONS, Where
from stopwatch.measured import EXPERIMENTS, LANES, VISIT

PAGE = ("ttfb", "fcp", "lcp")  # of a page that is loaded; the form and the link load one, and a fetch does not
QUEUE = ("queue-wait", "ran")
INSIDE_A_PAGE = ("request-start", "first-byte", "response-end")  # moments after a click, for which its page must stay


def figures_of(case: str) -> tuple[str, ...]:
    """The names of the figures that a case can have, in the order of stopwatch/definitions.py."""
    return tuple(name for name in DEFINITIONS if _has(case, name))


def _has(case: str, name: str) -> bool:
    if case == VISIT:
        return name in ("inp", "cls", *PAGE)
    if case in EXPERIMENTS or DEFINITIONS[name].where is Where.GENERATOR:
        return case in EXPERIMENTS and DEFINITIONS[name].where is Where.GENERATOR
    loads_a_page = case in ("form", "link")
    if name in (*PAGE, *INSIDE_A_PAGE):
        return loads_a_page == (name in PAGE)
    if name in QUEUE:
        return case == "celery"
    return name != "cls" and (name != "click-to-report" or case in LANES)
