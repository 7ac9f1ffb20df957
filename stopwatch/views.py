"""What a reader's browser measured: taken in against a receipt, and given back as the places of a lesson's page."""

import time
import uuid
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpResponse

from frontdoor.guards import takes
from frontdoor.negotiation import Form, never_stored, wanted
from frontdoor.problems import problem
from frontdoor.rates import Rates
from frontdoor.responses import json, nothing
from learners.identity import LearnerRequest, keeps_no_cookie, new_learner, remember
from learners.limits import limited
from lessons.catalog import Lesson, course
from stopwatch import checking, receipts
from stopwatch.checking import Absurd
from stopwatch.measured import Measured, with_own
from stopwatch.measurements import AlreadyCounted, keep, own_of
from stopwatch.places import anything_goes_on, redraw
from stopwatch.receipts import Forged, Receipt, owner_mark
from stopwatch.recorded import board_of
from stopwatch.unkept import HEADER, carried, measured_unkept

rates = Rates(
    "send {rate} measurements",
    learner=settings.LEARNER_MEASUREMENTS_A_MINUTE,
    address=settings.ADDRESS_MEASUREMENTS_A_MINUTE,
)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
Page = tuple[Lesson, str]  # a lesson and one of its modes


@takes("POST")
@limited(rates)
def measure(request: LearnerRequest) -> HttpResponse:
    """Take what a browser measured of a run, once, and draw it. It belongs to the lesson of the page that sends it.

    A browser that sends no cookie although it was given one gets its figures drawn too; they are only kept nowhere. So
    its page carries what it measured before, to have that drawn as well.
    """
    if request.content_type not in FORMS:
        detail = "Send the figures as a form (application/x-www-form-urlencoded)."
        return problem(request, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "That is not a form", detail)
    page = page_named(*request.POST.get("page", "").partition("/")[::2])
    lesson = page[0].slug if page else ""
    unkept = measured_unkept(request.POST.getlist("carried"), lesson) if request.learner is None else {}
    try:
        receipt = receipts.read(request.POST.get("receipt", ""))
        found = checking.read(dict(request.POST.lists()), receipt, time.time())
        learner = None if unkept or keeps_no_cookie(request) else whose(receipt, request.learner)
        if learner is not None:
            keep(learner, receipt, found, lesson)
    except tuple(REFUSALS) as refusal:
        status, title = REFUSALS[type(refusal)]
        return problem(request, status, title, str(refusal))
    response = drawn(request, page, learner, found, unkept)
    if request.learner is None:
        response.headers[HEADER] = carried(found, lesson)
        if learner is not None:
            remember(response, learner)
    return response


@takes("GET", "HEAD")
def measured(request: LearnerRequest, lesson: str, mode: str) -> HttpResponse:
    """The places of a lesson's page with what the reader has measured; nothing when that is nothing."""
    page = page_named(lesson, mode)
    if page is None:
        raise Http404
    if request.learner is None:
        return fragments(page, None, measured_unkept(request.GET.getlist("carried"), lesson))
    return fragments(page, request.learner, own_of(request.learner, lesson))


def whose(receipt: Receipt, known: uuid.UUID | None) -> uuid.UUID | None:
    """The learner for whom a measurement is kept, or None for a browser that does not send the cookie it was given.

    A run that was started by a visitor belongs to whoever shows its receipt first.

    Raises:
        NotTheirs: somebody else started the run.
    """
    if not receipt.owner:
        return known or new_learner()
    if known is not None and owner_mark(known) != receipt.owner and not receipt.by_visitor:
        raise NotTheirs("The run was started by somebody else, or before you began anew.")
    return known


def drawn(
    request: LearnerRequest,
    page: Page | None,
    learner: uuid.UUID | None,
    found: Measured,
    unkept: Mapping[str, Measured],
) -> HttpResponse:
    """The answer to a measurement that was taken: the page it is from, drawn anew, or the figures for programs."""
    if wanted(request) is Form.FRAGMENT:
        own = own_of(learner, page[0].slug) if learner and page else unkept
        response = fragments(page, learner, {**own, found.case: found})
    else:
        told = {"case": found.case, "figures": found.figures, "at_most": sorted(found.at_most)}
        response = json({"kept": learner is not None, **told})
    response.status_code = HTTPStatus.OK if learner is None else HTTPStatus.CREATED
    return response


def page_named(lesson: str, mode: str) -> Page | None:
    """A page of the course, or None."""
    found = course().lessons.get(lesson)
    return (found, mode) if found is not None and mode in found.pages else None


def fragments(page: Page | None, learner: uuid.UUID | None, own: Mapping[str, Measured]) -> HttpResponse:
    """Every measured place of a page, drawn for a reader; nothing when nothing of theirs is to be drawn."""
    lesson, mode = page or (None, "")
    if lesson is None or not (own or (learner and anything_goes_on(lesson, mode, learner))):
        return nothing()
    return never_stored(HttpResponse(redraw(lesson, mode, with_own(board_of(lesson.files), own), learner)))


class NotTheirs(Exception):
    """The run that was measured was started by another learner."""


REFUSALS: dict[type[Exception], tuple[int, str]] = {
    Forged: (HTTPStatus.FORBIDDEN, "There is no receipt for that run"),
    Absurd: (HTTPStatus.UNPROCESSABLE_ENTITY, "These figures do not fit this run"),
    NotTheirs: (HTTPStatus.FORBIDDEN, "That was not your run"),
    AlreadyCounted: (HTTPStatus.CONFLICT, "That run was measured before"),
}
