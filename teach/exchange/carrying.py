"""Makes one of our questions of one of another system's, and says by line what of it could not be carried.

What a question means there and here is compared in docs/exchange.md; each rule of that page is a function here.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from html import unescape

from lessons.scanning import Problem, lines
from quiz.kinds.choice import MOST
from quiz.kinds.kind import plain
from quiz.kinds.text import LONGEST as LONGEST_TEXT
from quiz.kinds.text import folded
from teach.composing import DraftedOption, DraftedQuestion, carried, slug_of
from quiz.foreign import Answer, Foreign, Piece
from teach.exchange.literal import literal
from teach.exchange.markup import markdown_of, plain_of
from quiz.kinds.number.intervals import Interval, NoInterval, interval_of

LONGEST = 10_000  # characters of a text: a page of a book has some three thousand
MOST_BRACKETS = 100  # the Markdown of n brackets takes n² to read: of 100 some milliseconds, of 10,000 22 s
FULL = Fraction(100)
BLOCK = re.compile(r"^(?:`{3,}|~{3,}|[-*+>|][ \t]|[-*+>|]$|\||<(?:pre|table|ul|ol|div)\b)")
BELOW = re.compile(rf"{BLOCK.pattern}|[0-9]{{1,9}}[.)][ \t]")
TAG = re.compile(r"<[^<>]*>")
FEWEST_STEPS = 3


class NotCarried(Exception):
    """The question has no form here. Says why."""


def carry(foreign: Foreign, taken: Collection[str]) -> tuple[DraftedQuestion | None, list[Problem]]:
    """Our form of a question, or None, and the report.

    Args:
        foreign: the question as it was read.
        taken: the ids that it may not have.
    """
    carrying = _Carrying(foreign)
    try:
        question = carrying.question(taken)
    except NotCarried as reason:
        return None, [*carrying.problems, Problem(foreign.line, 1, f"the question is left out: {reason}")]
    return question, carrying.problems


@dataclass
class _Carrying:
    foreign: Foreign
    problems: list[Problem] = field(default_factory=list)

    def say(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, 1, message, warning=True))

    def question(self, taken: Collection[str]) -> DraftedQuestion:
        forms: dict[str, Callable[[], Iterable[DraftedOption]]] = {
            "choice": self.choice,
            "true or false": self.choice,
            "text": self.accepted,
            "number": self.numbers,
            "matching": self.steps,
        }
        foreign = self.foreign
        if foreign.kind not in forms:
            what = (
                "an essay, which nobody here would grade"
                if foreign.kind == "essay"
                else "a description: it asks nothing"
            )
            raise NotCarried(f"it is {what}")
        if len(foreign.answers) > MOST:
            raise NotCarried(f"it has {len(foreign.answers)} answers, and a question has at most {MOST}")
        text, stem = self.asked()
        drafted = DraftedQuestion(
            text=text,
            id=slug_of(foreign.title or unescape(TAG.sub("", text)), taken),
            stem=stem,
            options=tuple(forms[foreign.kind]()),
            why=self.marked(foreign.general),
        )
        return carried(drafted)

    def marked(self, piece: Piece | None) -> str:
        """A text in our Markdown."""
        if piece is None:
            return ""
        if len(piece.text) > LONGEST:
            raise NotCarried(f"its text on line {piece.line} has more than {LONGEST:,} characters")
        marked = markdown_of(piece)
        if len(marked.text) > LONGEST:
            raise NotCarried(f"its text on line {piece.line} has more than {LONGEST:,} characters as Markdown")
        read = (line.text for line in lines(marked.text) if not line.in_code)
        if sum(row.count("[") + row.count("<") for row in read) > MOST_BRACKETS:
            raise NotCarried(f"its text on line {piece.line} has more than {MOST_BRACKETS} brackets outside of code")
        for lost in marked.lost:
            self.say(piece.line, lost)
        return marked.text

    def asked(self) -> tuple[str, str]:
        """The line that is the question, and what stands below it."""
        text = self.marked(self.foreign.text)
        first, rest = _first_sentence(text)
        if first:
            return first, rest
        if not text:
            raise NotCarried("it has no text")
        title = self.foreign.title or "Question"
        self.say(self.foreign.text.line, f"the text begins with no sentence, so “{title}” stands above it")
        return literal(title), text

    def choice(self) -> Iterable[DraftedOption]:
        answers = self.foreign.answers
        right = [answer for answer in answers if self.is_right(answer)]
        if self.foreign.is_single and len(right) > 1:
            self.say(
                right[1].text.line, "any one of the right answers is enough there; here all of them are to be chosen"
            )
        if not self.foreign.is_single:
            self.judge_weights(answers)
        for answer in answers:
            is_right = answer in right
            if self.foreign.is_single and answer.weight not in (0, FULL):
                self.say(
                    answer.text.line, f"the weight {_per_cent(answer.weight)} is not carried: the answer is wrong here"
                )
            yield DraftedOption(self.marked(answer.text), "x" if is_right else " ", self.marked(answer.feedback))

    def is_right(self, answer: Answer) -> bool:
        return answer.weight >= FULL if self.foreign.is_single else answer.weight > 0

    def judge_weights(self, answers: tuple[Answer, ...]) -> None:
        """Say so when answers of a choice of several count otherwise here than there."""
        gains = [answer.weight for answer in answers if answer.weight > 0]
        losses = [-answer.weight for answer in answers if answer.weight <= 0]
        shares = _shares(gains) and (_shares(losses) or (len(gains) == 1 and not any(losses)))
        if gains and not shares:
            here = f"each of the {len(gains)} right answers counts 1/{len(gains)}"
            here += f", and each of the {len(losses)} wrong ones takes off 1/{len(losses)}" if losses else ""
            self.say(self.foreign.line, f"the weights are not carried: here {here}")

    def accepted(self) -> Iterable[DraftedOption]:
        options: list[DraftedOption] = []
        seen: set[str] = set()
        for answer in self.foreign.answers:
            line, text = answer.text.line, plain_of(answer.text)
            bare = text.replace(r"\*", "")
            if "*" in bare:
                what = "what is said to any other answer" if text == "*" else f"the pattern “{text}”"
                self.say(line, f"{what} is not carried: there are no patterns here, so write each answer down")
                continue
            text = _typed(text.replace(r"\*", "*"))
            if len(text) > LONGEST_TEXT:
                raise NotCarried(f"its answer on line {line} has more than {LONGEST_TEXT} characters")
            if folded(text) in seen:
                self.say(line, f"the answer “{text}” is that of an earlier line: case and spacing do not count here")
                continue
            seen.add(folded(text))
            options.append(DraftedOption(text, self.typed_mark(answer, "="), self.marked(answer.feedback)))
        return self.with_a_right_one(options, "=")

    def typed_mark(self, answer: Answer, right: str) -> str:
        if 0 < answer.weight < FULL:
            self.say(
                answer.text.line, f"the weight {_per_cent(answer.weight)} is not carried: the answer is wrong here"
            )
        return right if answer.weight >= FULL else " "

    def numbers(self) -> Iterable[DraftedOption]:
        options: list[DraftedOption] = []
        right: list[Interval] = []
        for answer in sorted(self.foreign.answers, key=lambda answer: answer.weight < FULL):
            line, text = answer.text.line, plain_of(answer.text)
            if text == "*":
                self.say(line, "what is said to any other number is not carried")
                continue
            try:
                interval = interval_of(text)
            except NoInterval as reason:
                raise NotCarried(f"its answer on line {line} is no number: {reason}") from None
            is_right = answer.weight >= FULL
            if any(other.holds(interval.middle) for other in right) and not is_right:
                self.say(
                    line,
                    f"the answer {text[:40]} is dropped: it lies within a right one, and has no partial worth here",
                )
                continue
            written = str(interval)
            if any(option.text == written for option in options):
                self.say(line, f"the answer {text[:40]} stands there twice")
                continue
            right += [interval] if is_right else []
            options.append(DraftedOption(written, self.typed_mark(answer, "~"), self.marked(answer.feedback)))
        return self.with_a_right_one(options, "~")

    def with_a_right_one(self, options: list[DraftedOption], mark: str) -> list[DraftedOption]:
        """The same, with a right one first, which is how a reader finds it."""
        if not any(option.mark == mark for option in options):
            raise NotCarried("no answer that can be carried is right")
        return sorted(options, key=lambda option: option.mark != mark)

    def steps(self) -> Iterable[DraftedOption]:
        """Pairs of a step and its place, which is an order. Any other matching has no form here."""
        answers = self.foreign.answers
        places = [answer.match.strip() for answer in answers]
        if sorted(places) != sorted(str(place) for place in range(1, len(answers) + 1)) or len(answers) < FEWEST_STEPS:
            pairs = "; ".join(f"{plain_of(answer.text)[:60]} → {answer.match[:60]}" for answer in answers[:MOST])
            raise NotCarried(f"it is a matching, which has no form here ({pairs})")
        return [
            DraftedOption(self.marked(answer.text), place, "")
            for place, answer in sorted(zip(places, answers, strict=True), key=lambda pair: int(pair[0]))
        ]


def _first_sentence(text: str) -> tuple[str, str]:
    """The first paragraph of a text in one line, and the rest. Empty when the text begins with something else."""
    rows = text.split("\n")
    if BLOCK.match(rows[0]):
        return "", text
    over = next((at for at, row in enumerate(rows) if at and (not row.strip() or BELOW.match(row.lstrip()))), len(rows))
    first = " ".join(row.strip() for row in rows[:over])
    return re.sub(r"^(?:#{1,6}[ \t]+)+", "", first), "\n".join(rows[over:]).strip("\n")


def _shares(weights: list[Fraction]) -> bool:
    """Whether each weight is the same share of 100 %, as far as Moodle's decimals say it. Of none it is true."""
    return all(abs(weight - FULL / len(weights)) < Fraction(1, 1000) for weight in weights)


def _per_cent(weight: Fraction) -> str:
    return f"{float(weight):g} %"


def _typed(text: str) -> str:
    """An answer without backticks around it, which do not count."""
    while len(text) <= LONGEST_TEXT and (bare := " ".join(plain(text).split())) != text:
        text = bare
    return text
