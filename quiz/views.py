"""The quiz of a lesson: where a learner is, an answer, and another go. What counts is decided in quiz/recording.py."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.problems import Missing, too_many
from frontdoor.rates import Rates, TooMany
from learners.identity import learner_of, remember
from lessons.catalog import course
from quiz import responses
from quiz.form_tokens import newcomer
from quiz.progress import Progress
from quiz.reading import QUIZ
from quiz.recording import NotRecorded, Sent, begin_again, nothing_answered, open_for, progress_of, record

rates = Rates(
    "send {rate} answers", learner=settings.LEARNER_ANSWERS_A_MINUTE, address=settings.ADDRESS_ANSWERS_A_MINUTE
)


@takes("GET", "HEAD")
def quiz(request: HttpRequest, lesson: str) -> HttpResponse:
    """How far the reader is with the quiz of a lesson."""
    asking = asked_for(request, lesson)
    response = responses.state(asking, progress_for(asking))
    if asking.quiz.draw and learner_of(request) is None:
        remember(response, asking.learner)  # it decides what is drawn, and a reload must not draw anew
    return response


@takes("POST")
def answer(request: HttpRequest, lesson: str) -> HttpResponse:
    """Take an answer to the open question, or show it with one of its steps moved."""
    try:
        rates.count(learner_of(request), request.META["REMOTE_ADDR"])
    except TooMany as refusal:
        return too_often(request, lesson, refusal)
    asking = asked_for(request, lesson)
    sent = sent_by(request)
    try:
        if move := request.POST.get("move", ""):
            progress = progress_for(asking)
            open_for(asking.quiz, progress, sent)
            return responses.moved(asking, progress, sent.form, move)
        record(asking.quiz, asking.learner, sent)
    except NotRecorded as refusal:
        progress = progress_of(asking.quiz, asking.learner)
        response = responses.not_recorded(asking, progress, refusal, sent)
    else:
        progress = progress_of(asking.quiz, asking.learner)
        response = responses.moved_on(asking, progress, sent.question)
    if learner_of(request) is None and progress.is_begun:
        remember(response, asking.learner)
    return response


@takes("POST")
def again(request: HttpRequest, lesson: str) -> HttpResponse:
    """Begin a fresh go at the questions that were missed."""
    try:
        rates.count(learner_of(request), request.META["REMOTE_ADDR"])
    except TooMany as refusal:
        return too_often(request, lesson, refusal)
    asking = asked_for(request, lesson)
    try:
        begin_again(asking.quiz, asking.learner, after=number(request.POST.get("go", "")))
    except NotRecorded as refusal:
        return responses.not_recorded(asking, progress_for(asking), refusal)
    progress = progress_of(asking.quiz, asking.learner)
    first = progress.go.asked[0].question.id
    return responses.moved_on(asking, progress, first)


def asked_for(request: HttpRequest, lesson: str) -> responses.Asking:
    """The quiz that a request is about, and who asks. Somebody without a cookie is who their form says.

    Raises:
        Missing: there is no such lesson, or it has no quiz.
    """
    there = course().lessons.get(lesson)
    found = there.get(QUIZ) if there else None
    if there is None or found is None:
        raise Missing("There is no such quiz, or no longer. What you answered is kept.")
    learner = learner_of(request) or newcomer(request.POST.get("newcomer", ""))
    return responses.Asking(request, found, there.title, learner, there.files)


def progress_for(asking: responses.Asking) -> Progress:
    """How far the reader is. Of somebody without a cookie nothing is kept, so the database is not asked."""
    if learner_of(asking.request) is None:
        return nothing_answered(asking.quiz, asking.learner)
    return progress_of(asking.quiz, asking.learner)


def too_often(request: HttpRequest, lesson: str, refusal: TooMany) -> HttpResponse:
    """Nothing was recorded, for the rate is used up. Said without a look at the database, which it is to spare."""
    to_the_quiz = (reverse("quiz:quiz", args=[lesson]), "To the quiz")
    response = too_many(request, refusal, to_the_quiz)
    response.headers["HX-Reswap"] = "beforeend"  # below the quiz and not in its place, so that what was ticked stays
    return response


def sent_by(request: HttpRequest) -> Sent:
    """What a form says. Whatever else was sent becomes an answer to nothing."""
    form = request.POST
    return Sent(
        question=form.get("question", ""),
        form_token=form.get("version", ""),
        go=number(form.get("go", "")),
        attempt=number(form.get("attempt", "")),
        form=form,
    )


def number(text: str, digits: int = 4) -> int:
    """A number of so many digits as addresses and forms carry them, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else 0
