"""The page that learners would see of a text that is not saved yet: the same templates, and nothing in it acts.

It is shown in a frame of its own, without any script. Forms are inert but for those of the quiz, which is answered here
as a learner would answer it (teach/rehearsal.py). The header that goes with it lets the browser send forms to no other
address, whatever stands in the page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lessons import pages
from lessons.catalog import Course, Lesson
from lessons.files import COURSE
from lessons.pictures import is_picture
from lessons.reading import ModePage, is_mode
from lessons.registry import Files, RenderedBlock, kinds
from lessons.rendering import block_html, compose, render
from lessons.scanning import scan
from quiz.kinds import Form
from quiz.presenters import shown
from quiz.progress import Progress
from quiz.questions import Quiz
from quiz.reading import QUIZ

FORM = re.compile(r'<form (?![^>]*action="/teach/rehearse/)')
LINK = re.compile(r'<a (?=[^>]*href="(?!#|/teach/preview/))')


class NothingToShow(Exception):
    """A file of which there is no page to show. Says why."""


@dataclass(frozen=True)
class Said:
    """A reply of the quiz in the preview to an answer that does not count, and what had been typed."""

    message: str = ""
    at: str = ""
    typed: Form = field(default_factory=QueryDict)


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal: a function that knows how far the instructor is with a quiz, and of which question alone."""

    progress: Callable[[Quiz], Progress]
    question: str = ""


def alone(quiz: Quiz, question: str) -> Quiz:
    """The one question of a quiz; all of it where there is no such question."""
    only = quiz.find(question)
    return replace(quiz, questions=(only,), draw=0) if only else quiz


def page_of(course: Course, path: str, rehearsed: Rehearsed, said: Said | None = None) -> str:
    """The page that shows a file.

    Args:
        course: with the text that is tried in it.
        path: that of the file.
        rehearsed: how far the instructor is with a quiz, and of which question.
        said: what the quiz says back.

    Raises:
        NothingToShow: the file is on no page, or none can be made of it.
    """
    if path == COURSE:
        context = {"course": course, "lessons": list(course.lessons.values()), "inserts": []}
        return inert(render_to_string("teach/preview_home.html", context))
    slug, _, name = path.partition("/")
    lesson = course.lessons.get(slug)
    if lesson is None:
        raise NothingToShow("This lesson is not part of the course now, so no page shows it.")
    page = _page(lesson, name)
    body = compose(page.parts, lesson.files, _showing(path, rehearsed, said or Said()))
    around: dict[str, Any] = {"top": [], "end": [], "scripts": []}
    template = "teach/preview_lesson.html" if is_mode(name) else "teach/preview_part.html"
    return inert(pages.mode_html(lesson, page, body, around, template))


def _page(lesson: Lesson, name: str) -> ModePage:
    mode = name.removesuffix(".md")
    if is_mode(name):
        if mode not in lesson.pages:
            raise NothingToShow("There are errors in it, and it was never in order. Mend them, and it is shown here.")
        return lesson.pages[mode]
    if is_picture(name):
        source = f"![{name}]({name})"
    elif name in kinds and name in lesson.files and kinds[name].preview:
        source = kinds[name].preview
    else:
        raise NothingToShow("There is nothing to show of this file yet.")
    rendered = render(scan(source)[0], lesson.slug, lesson.first.mode)
    return ModePage(lesson.first.mode, lesson.first.meta, rendered.parts, rendered.headings, rendered.blocks)


def _showing(path: str, rehearsed: Rehearsed, said: Said) -> Callable[[RenderedBlock, Files], str]:
    """How the blocks of a page are shown: by their own templates, but for the quiz."""

    def show(block: RenderedBlock, files: Files) -> str:
        quiz = QUIZ.of(files)
        if block.name == "quiz" and quiz:
            return quiz_html(quiz, path, rehearsed, said)
        return block_html(block, files)

    return show


def quiz_html(whole: Quiz, path: str, rehearsed: Rehearsed, said: Said) -> SafeString:
    """A quiz as a learner sees it, whose forms lead to the rehearsal."""
    quiz = alone(whole, rehearsed.question)
    state = rehearsed.progress(quiz)
    query = f"?question={rehearsed.question}" if quiz is not whole else ""
    context: dict[str, Any] = {
        "quiz": shown(quiz, state, said.typed),
        "lesson": quiz.lesson,
        "is_known": False,
        "questions": whole.questions if path.endswith(f"/{QUIZ.filename}") else (),
        "alone": rehearsed.question if query else "",
        "preview_at": reverse("teach:preview", args=[path]),
        "message": said.message,
        "message_at": said.at,
        "answer_at": reverse("teach:rehearse-answer", args=[path]) + query,
        "again_at": reverse("teach:rehearse-again", args=[path]) + query,
        "over_at": reverse("teach:rehearse-over", args=[path]) + query if state.is_begun else "",
    }
    return render_to_string("teach/_rehearsal.html", context)


def inert(html: str) -> str:
    """A page in which no form can be used but those of the rehearsal, and whose links open beside the studio."""
    html = FORM.sub("<form inert ", html)
    return mark_safe(LINK.sub('<a target="_blank" ', html))  # noqa: S308 - attributes are added to what templates made
