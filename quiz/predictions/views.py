"""The predictions of a lesson: what a learner predicted so far, a prediction, and the reason once it came out."""

from dataclasses import replace

from django.http import HttpResponse, QueryDict

from frontdoor.guards import takes
from frontdoor.problems import Missing
from learners.identity import LearnerRequest, keeps_no_cookie, remember
from learners.limits import limited
from lessons.catalog import course
from quiz import views
from quiz.form_tokens import version_token, visitor_of
from quiz.predictions import responses
from quiz.predictions.reading import PREDICTIONS, Predictions
from quiz.predictions.recording import NotRecorded, Refusal, SubmittedChoice, give_reason, keep, unkept, unkept_reason


@takes("GET", "HEAD", "POST", any_text=True)
@limited(views.rates, refused=responses.too_often)
def predictions(request: LearnerRequest, lesson: str) -> HttpResponse:
    """What the reader predicted so far; a POST says more."""
    reader = reader_of(request, lesson)
    if request.method != "POST":
        return responses.sent_on(reader) if "sent" in request.GET else responses.state(reader)
    choices = choices_in(reader.predictions, request.POST)
    skips = request.POST.get("do") == "skip"
    if not choices and not skips:
        is_known = any(name.startswith("choice-") for name in request.POST)
        return responses.state(reader, {"": Refusal.GONE if is_known else Refusal.NOTHING_CHOSEN})
    if keeps_no_cookie(request):
        return responses.kept(replace(reader, unkept=unkept(reader.predictions, choices)), {})
    reader = replace(reader, learner=reader.learner or visitor_of(request))
    assert reader.learner
    refused = keep(reader.predictions, reader.learner, choices, skip_the_rest=skips)
    response = responses.kept(reader, refused)
    if request.learner is None and len(refused) < len(choices) + skips:
        remember(response, reader.learner)
    return response


@takes("POST")
@limited(views.rates, refused=responses.too_often)
def reason(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Take the reason for an outcome: one tap, one try."""
    reader = reader_of(request, lesson)
    question = request.POST.get("question", "")
    choice = choice_in(question, request.POST) or SubmittedChoice(question, "", 0)
    learner = reader.learner or visitor_of(request)
    try:
        if keeps_no_cookie(request):
            reader = replace(reader, unkept=[unkept_reason(reader.predictions, choice)])
        else:
            reader = replace(reader, learner=learner)
            give_reason(reader.predictions, learner, choice)
    except NotRecorded as refusal:
        return responses.reasoned(reader, question, refusal.why)
    response = responses.reasoned(reader, question)
    if request.learner is None and reader.unkept is None:
        remember(response, learner)
    return response


def reader_of(request: LearnerRequest, lesson: str) -> responses.Reader:
    """The reader who sent a request about the predictions of a lesson.

    Raises:
        Missing: there is no such lesson, or it asks for none.
    """
    found = course().lessons.get(lesson)
    predictions = found.get(PREDICTIONS) if found else None
    if found is None or predictions is None:
        raise Missing("No predictions are asked for there, or no longer. What you predicted is kept.")
    reader = responses.Reader(request, found, predictions, request.learner)
    if request.method != "POST" and "sent" in request.GET and reader.learner is None:
        # A form sent the browser here with a cookie, which did not come back: the address says what was chosen.
        return replace(reader, unkept=unkept(predictions, choices_in(predictions, request.GET, is_current=True)))
    return reader


def choices_in(predictions: Predictions, form: QueryDict, *, is_current: bool = False) -> list[SubmittedChoice]:
    """What a form says to the questions; `is_current` takes it as said to the questions as they are now."""
    tokens = {asked.id: version_token(asked.question) if is_current else "" for asked in predictions.asked}
    choices = (choice_in(question, form, token) for question, token in tokens.items())
    return [choice for choice in choices if choice]


def choice_in(question: str, form: QueryDict, form_token: str = "") -> SubmittedChoice | None:
    """What a form says to a question; None where it says nothing."""
    position = form.get(f"choice-{question}")
    if position is None:
        return None
    return SubmittedChoice(question, form_token or form.get(f"version-{question}", ""), views.number(position))
