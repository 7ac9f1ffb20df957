"""What a program prints: one of the accepted texts, line by line, or not. The program decides the key."""

from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.kinds.exchange import NO_PROGRAM
from quiz.kinds.kind import Form, Unclear, no_program, plain
from quiz.kinds.typed import Sameness, alike, text_in, typed_kind, wrong_answers
from quiz.questions import Given, Question, Trace
from quiz.written import WrittenQuestion

LONGEST = 2000  # characters


def printed(text: str) -> str:
    """What was printed, without what nobody sees: white space at the ends of lines, and empty lines around it."""
    rows = [row.rstrip() for row in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(rows).strip("\n")


def take(question: Question, form: Form) -> Given:
    """What is printed, as it was typed, in its lines."""
    text = text_in(form, printed, printed, "Write what is printed first.")
    if len(text) > LONGEST:
        raise Unclear(f"The program prints less: at most {LONGEST:,} characters can be sent.")
    return text


SAMENESS = Sameness(
    own=lambda option: [printed(plain(option.text))],
    taken=lambda option: [(printed(plain(option.text)), "white space at the ends of lines does not count")],
)


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps a trace of what is printed from being one."""
    yield from wrong_answers(question, SAMENESS, printed, LONGEST)
    yield from no_program(question)


def trace(question: WrittenQuestion) -> Trace:
    """The program, and what is printed by what the author says."""
    accepted = tuple((option.line, plain(option.text)) for option in question.options if option.mark == ">")
    return Trace(question.program_text, question.program[0].number, printed=accepted)


KIND = typed_kind(
    "output",
    box=">",
    problems=problems,
    take=take,
    same=lambda question, given: alike(question, given, printed),
    how=lambda _: "Write what is printed, line by line.",
    grouped=lambda _, text: printed(text),
    exchange=NO_PROGRAM,
    fields="kinds/output/fields.html",
    has_lines=True,
    trace=trace,
)
