"""How the site is doing: who waits, how long requests take, what was refused, and which processes are there."""

import logging
from math import ceil

from django.http import HttpRequest, HttpResponse

from demos.store import traffic
from demos.store.client import Unreachable
from frontdoor import metrics, recent
from frontdoor.guards import takes
from learners.models import Account
from teach import responses, site_state
from teach.instructors import for_instructors

logger = logging.getLogger(__name__)


@for_instructors
@takes("GET", "HEAD", token=True)
def site(request: HttpRequest, account: Account) -> HttpResponse:
    """The site as it is now, and what it did in the last minutes. What cannot be told now is named, the rest shown."""
    try:
        going = traffic.look()
    except Unreachable as error:
        logger.warning("the queue cannot be looked at: %s", error)
        going = None
    try:
        counted = recent.look()
    except recent.Unreadable as error:
        logger.warning("what the web processes counted cannot be read: %s", error)
        counted = None
    context = {
        "going": going,
        "now": site_state.now(going, counted, max(1, len(metrics.living()))),
        "minutes": ceil(counted.seconds / 60) if counted else None,
        "most": site_state.MOST,
        "is_alone": not metrics.living(),
        "requests": site_state.requests(counted) if counted else None,
        "refusals": site_state.refusals(counted) if counted else None,
        "runs": site_state.runs(going) if going else [],
    }
    return responses.page(request, "site", context)
