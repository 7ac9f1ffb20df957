"""From the text of a quiz.md to the quiz that is asked: parsed, checked and rendered."""

import re

from django.utils.safestring import SafeString, mark_safe

from lessons import front_matter
from lessons.front_matter import FieldRule
from lessons.prose import ProseRenderer
from lessons.scanning import Problem
from quiz.checking import problems_of
from quiz.parsing import WrittenOption, WrittenQuestion, parse
from quiz.questions import Option, Question, Quiz, short_hash, shown_order

FIELDS = {"title": FieldRule()}


def read(text: str, lesson: str) -> tuple[Quiz, list[Problem]]:
    """Read a quiz.md.

    Returns:
        the quiz, and every problem by line and column. Beside an error the quiz has no questions.
    """
    found, problems = front_matter.read(text, FIELDS)
    written, parse_problems = parse(found.body, found.body_line)
    problems += [*parse_problems, *problems_of(written)]
    broken = any(not problem.warning for problem in problems)
    questions = () if broken else tuple(rendered(question) for question in written)
    return Quiz(lesson, str(found.values["title"] or ""), questions), problems


def rendered(written: WrittenQuestion, keys: tuple[str, ...] = ()) -> Question:
    """A question as it is asked.

    Args:
        written: the question, in order.
        keys: those of its options where these have some of their own, and with them an order. Otherwise each key is a
            hash of the option's text, and the order is drawn.
    """
    prose = ProseRenderer()
    by_text = [short_hash(option.text) for option in written.options]
    pairs = zip(written.options, keys or by_text, strict=True)
    options = [_rendered_option(option, key, prose) for option, key in pairs]
    marks = "".join("x" if option.is_right else " " for option in options)
    order = range(len(options)) if keys else shown_order(written.id, len(options))
    return Question(
        id=written.id,
        version=short_hash(written.text, written.stem, *(option.text for option in options), marks, *keys),
        text=written.text,
        text_html=_heading(written.text, prose),
        stem_html=prose.render(written.stem),
        hint_html=prose.render(written.hint),
        why_html=prose.render(written.why),
        options=tuple(options[place] for place in order),
    )


def _rendered_option(written: WrittenOption, key: str, prose: ProseRenderer) -> Option:
    return Option(
        key=key,
        text=written.text,
        html=_without_paragraph(prose.render(written.text)),
        feedback_html=prose.render(written.feedback),
        is_right=written.is_right,
    )


def _heading(text: str, prose: ProseRenderer) -> SafeString:
    """The text of a question. Rendered as the heading that it is, so that "1. Which" does not become a list."""
    html = re.sub(r"^<h1[^>]*>|</h1>$", "", prose.render(f"# {text}"))
    return mark_safe(html)  # noqa: S308 - cleaned by render


def _without_paragraph(html: str) -> SafeString:
    """A text that is one paragraph, without its tags, so that it can stand in a line with its box."""
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        html = html.removeprefix("<p>").removesuffix("</p>")
    return mark_safe(html)  # noqa: S308 - cleaned by render
