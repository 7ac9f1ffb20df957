"""A short text: one of the accepted ones, or not. Other systems know patterns for it, which have no form here."""

from collections.abc import Iterable, Iterator

from quiz.kinds.exchange import ARROW, Carrying, Exchange, Lose, NoPlace, NotCarried, Part
from quiz.kinds.kind import Form, StudioForm, Unclear, plain
from quiz.kinds.typed import LONGEST, alike, folded, mark_of, text_in, typed_kind, with_a_right_one, wrong_answers
from quiz.questions import Given, Question
from quiz.written import DraftedOption, WrittenQuestion


def take(question: Question, form: Form) -> Given:
    """A short text as it was typed, in one line."""
    text = text_in(form, lambda text: " ".join(text.split()), folded, "Write an answer first.")
    if len(text) > LONGEST:
        raise Unclear(f"A few words are enough: at most {LONGEST} characters.")
    return text


def carried(carrying: Carrying) -> Iterable[DraftedOption]:
    """The accepted answers and the mistakes, each once."""
    options: list[DraftedOption] = []
    seen: set[str] = set()
    for answer in carrying.foreign.answers:
        line, text = answer.text.line, carrying.plain(answer.text)
        bare = text.replace(r"\*", "")
        if "*" in bare:
            what = "what is said to any other answer" if text == "*" else f"the pattern “{text}”"
            carrying.say(line, f"{what} is not carried: there are no patterns here, so write each answer down")
            continue
        text = _without_ticks(text.replace(r"\*", "*"))
        if len(text) > LONGEST:
            raise NotCarried(f"its answer on line {line} has more than {LONGEST} characters")
        if folded(text) in seen:
            carrying.say(line, f"the answer “{text}” is that of an earlier line: case and spacing do not count here")
            continue
        seen.add(folded(text))
        options.append(DraftedOption(text, mark_of(answer, "=", carrying), carrying.marked(answer.feedback)))
    return with_a_right_one(options, "=")


def _without_ticks(text: str) -> str:
    """An answer without backticks around it, which do not count."""
    while len(text) <= LONGEST and (bare := " ".join(plain(text).split())) != text:
        text = bare
    return text


def parts(question: WrittenQuestion, lose: Lose) -> Iterator[Part]:
    """Each answer, right or wrong."""
    for option in question.options:
        text = " ".join(plain(option.text).split())
        if ARROW in text or (ARROW in option.feedback and "`" in option.feedback):
            raise NoPlace("with -> in an answer, GIFT takes it for a matching")
        yield Part(
            "=",
            text.replace("*", r"\*"),  # an asterisk alone is a pattern there
            weight="0" if option.mark == " " else "100",
            feedback=option.feedback.replace(ARROW, "-&gt;"),
            markup="plain",
            line=option.line,
        )


KIND = typed_kind(
    "text",
    box="=",
    problems=lambda question: wrong_answers(question, folded, LONGEST),
    take=take,
    same=lambda question, given: alike(question, given, folded),
    how=lambda _: "Write a word or a few.",
    fold=folded,
    exchange=Exchange(("text",), carried, parts),
    form=StudioForm("A short text", "types a word or a few", "Answer", "="),
)
