"""The preview of a text, and the quiz that is answered in it. Nothing that is done here is kept of a learner."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from frontdoor.problems import Missing
from frontdoor.responses import see_other
from learners.models import Account
from lessons.catalog import catalog
from lessons.writing import digest_now
from quiz.questions import Quiz
from quiz.reading import QUIZ
from quiz.recording import NotRecorded
from quiz.unkept import UnkeptAnswers
from quiz.views import number, sent_by
from teach import apart, drafts, preview, rehearsal
from teach.checking import GIVEN_UP
from teach.instructors import for_instructors
from teach.paths import known_path
from teach.starters import starter

KEPT = "rehearsals"
WHY_GIVEN_UP = f"{GIVEN_UP[0].upper()}{GIVEN_UP[1:]}."
MOST_KEPT = 5  # rehearsals in a session, each of some kilobytes; the oldest goes


@for_instructors
@takes("GET", "HEAD")
def show(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """The page as learners would see it."""
    return page(request, account, known_path(path))


# What is done here changes nothing but the instructor's own preview, so the forms are those that learners have, without
# a token. That they come from this site is checked as for every form.
@for_instructors
@takes("POST")
def answer(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Take an answer in the preview."""
    quiz = quiz_of(request, account, known_path(path))
    answers, sent = answers_in(request, account, path), sent_by(request)
    try:
        answers = answers.with_answer(quiz, sent)
    except NotRecorded as refusal:
        said = preview.Said(str(refusal), refusal.question, sent.form)
        return page(request, account, path, said, HTTPStatus.UNPROCESSABLE_ENTITY)
    keep(request, path, rehearsal.kept(answers))
    return back_to(request, path, f"#said-{sent.question}")


@for_instructors
@takes("POST")
def again(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Begin a fresh go at what was missed."""
    quiz, answers = quiz_of(request, account, known_path(path)), answers_in(request, account, path)
    try:
        answers = answers.with_go(quiz, after=number(request.POST.get("go", "")))
    except NotRecorded:
        pass  # a second click, or a text that has changed since: the preview shows what there is to answer
    keep(request, path, rehearsal.kept(answers))
    return back_to(request, path, "#quiz")


@for_instructors
@takes("POST")
def over(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    """Forget what was answered, as for a visitor who comes for the first time."""
    keep(request, known_path(path), {})
    return back_to(request, path, "#quiz")


def page(
    request: HttpRequest,
    account: Account,
    path: str,
    said: preview.Said | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The page, or why there is none, for a frame of this site alone."""
    answers = answers_in(request, account, path)
    rehearsed = preview.Rehearsed(answers.progress, request.GET.get("question", ""))
    try:
        html = apart.run(page_of_text, path, text_in_editor(account, path), rehearsed, said)
    except preview.NothingToShow as nothing:
        html = render_to_string("teach/preview_nothing.html", {"why": str(nothing)})
    except apart.GivenUp:
        html = render_to_string("teach/preview_nothing.html", {"why": WHY_GIVEN_UP})
    response = never_stored(HttpResponse(html, status=status))
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    forms = request.build_absolute_uri("/teach/rehearse/")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; img-src 'self'; form-action {forms}; base-uri 'none';"
        " frame-ancestors 'self'"
    )
    return response


def text_in_editor(account: Account, path: str) -> str:
    """The text that the editor shows: of a new file, the one to begin with."""
    text = drafts.text_now(account, path)
    return text if text or digest_now(catalog(), path) else starter(path)


def page_of_text(path: str, text: str, rehearsed: preview.Rehearsed, said: preview.Said | None) -> str:
    """The page of the course as it would be with what the instructor has typed."""
    return preview.page_of(catalog().trial(path, text), path, rehearsed, said)


def quiz_in_text(path: str, text: str) -> Quiz | None:
    """The quiz of the file's lesson in that course."""
    return catalog().trial(path, text).get(path.partition("/")[0], QUIZ)


def quiz_of(request: HttpRequest, account: Account, path: str) -> Quiz:
    """The quiz of the file's lesson as typed, or the one question of it that is looked at."""
    try:
        quiz = apart.run(quiz_in_text, path, text_in_editor(account, path))
    except apart.GivenUp:
        raise Missing(WHY_GIVEN_UP) from None
    if quiz is None:
        raise Missing("The lesson has no quiz now.")
    return preview.alone(quiz, request.GET.get("question", ""))


def answers_in(request: HttpRequest, account: Account, path: str) -> UnkeptAnswers:
    """What was answered in the preview of a file. All previews of a lesson's files show the same quiz."""
    rehearsals: dict[str, Any] = request.session.get(KEPT, {})
    return rehearsal.rehearsed(account.learner_id, rehearsals.get(path.partition("/")[0], {}))


def keep(request: HttpRequest, path: str, rehearsed: rehearsal.Kept) -> None:
    """Keep it in the session, as the newest."""
    lesson = path.partition("/")[0]
    others = {name: other for name, other in request.session.get(KEPT, {}).items() if name != lesson}
    request.session[KEPT] = dict([*others.items(), (lesson, rehearsed)][-MOST_KEPT:])


def back_to(request: HttpRequest, path: str, place: str) -> HttpResponse:
    """To the preview, so that a reload sends nothing twice."""
    question = request.GET.get("question", "")
    alone = f"?{urlencode({'question': question})}" if question else ""
    target = reverse("teach:preview", args=[path]) + alone + place
    return see_other(target)
