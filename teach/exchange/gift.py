r"""Reads GIFT, the format in which Moodle exchanges questions as text, as Moodle itself reads it.

The reader is our own: of the two on PyPI, pygiftparser 1.1 knows no lists of numbers, and pygiftparserrgmf 0.0.5 is an
unmaintained grammar. The format is described at https://docs.moodle.org/en/GIFT_format.

Every character is looked at a bounded number of times, whatever a file holds, and nothing is raised: a file gives
questions, and problems by line. Its text comes cut into blocks (teach/exchange/blocks.py), in which every mark is one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from lessons.scanning import Problem
from quiz.foreign import BLANK, BREAK, MOST_PARTS, Answer, Foreign, ForeignKind, Format, Piece
from teach.exchange.blocks import Block, blocks, restored

# Line ends may stand before a weight, and comments, which are empty lines here: Moodle trims them away.
WEIGHT = re.compile(r"[ \t\n]*+%(?P<weight>-?[0-9]{1,3}(?:\.[0-9]{0,10})?)%")
NO_WEIGHT = re.compile(r"%[ \t]?[-+\u2212]?[ \t]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})[ \t]?%")
CATEGORY = "$CATEGORY:"
FULL = Fraction(100)  # per cent
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")
# What begins an answer that is embedded in a text, which Moodle calls Cloze: its worth, and the name of its kind.
EMBEDDED = re.compile(
    r"[0-9]{0,3}:(?:SHORTANSWER(?:_C)?|SAC?|MWC?|NUMERICAL|NM|REGEXP(?:_C)?|RXC?"
    r"|MULTICHOICE(?:_H|_V|_S|_HS|_VS)?|MC(?:H|V|S|HS|VS)?|MULTIRESPONSE(?:_H|_S|_HS)?|MR(?:H|S|HS)?):"
)


def read(text: str) -> tuple[list[Foreign], list[Problem]]:
    """Every question of a file, and what is wrong or has no place in a question."""
    questions: list[Foreign] = []
    problems: list[Problem] = []
    for number, block in enumerate(blocks(text, problems)):
        if number == MOST_PARTS:
            problems.append(
                Problem(block.first, 1, f"only {MOST_PARTS:,} parts of a file are read, and this is one more")
            )
            break
        found = _Reader(block, problems).question()
        if found:
            questions.append(found)
    return questions, problems


@dataclass
class _Reader:
    """A reader of one block."""

    block: Block
    problems: list[Problem]
    is_left_out: bool = False

    def say(self, place: int, message: str, *, warning: bool = False) -> None:
        before = self.block.text.rfind("\n", 0, place) + 1
        self.problems.append(Problem(self.block.line(place), place - before + 1, message, warning))

    def question(self) -> Foreign | None:
        start, end = self.block.trimmed(0, len(self.block.text))
        start = self.after_category(start, end)
        if start == end:
            return None
        line = self.block.line(start)
        title, start = self.title(start, end)
        text = self.block.text
        opened, closed = text.find("{", start, end), text.find("}", start, end)
        if opened >= 0 and EMBEDDED.match(text, *self.block.trimmed(opened + 1, end)):
            self.say(opened, "the question is left out: its answers are embedded in the text (Cloze)")
            return None
        if opened < 0 and closed < 0:
            return Foreign(line, "description", title, self.block.piece(start, end, "moodle"))
        if opened < 0 or not opened < closed:
            self.say(
                max(opened, closed, start), "the answers are to stand between { and }, without an empty line: left out"
            )
            return None
        if (more := next((place for place in (text.find(mark, closed + 1, end) for mark in "{}") if place > 0), 0)) > 0:
            self.say(more, "a second brace: is an empty line missing between two questions? Both are left out")
            return None
        asked = self.asked(start, opened, closed, end)
        self.judge_true(*self.block.trimmed(opened + 1, closed))
        return self.answered(line, title, asked, *self.block.trimmed(opened + 1, closed))

    def after_category(self, start: int, end: int) -> int:
        text = self.block.text
        while text.startswith(CATEGORY, start, end):
            over = text.find("\n", start, end)
            over = end if over < 0 else over
            name = restored(text[start + len(CATEGORY) : over])
            self.say(start, f"the category “{name}” is not carried: a lesson has one quiz", warning=True)
            start = self.block.trimmed(over, end)[0]
        return start

    def title(self, start: int, end: int) -> tuple[str, int]:
        if not self.block.text.startswith("::", start, end):
            return "", start
        over = self.block.text.find("::", start + 2, end)
        if over < 0:
            self.say(start, "the title is never closed with ::, so it is read as text", warning=True)
            return "", start
        return " ".join(restored(self.block.text[start + 2 : over]).replace(BREAK, " ").split()), over + 2

    def asked(self, start: int, opened: int, closed: int, end: int) -> Piece:
        """The question's text, with a blank where answers stand in the middle of it."""
        whole = self.block.piece(start, opened, "moodle")
        after = self.block.text[closed + 1 : end]
        if not after.strip():
            return whole
        before = self.block.text[start:opened]
        around = (before[len(before.rstrip()) :], after[: len(after) - len(after.lstrip())])
        lead, trail = ("\n" if "\n" in space else " " if space else "" for space in around)
        return Piece(whole.line, f"{whole.text}{lead}{BLANK}{trail}{restored(after)}", whole.format)

    def answered(self, line: int, title: str, asked: Piece, start: int, end: int) -> Foreign | None:
        text = self.block.text
        general = None
        separated = text.rfind("####", start, end)
        if separated >= 0:
            general = self.block.piece(separated + 4, end, asked.format)
            start, end = self.block.trimmed(start, separated)
        kind = self.kind(start, end)
        answers, is_single = self.answers(kind, start, end, asked.format)
        answers = tuple(answers)
        if self.is_left_out:
            return None
        return Foreign(line, kind, title, asked, answers, general, is_single)

    def kind(self, start: int, end: int) -> ForeignKind:
        text = self.block.text
        if start == end:
            return "essay"
        if text[start] == "#":
            return "number"
        if text.find("~", start, end) >= 0:
            return "choice"
        if text.find("=", start, end) >= 0 and text.find("->", start, end) >= 0:
            return "matching"
        over = text.find("#", start, end)
        said = text[start : over if over >= 0 else end].strip()
        return "true or false" if said in (*TRUE, *FALSE) else "text"

    def judge_true(self, start: int, end: int) -> None:
        """Say so when {True} was written, which Moodle takes for a text that is to be typed."""
        over = self.block.text.find("#", start, end)
        said = self.block.text[start : over if over >= 0 else end].strip()
        if said.upper() in (*TRUE, *FALSE) and said not in (*TRUE, *FALSE):
            message = (
                f"“{said}” is an answer that is typed, as Moodle reads it: true or false is written {{{said.upper()}}}"
            )
            self.say(start, message, warning=True)

    def answers(self, kind: ForeignKind, start: int, end: int, default: Format) -> tuple[Iterable[Answer], bool]:
        if kind == "choice":
            parts = list(self.parts(start, end, "~="))
            is_single = any(mark == "=" for mark, _, _ in parts)
            return [self.chosen(mark, begin, over, default) for mark, begin, over in parts], is_single
        if kind == "text":
            return [self.answer(True, begin, over, default) for _, begin, over in self.parts(start, end, "=")], True
        if kind == "number":
            return self.numbers(start + 1, end, default), True
        if kind == "matching":
            return [self.pair(begin, over, default) for _, begin, over in self.parts(start, end, "=")], True
        return (self.true_or_false(start, end, default) if kind == "true or false" else []), True

    def parts(self, start: int, end: int, marks: str) -> Iterator[tuple[str, int, int]]:
        """The parts that begin with one of the marks, each as (mark, from, to). What stands before them is one too."""
        found = [place for place in range(start, end) if self.block.text[place] in marks]
        if self.block.text[start : found[0] if found else end].strip():
            yield "", start, found[0] if found else end
        for place, over in pairwise([*found, end]):
            yield self.block.text[place], place + 1, over

    def chosen(self, mark: str, start: int, end: int, default: Format) -> Answer:
        """An answer of a choice. As in Moodle, one before any mark is wrong, and one with = is right."""
        found = WEIGHT.match(self.block.text, start, end)
        if mark == "=" and found:
            place = self.block.trimmed(start, end)[0]
            weight = f"the weight %{found['weight']}% behind ="
            if Fraction(found["weight"]) == FULL:
                self.say(place, f"{weight} is dropped: in a choice, what = marks is right without it", warning=True)
            else:
                message = (
                    f"{weight} is none to Moodle, which takes the answer as right: write = alone, or ~ and the weight"
                )
                self.say(place, f"the question is left out: {message}")
                self.is_left_out = True
        answer = self.answer(mark == "=", start, end, default)
        if not mark and not found:
            what = f"“{answer.text.text[:40]}”" if answer.text.text else "what is said"
            message = f"{what} stands before the first = or ~, so it is a wrong answer, as Moodle reads it"
            self.say(self.block.trimmed(start, end)[0], message, warning=True)
        return answer

    def answer(self, is_right: bool, start: int, end: int, default: Format) -> Answer:  # noqa: FBT001 - one of two marks
        weight = Fraction(100 if is_right else 0)
        if found := WEIGHT.match(self.block.text, start, end):
            weight, start = Fraction(found["weight"]), found.end()
        elif found := NO_WEIGHT.match(self.block.text, *self.block.trimmed(start, end)):
            number = re.sub(r"[% \t+]", "", found[0]).replace(",", ".").replace("\u2212", "-")
            number = re.sub(r"^(-?)\.", r"\g<1>0.", number)
            message = f"“{found[0]}” is no weight, and stays as text, as Moodle reads it: write %{number}%"
            self.say(found.start(), message, warning=True)
        over = self.block.text.find("#", start, end)
        feedback = self.block.piece(over + 1, end, default) if over >= 0 else None
        return Answer(self.block.piece(start, over if over >= 0 else end, default), weight, feedback)

    def numbers(self, start: int, end: int, default: Format) -> Iterator[Answer]:
        wrong = self.block.text.find("~", start, end)
        for _, begin, over in self.parts(start, wrong if wrong >= 0 else end, "="):
            yield self.answer(True, begin, over, default)
        if wrong >= 0:
            said = self.answer(False, wrong + 1, end, default)
            yield Answer(Piece(said.text.line, "*"), Fraction(0), said.feedback)

    def pair(self, start: int, end: int, default: Format) -> Answer:
        arrow = self.block.text.find("->", start, end)
        if arrow < 0:
            return Answer(self.block.piece(start, end, default))
        match = restored(self.block.text[arrow + 2 : end])
        return Answer(self.block.piece(start, arrow, default), match=match)

    def true_or_false(self, start: int, end: int, default: Format) -> Iterator[Answer]:
        """The right one of the two first. What is said to the wrong one stands first in the file."""
        ends = [place for place in range(start, end) if self.block.text[place] == "#"][:2]
        is_true = self.block.text[start : ends[0] if ends else end].strip() in TRUE
        line = self.block.line(start)
        said = [self.block.piece(a + 1, b, default) for a, b in pairwise([*ends, end])]
        wrong, right = [*said, None, None][:2]
        yield Answer(Piece(line, "True" if is_true else "False", "plain"), Fraction(100), right)
        yield Answer(Piece(line, "False" if is_true else "True", "plain"), Fraction(0), wrong)
