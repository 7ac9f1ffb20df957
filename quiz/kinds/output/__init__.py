"""What a program prints: one of the accepted texts, line by line, or not. The program decides the key."""

from collections.abc import Iterable

from lessons.scanning import Problem
from quiz.kinds.exchange import NO_PROGRAM
from quiz.kinds.kind import Form, Unclear, no_program, plain
from quiz.kinds.typed import Fold, Sameness, alike, text_in, typed_kind, wrong_answers
from quiz.kinds.typed.characters import plain_characters
from quiz.kinds.typed.slips import Slip, ask_back, is_nearly
from quiz.questions import Given, Option, Question, Trace
from quiz.written import WrittenQuestion

LONGEST = 2000  # characters


def printed(text: str) -> str:
    """What was printed, without what nobody sees: white space at the ends of lines, and empty lines around it."""
    rows = [row.rstrip() for row in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(rows).strip("\n")


def _with_hyphens(long_dash: str) -> Fold:
    """A fold of what keyboards make of characters. A long dash is so many hyphens; spaces stay as many as they are."""
    return lambda text: printed(plain_characters(printed(text)).replace("—", long_dash))


FOLDS = (printed, _with_hyphens("--"), _with_hyphens("-"))  # the strictest first


def same(question: Question, given: Given) -> list[Option]:
    """The expected answers that say what was given: as it stands, or else as a phone types it, with a full stop behind.

    So what tells two answers of one question apart counts in it. None where that is a right one and a wrong one alike.
    """
    text = printed(str(given))
    for ending in ("", "."):
        for fold in FOLDS if text.endswith(ending) else ():
            if found := alike(question, text.removesuffix(ending), fold):
                return found if len({option.is_right for option in found}) == 1 else []
    return []


def _slip(question: Question, text: str) -> Slip | None:
    for option in question.right:
        right, typed = (FOLDS[-1](answer).removesuffix(".") for answer in (option.plain, text))
        if right.casefold() == typed.casefold():
            return Slip.CAPITALS
        if is_nearly(right.casefold(), typed.casefold()):
            return Slip.SPELLING
    return None


def take(question: Question, form: Form) -> Given:
    """What is printed, as it was typed, in its lines. What is nearly right is asked back once."""
    text = text_in(form, printed, printed, "Write what is printed first.")
    if len(text) > LONGEST:
        raise Unclear(f"The program prints less: at most {LONGEST:,} characters can be sent.")
    ask_back(None if same(question, text) else _slip(question, text), text, map(printed, form.getlist("asked_back")))
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
    same=same,
    how=lambda _: "Write what is printed, line by line.",
    grouped=lambda _, text: FOLDS[-1](text),
    exchange=NO_PROGRAM,
    fields="kinds/output/fields.html",
    has_lines=True,
    trace=trace,
)
