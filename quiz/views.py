"""The quiz of a lesson: where a learner is, an answer, and another go. What counts is decided in quiz/recording.py."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.problems import Missing, too_many
from frontdoor.rates import Rates, TooMany
from learners.identity import LearnerRequest, remember
from learners.limits import limited
from lessons.catalog import course
from quiz import responses
from quiz.form_tokens import visitor_of
from quiz.progress import Progress
from quiz.questions import Quiz
from quiz.reading import QUIZ
from quiz.recording import NotRecorded, SubmittedAnswer, begin_again, nothing_answered, open_for, progress_of, record
from quiz.unkept import UnkeptAnswers, answers_carried

rates = Rates(
    "send {rate} answers", learner=settings.LEARNER_ANSWERS_A_MINUTE, address=settings.ADDRESS_ANSWERS_A_MINUTE
)


@takes("GET", "HEAD")
def quiz(request: LearnerRequest, lesson: str) -> HttpResponse:
    """How far the reader is with the quiz of a lesson."""
    reader = asked_for(request, lesson)
    if request.learner and "carried" in request.GET:
        return responses.sent_on(reader)  # the cookie came back, so nothing has to be carried
    response = responses.state(reader, progress_for(reader))
    if reader.quiz.draw and request.learner is None and reader.unkept is None:
        remember(response, reader.learner)  # it decides what is drawn, and a reload must not draw anew
    return response


def too_often(request: LearnerRequest, refusal: TooMany, lesson: str) -> HttpResponse:
    """Nothing was recorded, for the rate is used up. Said without a look at the database, which it is to spare."""
    response = too_many(request, refusal, (reverse("quiz:quiz", args=[lesson]), "To the quiz"))
    response.headers["HX-Reswap"] = "beforeend"  # below the quiz and not in its place, so that what was ticked stays
    return response


@takes("POST")
@limited(rates, refused=too_often)
def answer(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Take an answer to the open question, or show it with one of its steps moved."""
    reader = asked_for(request, lesson)
    sent = sent_by(request)
    try:
        if move := request.POST.get("move", ""):
            progress = progress_for(reader)
            open_for(reader.quiz, progress, sent)
            return responses.moved(reader, progress, sent.form, move)
        if reader.unkept:
            reader = reader.carrying(reader.unkept.with_answer(reader.quiz, sent))
        else:
            record(reader.quiz, reader.learner, sent)
    except NotRecorded as refusal:
        progress = progress_now(reader)
        response = responses.not_recorded(reader, progress, refusal, sent)
    else:
        progress = progress_now(reader)
        response = responses.moved_on(reader, progress, sent.question)
    if request.learner is None and reader.unkept is None and progress.is_begun:
        remember(response, reader.learner)
    return response


@takes("POST")
@limited(rates, refused=too_often)
def again(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Begin a fresh go at the questions that were missed."""
    reader = asked_for(request, lesson)
    after = number(request.POST.get("go", ""))
    try:
        if reader.unkept:
            reader = reader.carrying(reader.unkept.with_go(reader.quiz, after))
        else:
            begin_again(reader.quiz, reader.learner, after)
    except NotRecorded as refusal:
        return responses.not_recorded(reader, progress_for(reader), refusal)
    progress = progress_now(reader)
    first = progress.go.asked[0].question.id
    return responses.moved_on(reader, progress, first)


def asked_for(request: LearnerRequest, lesson: str) -> responses.Reader:
    """The quiz that a request is about, and its reader. A visitor is who their form says.

    Raises:
        Missing: there is no such lesson, or it has no quiz.
    """
    there = course().lessons.get(lesson)
    found = there.get(QUIZ) if there else None
    if there is None or found is None:
        raise Missing("There is no such quiz, or no longer. What you answered is kept.")
    learner = request.learner
    unkept = None if learner else unkept_answers(request, found)
    learner = learner or (unkept.seed if unkept else visitor_of(request))
    return responses.Reader(request, found, there.title, learner, there.files, unkept)


def unkept_answers(request: LearnerRequest, quiz: Quiz) -> UnkeptAnswers | None:
    """What a browser that keeps no cookie carries; None for one that may keep some.

    What it carries was given to it together with a cookie, which did not come back. Or its script says so at once.
    """
    text = request.POST.get("carried") or request.GET.get("carried", "")
    keeps_none = request.POST.get("cookies") == "none"
    return answers_carried(quiz, text) or (UnkeptAnswers(visitor_of(request)) if keeps_none else None)


def progress_for(reader: responses.Reader) -> Progress:
    """How far the reader is. Of a visitor nothing is kept, so the database is not asked."""
    if reader.unkept is None and reader.request.learner is None:
        return nothing_answered(reader.quiz, reader.learner)
    return progress_now(reader)


def progress_now(reader: responses.Reader) -> Progress:
    """How far the reader is, by what was recorded, or by what is carried."""
    return reader.unkept.progress(reader.quiz) if reader.unkept else progress_of(reader.quiz, reader.learner)


def sent_by(request: HttpRequest) -> SubmittedAnswer:
    """What a form says. Whatever else was sent becomes an answer to nothing."""
    form = request.POST
    return SubmittedAnswer(
        question=form.get("question", ""),
        form_token=form.get("version", ""),
        go=number(form.get("go", "")),
        attempt=number(form.get("attempt", "")),
        form=form,
    )


def number(text: str, digits: int = 4) -> int:
    """A number of so many digits as addresses and forms carry them, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else 0
