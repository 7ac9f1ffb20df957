"""From the text of a quiz.md to the quiz that is asked: parsed, checked and rendered."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lessons import front_matter, taken_out
from lessons.front_matter import FieldRule, FrontMatter
from lessons.prose import ProseRenderer
from lessons.registry import ContentKind
from lessons.scanning import Problem
from quiz.advice import advice
from quiz.appearance import problems_of_shown
from quiz.checking import problems_of
from quiz.kinds import CHOICE, kind_of_written
from quiz.kinds.kind import Kind, plain
from quiz.parsing import parse
from quiz.questions import Option, Question, Quiz, short_hash, shown_order
from quiz.written import WrittenOption, WrittenQuestion

FIELDS = {
    "title": FieldRule(),
    "attempts": FieldRule(int, default=2, bounds=(1, 5)),
    "pass": FieldRule(int, default=0, bounds=(0, 100)),
    "draw": FieldRule(int, default=0, bounds=(1, 1000)),
    "keep-order": FieldRule(default=""),
}


def read(text: str, lesson: str) -> tuple[Quiz, list[Problem]]:
    """Read a quiz.md.

    Returns:
        the quiz, and every problem by line and column. Beside an error the quiz has no questions.
    """
    front, problems = front_matter.read(text, FIELDS)
    values = front.values
    written, parse_problems = parse(front.body, front.body_line)
    problems += [*parse_problems, *problems_of(written, values["attempts"]), *_wrong_settings(text, values, written)]
    broken = any(not problem.warning for problem in problems)
    keeping = _named(values["keep-order"])
    prose = ProseRenderer()
    made = [] if broken else [rendered(question, prose, in_file=question.id in keeping) for question in written]
    problems += problems_as_shown(written, made, prose, front)
    if not any(not problem.warning for problem in problems):
        problems += advice(written, keeping)
    else:
        made = []
    quiz = Quiz(lesson, str(values["title"] or ""), tuple(made), values["attempts"], values["pass"], values["draw"])
    return quiz, problems


def problems_as_shown(
    written: list[WrittenQuestion], made: list[Question], prose: ProseRenderer, front: FrontMatter
) -> Iterable[Problem]:
    """What is wrong with the questions of a file as they were rendered, all of them by one renderer."""
    for question, shown in zip(written, made, strict=False):  # where nothing was rendered, nothing is said
        yield from problems_of_shown(question, shown)
    yield from taken_out.problems_of(prose.taken, _without_typed(written, front), front.body_line)


def _without_typed(written: list[WrittenQuestion], front: FrontMatter) -> str:
    """The text of a file without the answers that are to be typed, which are no Markdown: no tag in them is one."""
    rows = front.body.split("\n")
    for question in written:
        kind = kind_of_written(question)
        for option in question.options if kind and kind.is_typed else ():
            for number in (option.line, *(line.number for line in option.more)):
                rows[number - front.body_line] = ""
    return "\n".join(rows)


def _named(text: str) -> frozenset[str]:
    """The ids in a list with commas."""
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _wrong_settings(text: str, values: Mapping[str, Any], written: list[WrittenQuestion]) -> Iterable[Problem]:
    rows = text.split("\n")

    def wrong(name: str, message: str) -> Problem:
        line = next((number for number, row in enumerate(rows, 1) if row.startswith(name)), 1)
        return Problem(line, 1, f"“{name}” {message}")

    if values["draw"] > len(written) > 0:
        yield wrong("draw", f"is {values['draw']}, and there are {len(written)} questions to draw from")
    for name in sorted(_named(values["keep-order"]) - {question.id for question in written}):
        yield wrong("keep-order", f"names “{name}”, and no question has that id")


def rendered(
    written: WrittenQuestion, prose: ProseRenderer, keys: tuple[str, ...] = (), *, in_file: bool = False
) -> Question:
    """A question as it is asked.

    Args:
        written: the question, in order.
        prose: what renders the questions of the file.
        keys: those of its options where these have some of their own, and with them an order. Otherwise each key is a
            hash of the option's text, and the order is drawn.
        in_file: whether its options are shown as they stand in the file.
    """
    kind = (not keys and kind_of_written(written)) or CHOICE
    by_text = [short_hash(option.text) for option in written.options]
    options = [
        _rendered_option(option, key, kind, prose, written)
        for option, key in zip(written.options, keys or by_text, strict=True)
    ]
    is_drawn = kind.order == "drawn" or (kind.order == "as wanted" and not (in_file or keys))
    return Question(
        id=written.id,
        kind=kind.name,
        version=_version(written, kind, keys),
        text=written.text,
        stem=written.stem,
        text_html=prose.inline(written.text),
        stem_html=kind.stem_html(written, prose),
        hint_html=_quoted(written, "hint", prose),
        why_html=_quoted(written, "why", prose),
        options=tuple(shown_order(written.id, options) if is_drawn else options),
        trace=kind.trace(written),
        line=written.line,
    )


def _quoted(written: WrittenQuestion, name: str, prose: ProseRenderer) -> SafeString:
    """A quote with a name. What stands beside the name is a line, as a code host shows it."""
    render = prose.led if written.has_beside(name) else prose.render
    return render(written.quoted(name))


def _version(written: WrittenQuestion, kind: Kind, keys: tuple[str, ...]) -> str:
    marks = "".join("x" if option.is_right else " " for option in written.options)
    if kind is not CHOICE:
        quotes = " ".join(written.quoted(name) for name in kind.quotes)
        marks = " ".join([kind.name, *(option.mark for option in written.options), quotes])
    return short_hash(written.text, written.stem, *(option.text for option in written.options), marks, *keys)


def _rendered_option(
    written: WrittenOption, key: str, kind: Kind, prose: ProseRenderer, question: WrittenQuestion
) -> Option:
    text = plain(written.text) if kind.is_typed else written.text
    return Option(
        key=key,
        text=written.text,
        html=_as_typed(kind.as_shown(written), kind) if kind.is_typed else prose.item(text, is_below=not written.first),
        feedback_html=prose.render(written.feedback),
        is_right=kind.is_right(written, question),
        plain=text if kind.is_typed else "",
        place=kind.place(written),
    )


def _as_typed(text: str, kind: Kind) -> SafeString:
    """An expected answer: no Markdown, as nobody types any."""
    lines = '<pre tabindex="0" role="group" aria-label="Answer">{}</pre>'
    return format_html(lines if kind.has_lines else "<span>{}</span>", text)


STARTER = """## Why …? {#why-something}

> Hint: …

- [ ] A mistake that somebody really makes
  > What is wrong about it.
- [x] The right answer
  > Why it is right.

> **Why:** What to take along.
"""
QUIZ = ContentKind("quiz.md", "Quiz", read, starter=STARTER, preview="/// quiz\n///")
