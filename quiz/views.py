"""The quiz of a lesson: where a learner is, an answer, and another go. What counts is decided in quiz/recording.py."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from frontdoor.guards import takes
from frontdoor.problems import Missing
from frontdoor.rates import Rates
from learners.identity import LearnerRequest, keeps_no_cookie, remember
from learners.limits import limited
from lessons.catalog import course
from quiz import responses
from quiz.form_tokens import visitor_of
from quiz.questions import Quiz
from quiz.reading import QUIZ
from quiz.recording import NotRecorded, SubmittedAnswer, begin_again, record
from quiz.responses import Reader
from quiz.unkept import UnkeptAnswers, answers_carried

rates = Rates(
    "send {rate} answers", learner=settings.LEARNER_ANSWERS_A_MINUTE, address=settings.ADDRESS_ANSWERS_A_MINUTE
)


@takes("GET", "HEAD", any_text=True)
def quiz(request: LearnerRequest, lesson: str) -> HttpResponse:
    """How far the reader is with the quiz of a lesson."""
    reader = reader_of(request, lesson)
    if request.learner and "carried" in request.GET:
        return responses.sent_on(reader)  # the cookie came back, so nothing has to be carried
    return _with_draw_kept(responses.state(reader, reader.progress()), reader)


@takes("GET", "HEAD", any_text=True)
def paper(request: LearnerRequest, lesson: str) -> HttpResponse:
    """All questions that the reader is asked, to be printed, and the key of those that are settled."""
    reader = reader_of(request, lesson)
    response = responses.on_paper(reader, reader.progress())
    return _with_draw_kept(response, reader)


def _with_draw_kept(response: HttpResponse, reader: Reader) -> HttpResponse:
    """A visitor gets the cookie that decides what is drawn, for a reload must not draw anew."""
    if reader.quiz.draw and reader.request.learner is None and reader.unkept is None:
        remember(response, reader.learner)
    return response


@takes("POST", any_text=True)
@limited(rates, refused=responses.too_often)
def answer(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Take an answer to the open question."""
    reader = reader_of(request, lesson)
    sent = sent_by(request)
    try:
        if reader.unkept:
            reader = reader.carrying(reader.unkept.with_answer(reader.quiz, sent))
            progress = reader.progress_now()
            response = responses.moved_on(reader, progress, sent.question)
        else:
            recorded = record(reader.quiz, reader.learner, sent)
            progress = recorded.after
            response = responses.answered(reader, recorded, sent.question)
    except NotRecorded as refusal:
        progress = reader.progress_now()
        response = responses.not_recorded(reader, progress, refusal, sent)
    if request.learner is None and reader.unkept is None and progress.is_begun:
        remember(response, reader.learner)
    return response


@takes("POST")
@limited(rates, refused=responses.too_often)
def again(request: LearnerRequest, lesson: str) -> HttpResponse:
    """Begin a fresh go at the questions that were missed."""
    reader = reader_of(request, lesson)
    after = number(request.POST.get("go", ""))
    try:
        if reader.unkept:
            reader = reader.carrying(reader.unkept.with_go(reader.quiz, after))
        else:
            begin_again(reader.quiz, reader.learner, after)
    except NotRecorded as refusal:
        return responses.not_recorded(reader, reader.progress(), refusal)
    progress = reader.progress_now()
    return responses.moved_on(reader, progress, progress.go.asked[0].question.id)


def reader_of(request: LearnerRequest, lesson: str) -> Reader:
    """The reader who sent a request about the quiz of a lesson. A visitor is who their form says.

    Raises:
        Missing: there is no such lesson, or it has no quiz.
    """
    found = course().lessons.get(lesson)
    quiz = found.get(QUIZ) if found else None
    if found is None or quiz is None:
        raise Missing("There is no such quiz, or no longer. What you answered is kept.")
    unkept = None if request.learner else unkept_answers(request, quiz)
    learner = request.learner or (unkept.seed if unkept else visitor_of(request))
    return Reader(request, found, quiz, learner, unkept)


def unkept_answers(request: LearnerRequest, quiz: Quiz) -> UnkeptAnswers | None:
    """What a browser that keeps no cookie carries; None for one that may keep some.

    What it carries was given to it together with a cookie, which did not come back. Or its script says so at once.
    """
    text = request.POST.get("carried") or request.GET.get("carried", "")
    return answers_carried(quiz, text) or (UnkeptAnswers(visitor_of(request)) if keeps_no_cookie(request) else None)


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
