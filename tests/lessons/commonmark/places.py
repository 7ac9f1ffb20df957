"""Where an author writes Markdown of several lines, and the HTML that a reader gets of it there."""

from collections.abc import Callable

import lessons.reading
from lessons.rendering import compose as composed
from quiz.predictions.reading import read as read_predictions
from quiz.questions import Option, Question
from quiz.reading import read as read_quiz
from quiz.written import DraftedOption, DraftedQuestion
from review.cards import Card
from review.cards import read as read_cards
from teach.composing import compose

PAGE = "---\ntitle: T\nsummary: S\nframework: F\nminutes: 1\nimpact: low\naffects: A\n---\n"
OTHER = "- [ ] no\n  > No.\n- [x] yes\n  > Yes.\n"


def _page(text: str) -> str:
    found, problems = lessons.reading.read(PAGE + text, "one", "learn.md")
    assert found, problems
    return composed(found.parts, {})


def _tips(text: str) -> str:
    html = _page(f"/// tips\n\n{text}\n\n///\n")
    return html[html.index(">") + 1 : html.rindex("</")]


def _asked(source: str) -> Question:
    quiz, problems = read_quiz(source, "one")
    assert quiz.questions, problems
    return quiz.questions[0]


def _stem_of_prediction(text: str) -> str:
    question = f"## P {{#p}}\n\n{text}\n\n> Measured: report-order\n\n"
    options = "".join(f"- [{outcome}] {outcome}\n  > So.\n" for outcome in ("sooner", "same", "later"))
    found, problems = read_predictions(f"{question}{options}\n## Why? {{#why}}\n\n{OTHER}\n> **Why:** so.\n", "one")
    assert found.asked, problems
    return found.asked[0].question.stem_html


def _card(text: str, back: str = "b") -> Card:
    found, problems = read_cards(f"## F {{#f}}\n\n{text}\n\n{_quote('**Back:**', back)}", "one")
    assert found.cards, problems
    return found.cards[0]


def _quote(label: str, text: str, indent: str = "") -> str:
    return "".join(f"{indent}> {row}".rstrip() + "\n" for row in f"{label}\n\n{text}".strip("\n").split("\n"))


def _with_option(option: str) -> Option:
    (found,) = (found for found in _asked(f"## Q {{#q}}\n\n{option}- [ ] other\n").options if found.is_right)
    return found


def below_an_option(text: str) -> str:
    """An option whose first line is `option`, with what is indented below it."""
    inside = "".join(f"  {row}".rstrip() + "\n" for row in text.strip("\n").split("\n"))
    return _with_option(f"- [x] option\n{inside}").html


def _from_form(text: str) -> Question:
    """What the studio writes of a form's fields, and reads again."""
    options = (DraftedOption("no", " ", text), DraftedOption("yes", "x", text))
    return _asked(compose(DraftedQuestion("Q", "q", text, options, hint=text, why=text)))


PLACES: dict[str, Callable[[str], str]] = {
    "a page": _page,
    "a block of a page": _tips,
    "under a question": lambda text: _asked(f"## Q {{#q}}\n\n{text}\n\n{OTHER}").stem_html,
    "a hint": lambda text: _asked(f"## Q {{#q}}\n\n{_quote('Hint:', text)}\n{OTHER}").hint_html,
    "a why": lambda text: _asked(f"## Q {{#q}}\n\n{OTHER}\n{_quote('**Why:**', text)}").why_html,
    "a feedback": lambda text: _with_option(f"- [x] a\n{_quote('', text, '  ')}").feedback_html,
    "under a prediction": _stem_of_prediction,
    "a card's front": lambda text: _card(text).stem_html,
    "a card's back": lambda text: _card("", text).back_html,
    "the form's text": lambda text: _from_form(text).stem_html,
    "the form's hint": lambda text: _from_form(text).hint_html,
    "the form's why": lambda text: _from_form(text).why_html,
    "the form's feedback": lambda text: _from_form(text).options[0].feedback_html,
}
