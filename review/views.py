"""What is due for a learner, one item at a time. What counts is decided in review/recording.py."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from frontdoor.guards import takes
from frontdoor.rates import Rates
from frontdoor.responses import nothing
from learners.identity import LearnerRequest, new_learner, remember
from learners.limits import limited
from lessons.catalog import course
from quiz.views import number
from review import responses
from review.cards import CARDS
from review.due import schedule
from review.history import Item
from review.models import Review
from review.recording import NotRecorded, Sent, Why, ask_for, record

rates = Rates(
    "send {rate} answers",
    learner=settings.LEARNER_ANSWERS_A_MINUTE,
    address=settings.ADDRESS_ANSWERS_A_MINUTE,
    name="reviews",  # those of quizzes are counted apart
)


@takes("GET", "HEAD", "POST", any_text=True)
@limited(rates, refused=responses.too_often)
def review(request: LearnerRequest, lesson: str = "") -> HttpResponse:
    """The item that is due now, of one lesson or of all; or take what was remembered of one."""
    is_there = not lesson or lesson in course().lessons
    if request.method == "POST":
        # Of a lesson that was removed meanwhile, an answer is told what happened, and led on to the other ones.
        return _answer(request, lesson if is_there else "")
    if not is_there:
        raise Http404
    asking = _asked_for(request, lesson, request.GET.get("done", ""))
    after = number(request.GET.get("after", ""), digits=18)
    if after and asking.learner:
        # A form was sent on to here, so that a reload sends nothing twice.
        recorded = Review.objects.filter(learner_id=asking.learner, pk=after).first()
        if recorded:
            return responses.answered(asking, recorded)
    return responses.state(asking, turned=request.GET.get("turned", ""))


def _answer(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Record what was remembered of an item."""
    form, sent = request.POST, sent_by(request)
    try:
        recorded = record(request.learner, sent, timezone.now())
    except NotRecorded as refusal:
        counted = int(refusal.why is Why.ALREADY)
        return responses.not_recorded(_asked_for(request, lesson, form.get("done", ""), counted), sent, refusal)
    return responses.moved_on(_asked_for(request, lesson, form.get("done", ""), more=1), recorded)


@takes("POST")
@limited(rates, refused=responses.too_often)
def begin(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Let the cards of a lesson be due from now on, for a learner who does not wait for its quiz."""
    there = course().lessons.get(lesson)
    if there is None or there.get(CARDS) is None:
        raise Http404
    learner = request.learner or new_learner()
    ask_for(learner, lesson)
    response = responses.begun(request, lesson)
    if request.learner is None:
        remember(response, learner)
    return response


@takes("GET", "HEAD")
def due(request: LearnerRequest) -> HttpResponse:
    """How much is due, for a line in a lesson. For a visitor there is none."""
    if request.learner is None:
        return nothing()
    lesson = request.GET.get("lesson", "")
    if lesson and lesson not in course().lessons:
        raise Http404
    return responses.due_line(request, lesson, schedule(request.learner, timezone.now()))


def sent_by(request: LearnerRequest) -> Sent:
    """What a form says. Whatever else was sent becomes an answer to nothing."""
    form = request.POST
    item = Item(form.get("lesson", ""), "card" if form.get("kind") == "card" else "question", form.get("item", ""))
    return Sent(item, form.get("version", ""), number(form.get("number", "")), form)


def _asked_for(request: LearnerRequest, lesson: str, done: str, more: int = 0) -> responses.Asking:
    """A request about the review. Of a visitor nothing is kept, so the database is not asked."""
    learner = request.learner
    scheduled = schedule(learner, timezone.now()) if learner else None
    return responses.Asking(
        request, lesson, learner, scheduled.of(lesson) if scheduled and lesson else scheduled, number(done) + more
    )
