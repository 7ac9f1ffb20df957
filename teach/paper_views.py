"""The questions of a lesson to be printed: to be handed out, with the whole key on a page of its own to be kept."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from frontdoor.guards import takes
from frontdoor.negotiation import never_stored
from frontdoor.problems import Missing
from learners.models import Account
from lessons.catalog import course
from lessons.pictures import placed
from quiz.paper import printed_for_instructor
from quiz.reading import QUIZ
from teach.instructors import for_instructors


@for_instructors
@takes("GET", "HEAD")
def paper(request: HttpRequest, account: Account, lesson: str) -> HttpResponse:
    """The quiz as it is saved, which is what learners are asked."""
    there = course().lessons.get(lesson)
    quiz = there.get(QUIZ) if there else None
    if there is None or quiz is None:
        raise Missing("There is no such quiz among the lessons that are shown.")
    context = {"lesson": there, "quiz": quiz, "printed": printed_for_instructor(quiz), "has_key": True}
    return never_stored(HttpResponse(placed(render_to_string("teach/paper.html", context), lesson, there.files)))
