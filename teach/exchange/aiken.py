"""Reads Aiken, Moodle's simplest format: a question, options like "A. text" or "A)text", and "ANSWER: A".

The format is described at https://docs.moodle.org/en/Aiken_format. As in Moodle's own reader, a space behind the letter
is not needed; unlike there, a question may have several lines, letters may be small, and "Answer : B) text" names an
option too. Nothing is raised: problems have their line.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from string import ascii_uppercase

from lessons.scanning import Problem
from quiz.foreign import MOST_PARTS, Answer, Foreign, Piece
from teach.exchange.inlines import are_statements

OPTION = re.compile(r"^(?P<letter>[A-Za-z])[.)](?P<space>[ \t]*+)(?P<text>.*)$")
ANSWER = re.compile(r"^[ \t]*ANSWER[ \t]*:(?P<said>.*)$", re.IGNORECASE | re.MULTILINE)
ONE_LETTER = re.compile(r"^\(?(?P<letter>[A-Za-z])(?:[.):].*)?$")
LETTERS = re.compile(
    r"^\(?[A-Za-z](?:(?:[ \t]*[,;/&+][ \t]*|[ \t]+(?:and|or|und|et|y)[ \t]+|[ \t]+)\(?[A-Za-z]\b[.)]?)+$"
)
# What people write for an option, and is none. The letter may be one of another script, which looks like A.
LIKE_OPTION = re.compile(r"\(?\w[ \t]?[).:\-\u2013\u2014\]][ \t]?+\S|[0-9]{2}[.)]")
HOW = "options are written “A. text” or “A) text”, each on a line of its own"
# Lines that other programs add to a question. Aiken has no place for them.
NAMES = {
    *("feedback", "correct feedback", "general feedback", "explanation", "answer explanation", "answer feedback"),
    *("rationale", "hint", "score", "point", "points", "weight", "difficulty", "tag", "tags", "category", "topic"),
    *("reference", "references"),
}
CHAPTER = re.compile(
    r"^(?:chapter|section|part|unit|lesson|module|topic|week|quiz|test|exam|kapitel|teil|abschnitt|lektion|chapitre"
    r"|partie|cap[ií]tulo|tema|unidad|глава|раздел|тема)[ \t]+(?:[0-9]+|[IVXLC]+)\b",
    re.IGNORECASE,
)
RULE = re.compile(r"([-=_*#~.])\1{2,200}$")
ENDS = (".", "?", "!", ":", ",", ";", "…")  # what ends a sentence, or goes on
LONGEST_HEADING = 80  # characters

Row = tuple[int, str]  # the number of a line, and what it says


def read(text: str) -> tuple[list[Foreign], list[Problem]]:
    """Every question of a file, and what is wrong with the others."""
    reader = _Reader()
    for number, row in enumerate(text.split("\n"), 1):
        if len(reader.questions) + len(reader.problems) >= MOST_PARTS:
            reader.say(number, f"only {MOST_PARTS:,} questions of a file are read", warning=False)
            break
        reader.read(number, row.rstrip())
    reader.end()
    return reader.questions, reader.problems


@dataclass
class _Reader:
    """A reader of one file, and the question that is not over yet.

    `asked` are the paragraphs above the options, and `stray` the lines below the last one of which it is not known yet
    what they are: the end of that option, or the beginning of another question.
    """

    questions: list[Foreign] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asked: list[list[Row]] = field(default_factory=list)
    options: dict[str, Piece] = field(default_factory=dict)
    stray: list[list[Row]] = field(default_factory=list)
    after_blank: bool = True
    named: int = 0  # the line above, if it was one with a name

    def read(self, number: int, row: str) -> None:
        bare = row.strip()
        if not bare:
            self.after_blank = True
            return
        if found := ANSWER.match(bare):
            self.answer(number, found["said"].strip())
        elif name := _name_in(bare):
            self.say(number, f"the line “{name}: …” is not carried: Aiken has none of that name")
            self.named = number
        elif (found := OPTION.match(bare)) and self.is_option(found):
            self.option(number, found["letter"].upper(), found["text"].strip())
        else:
            self.text(number, row)
        self.after_blank = False

    def is_option(self, found: re.Match[str]) -> bool:
        """Whether a line is an option, and no sentence that begins with a letter, like "I. Newton" or "e.g."."""
        letter = found["letter"].upper()
        if not self.options:
            return bool(self.asked) and letter == "A"
        expected = ascii_uppercase[len(self.options) :][:1]
        has_space = bool(found["space"]) or not found["text"]
        return letter in (expected, "A") or (has_space and found["letter"].isupper())

    def option(self, number: int, letter: str, text: str) -> None:
        if letter == "A" and self.options and self.stray:
            above = self.stray
            self.stray = []
            self.end()
            self.asked = above
        if letter in self.options:
            self.say(number, f"there is a second option {letter}, which is left out")
            return
        self.place_stray()
        self.options[letter] = Piece(number, text, "plain")

    def text(self, number: int, row: str) -> None:
        paragraphs = self.stray if self.options else self.asked
        if self.after_blank or not paragraphs or paragraphs[-1][-1][0] != number - 1:
            paragraphs.append([])
        paragraphs[-1].append((number, row))

    def place_stray(self) -> None:
        """Put lines below an option where they belong, now that another option or the answer follows."""
        for paragraph in self.stray:
            letter, option = next(reversed(self.options.items()))
            if paragraph[0][0] == option.line + option.text.count("\n") + 1:
                self.doubt(paragraph)
                more = "\n".join(row.strip() for _, row in paragraph)
                self.options[letter] = Piece(option.line, f"{option.text}\n{more}", "plain")
                self.say(paragraph[0][0], f"this is read as the end of option {letter}")
            else:
                self.leave_out(paragraph)
        self.stray = []

    def doubt(self, paragraph: list[Row]) -> None:
        """Say so when a line that is read as the end of an option looks like the next one."""
        expected = ascii_uppercase[len(self.options) :][:1]
        for number, row in paragraph:
            first = row.strip().lstrip("(")[:1]
            if LIKE_OPTION.match(row.strip()) and (first.upper() == expected or not first.isascii()):
                self.say(number, f"the line “{row.strip()[:40]}” is no option: {HOW}{_other_letter(row)}")

    def answer(self, number: int, said: str) -> None:
        one = ONE_LETTER.match(said)
        letter = one["letter"].upper() if one else ""
        self.place_stray()
        asked = self.question_text() if self.options else ""
        if not asked:
            self.answer_to_nothing(number)
        elif LETTERS.match(said) or (said.isupper() and len(said) > 1 and set(said) <= set(self.options)):
            message = f"it has several right answers ({said[:20]}), and in Aiken one is right: the question is left out"
            self.say(number, message, warning=False)
        elif letter not in self.options:
            message = f"the answer “{said[:20]}” is none of {', '.join(self.options)}: the question is left out"
            self.say(number, message + _other_letter(said), warning=False)
        else:
            answers = (Answer(piece, Fraction(100 * (name == letter))) for name, piece in self.options.items())
            line = self.asked[0][0][0]
            self.questions.append(Foreign(line, "choice", "", Piece(line, asked, "plain"), tuple(answers)))
        self.asked, self.options = [], {}

    def question_text(self) -> str:
        """The paragraphs above the options, without what is no part of the question. That is said."""
        *above, last = self.asked
        kept = []
        for paragraph, below in zip(above, self.asked[1:], strict=True):
            leads_to_words = not are_statements([row for _, row in below])  # what leads to a program is the question
            if (leads_to_words and _is_heading(paragraph)) or (self.named and paragraph[0][0] - 1 == self.named):
                self.leave_out(paragraph)
            else:
                kept.append(paragraph)
        while len(last) > 1 and _is_title(last[0][1]):
            self.leave_out([last.pop(0)])
        self.asked = [*kept, last]
        return "\n\n".join("\n".join(row for _, row in paragraph) for paragraph in self.asked).strip()

    def answer_to_nothing(self, number: int) -> None:
        """Say what of the lines above an answer was meant as a question, and how it is written."""
        if self.is_without_options():
            return
        for paragraph in self.asked:
            self.leave_out(paragraph)
        message = "an ANSWER belongs to the question and the options above it, and there are none: left out"
        self.say(number, message, warning=False)

    def is_without_options(self) -> bool:
        """Say so of a question whose lines were meant as options."""
        rows = [row for paragraph in self.asked for row in paragraph]
        found = next((row for row in rows if LIKE_OPTION.match(row[1].strip())), None)
        if not found:
            return False
        self.say(rows[0][0], "the question has no options, and is left out", warning=False)
        self.say(found[0], f"the line “{found[1].strip()[:40]}” is no option: {HOW}{_other_letter(found[1])}")
        return True

    def leave_out(self, paragraph: list[Row]) -> None:
        for number, row in paragraph:
            self.say(number, f"the line “{row.strip()[:40]}” belongs to no question, and is not carried")

    def end(self) -> None:
        """A question is over without its answer."""
        if self.asked and self.options:
            self.question_text()
            self.say(self.asked[0][0][0], "the question has no line ANSWER: and is left out", warning=False)
        elif self.asked and not self.is_without_options():
            self.say(self.asked[0][0][0], "the question has no options, and is left out", warning=False)
        for paragraph in self.stray:
            self.leave_out(paragraph)
        self.asked, self.options, self.stray = [], {}, []

    def say(self, line: int, message: str, *, warning: bool = True) -> None:
        self.problems.append(Problem(line, 1, message, warning))


def _name_in(row: str) -> str:
    """The name with which a line begins, if it is one that says something about a question."""
    name, colon, _ = row.partition(":")
    name = name.strip()
    is_made_up = "_" in name and name.isupper() and name.replace("_", "").isalnum()
    return name if colon and (is_made_up or name.lower().replace("_", " ").replace("-", " ") in NAMES) else ""


def _other_letter(text: str) -> str:
    """What is to be said of a letter that looks like one of ours, and is of another script."""
    first = text.strip().lstrip("(")[:1]
    if first.isascii() or not first.isalpha():
        return ""
    script = unicodedata.name(first, "?").split()[0].title()
    return f" (“{first}” is a {script} letter, and letters from A to Z are asked for)"


def _is_title(row: str) -> bool:
    """Whether a line is surely no part of a question, also right above it: a chapter's title, or a rule."""
    found = CHAPTER.match(row.strip())
    if found:
        name = row.strip()[found.end() :]
        return not name.strip(" \t.:-") or not name.endswith(ENDS)
    return bool(RULE.match(row.strip()))


def _is_heading(paragraph: list[Row]) -> bool:
    """Whether what stands apart above a question is a heading, and no sentence of it."""
    rows = [row.strip() for _, row in paragraph if any(char.isalnum() for char in row)]
    if all(map(_is_title, rows)):
        return True
    most = 2 if CHAPTER.match(rows[0]) else 1
    is_short = len(rows) <= most and len(rows[-1]) <= LONGEST_HEADING
    return is_short and not rows[-1].endswith(ENDS) and not are_statements(rows)
