"""Add a question: asks for its parts, writes the Markdown, and shows it in the editor, where it is saved."""

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontdoor.guards import takes
from frontdoor.responses import see_other
from learners.models import Account
from lessons.catalog import course
from quiz.kinds import CHOICE
from quiz.reading import QUIZ
from teach import apart, drafts, question_form, responses
from teach.checking import GIVEN_UP, no_text
from teach.instructors import for_instructors
from teach.paths import known_path
from teach.question_form import QuestionForm


@for_instructors
@takes("GET", "HEAD", "POST", token=True)
def add(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """The form of a kind, or what became of it: a draft of the lesson's quiz with the question at its end."""
    path = known_path(f"{lesson}/{QUIZ.filename}")
    kind = question_form.OFFERED.get(request.GET.get("kind", ""), CHOICE)
    if request.method != "POST":
        return page(request, lesson, question_form.empty(kind))
    form = question_form.sent(kind, request.POST)
    if request.POST.get("do") == "kind":
        return page(request, lesson, form)
    if request.POST.get("do") == "row":
        more = replace(form, rows=(*form.rows, question_form.Row(len(form.rows) + 1)))
        return page(request, lesson, more, said="A row was added.")
    if form.has_none_right:
        return page(request, lesson, form, [question_form.NONE_RIGHT], HTTPStatus.UNPROCESSABLE_ENTITY)
    before, base = drafts.going_on(account, path)
    try:
        text, question, wrong = apart.run(
            question_form.with_question, before, form.question, [row.number for row in form.filled]
        )
    except apart.GivenUp:
        text, question, wrong = before, "", [f"The quiz and this question: {GIVEN_UP}."]
    if too_much := no_text(text):
        wrong = [too_much]
    if wrong:
        return page(request, lesson, form, wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
    drafts.keep(account, path, text, base)
    target = f"{reverse('teach:edit', args=[path])}?added={question}"
    return see_other(target)


def page(
    request: HttpRequest,
    lesson: str,
    form: QuestionForm,
    wrong: list[str] | None = None,
    status: int = HTTPStatus.OK,
    *,
    said: str = "",
) -> HttpResponse:
    """The form, with what was typed."""
    there = course().lessons.get(lesson)
    context = {
        "lesson": lesson,
        "title": there.title if there else lesson,
        "form": form,
        "kinds": list(question_form.OFFERED.values()),
        "wrong": wrong or [],
        "said": said,
        "longest": question_form.LONGEST,
    }
    return responses.page(request, "question", context, status)
