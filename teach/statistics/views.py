"""The statistics of a lesson, of its readers, their runs, and of a question: as pages, and each table as CSV."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from frontdoor.problems import Missing
from learners.models import Account
from lessons.catalog import Lesson, course
from lessons.pictures import placed
from quiz.predictions.reading import PREDICTIONS
from quiz.questions import Question
from quiz.reading import QUIZ
from teach import responses
from teach.instructors import for_instructors
from teach.statistics import answers, items, measured, predicted, question, questions, readers
from teach.statistics.tables import Figure, as_csv

# What the pages say of the rules by which figures are shown.
LIMITS = {
    "least": items.LEAST,
    "learners": items.LEAST_LEARNERS,
    "others": items.LEAST_OTHERS,
    "pause": answers.PAUSE // 60,
    "predictions": f"{predicted.LATEST:,}",
    "runs": f"{measured.LATEST:,}",
}


@for_instructors
@takes("GET", "HEAD", token=True)
def lesson(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """The questions of a lesson."""
    there = _lesson(lesson)
    found = questions.overview(lesson, there.get(QUIZ))
    figures = _question_figures(lesson, found)
    return _page(request, "lesson", there, "questions", {"figures": figures, "overview": found})


@for_instructors
@takes("GET", "HEAD", token=True)
def of_readers(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """Where readers stop."""
    there = _lesson(lesson)
    opened, since = readers.opened(lesson)
    return _page(request, "readers", there, "readers", {"figures": _step_figures(there, opened), "since": since})


@for_instructors
@takes("GET", "HEAD", token=True)
def of_runs(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """What learners predicted and measured."""
    there = _lesson(lesson)
    return _page(request, "runs", there, "runs", {"predicted": _predicted(there), "measured": _measured(there)})


@for_instructors
@takes("GET", "HEAD", token=True)
def of_question(request: HttpRequest, account: Account, lesson: str, question_id: str) -> HttpResponse:
    """One question in all its versions."""
    there, asked, found = _versions(lesson, question_id)
    context = {
        "question_id": question_id,
        "question": asked,
        "stem_html": placed(asked.stem_html, there.slug, there.files) if asked else "",
        "versions": found,
        "said": _said(found),
        "current": next((each for each in found if each.is_current), None),
        "figures": question.figures(asked, found),
    }
    return _page(request, "question", there, "", context)


@for_instructors
@takes("GET", "HEAD", token=True)
def lesson_csv(request: HttpRequest, account: Account, lesson: str, table: str) -> HttpResponse:
    """One table of the lesson's three pages."""
    there = _lesson(lesson)
    if table in ("questions", "gone"):
        figures = _question_figures(lesson, questions.overview(lesson, there.get(QUIZ)))
    elif table in ("steps", "pages"):
        figures = _step_figures(there, readers.opened(lesson)[0])
    elif table.startswith("predicted-"):
        figures = _predicted(there)
    else:
        figures = _measured(there)
    return _csv(f"{lesson}-{table}", table, figures)


@for_instructors
@takes("GET", "HEAD", token=True)
def question_csv(request: HttpRequest, account: Account, lesson: str, question_id: str, table: str) -> HttpResponse:
    """One table of a question's page."""
    _, asked, found = _versions(lesson, question_id)
    return _csv(f"{lesson}-{question_id}-{table}", table, question.figures(asked, found))


def _said(found: Sequence[question.Version]) -> str:
    """How much there is, in a sentence."""
    n, versions = sum(each.n for each in found), len([each for each in found if each.taken])
    if not n:
        return "Nobody has answered this question yet."
    answers = "1 first answer" if n == 1 else f"{n:,} first answers"
    return f"{answers} to {'one version' if versions == 1 else f'{versions} versions'}."


def _lesson(slug: str) -> Lesson:
    there = course().lessons.get(slug)
    if there is None:
        raise Missing(f"The course has no lesson “{slug}”, or no longer.")
    return there


def _versions(slug: str, question_id: str) -> tuple[Lesson, Question | None, list[question.Version]]:
    there = _lesson(slug)
    quiz = there.get(QUIZ)
    asked = quiz.find(question_id) if quiz else None
    found = question.versions(slug, question_id, asked)
    if not found:
        raise Missing(f"The quiz of this lesson has no question “{question_id}”, and nobody ever answered one.")
    return there, asked, found


def _question_figures(slug: str, found: questions.Overview) -> list[Figure]:
    figures = [
        Figure(questions.questions_table(slug, found), questions.facilities(found)),
        Figure(questions.gone_table(slug, found)),
    ]
    return [figure for figure in figures if figure.table.rows]


def _step_figures(there: Lesson, opened: dict[str, readers.Opened]) -> list[Figure]:
    steps = readers.funnel(there)
    openings = sum(each.total for each in opened.values())
    return [
        Figure(readers.funnel_table(steps, openings), readers.funnel_picture(steps)),
        Figure(readers.pages_table(there, opened)),
    ]


def _predicted(there: Lesson) -> list[Figure]:
    asked = there.get(PREDICTIONS)
    if asked is None:
        return []
    found = predicted.predicted(asked)
    return [
        Figure(predicted.predicted_table(each, found[each.id]), predicted.predicted_picture(each, found[each.id]))
        for each in asked.asked
    ]


def _measured(there: Lesson) -> list[Figure]:
    return [Figure(*measured.shown(each)) for each in measured.measured(there.slug, readers.cases_run(there))]


def _page(request: HttpRequest, name: str, there: Lesson, here: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**context, "lesson": there, "here": here, "limits": LIMITS}
    return responses.page(request, f"statistics/{name}", whole)


def _csv(filename: str, name: str, figures: Sequence[Figure]) -> HttpResponse:
    table = next((figure.table for figure in figures if figure.table.name == name), None)
    if table is None:
        raise Missing(f"There is no table “{name}” here, or it has no rows yet.")
    headers = {"Content-Disposition": f'attachment; filename="{filename}.csv"'}
    return never_stored(HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8", headers=headers))
