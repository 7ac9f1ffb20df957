"""A short text: one of the accepted ones, or not."""

from quiz.kinds.kind import Form, StudioForm, Unclear
from quiz.kinds.text.exchange import EXCHANGE
from quiz.kinds.typed import LONGEST, alike, folded, text_in, typed_kind, wrong_answers
from quiz.questions import Given, Question


def take(question: Question, form: Form) -> Given:
    """A short text as it was typed, in one line."""
    text = text_in(form, lambda text: " ".join(text.split()), folded, "Write an answer first.")
    if len(text) > LONGEST:
        raise Unclear(f"A few words are enough: at most {LONGEST} characters.")
    return text


KIND = typed_kind(
    "text",
    box="=",
    problems=lambda question: wrong_answers(question, folded, LONGEST),
    take=take,
    same=lambda question, given: alike(question, given, folded),
    how=lambda _: "Write a word or a few.",
    fold=folded,
    exchange=EXCHANGE,
    form=StudioForm("A short text", "types a word or a few", "Answer", "="),
)
