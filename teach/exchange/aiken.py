"""Reads Aiken, Moodle's simplest format: a question, options like "A. text" or "A) text", and "ANSWER: A".

The format is described at https://docs.moodle.org/en/Aiken_format. Nothing is raised: problems have their line.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from lessons.scanning import Problem
from quiz.foreign import MOST_PARTS, Answer, Foreign, Piece

OPTION = re.compile(r"^(?P<letter>[A-Z])[.)](?:[ \t]++(?P<text>.*))?$")
ANSWER = re.compile(r"^ANSWER:[ \t]*+(?P<letter>.*)$")
ANY_ANSWER = re.compile(r"^[ \t]*ANSWER:[ \t]*[A-Z][ \t]*$", re.MULTILINE)


def is_aiken(text: str) -> bool:
    """Whether a text looks like Aiken rather than GIFT."""
    return "{" not in text and bool(ANY_ANSWER.search(text))


def read(text: str) -> tuple[list[Foreign], list[Problem]]:
    """Every question of a file, and what is wrong with the others."""
    reader = _Reader()
    for number, row in enumerate(text.split("\n"), 1):
        if len(reader.questions) + len(reader.problems) >= MOST_PARTS:
            reader.say(number, f"only {MOST_PARTS:,} questions of a file are read")
            break
        reader.read(number, row.strip())
    reader.end()
    return reader.questions, reader.problems


@dataclass
class _Reader:
    """A reader of one file, and the question that is not over yet."""

    questions: list[Foreign] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    line: int = 0
    text: list[str] = field(default_factory=list)
    options: dict[str, Piece] = field(default_factory=dict)

    def read(self, number: int, row: str) -> None:
        if not row:
            return
        if found := ANSWER.match(row):
            self.answer(number, found["letter"].strip())
        elif self.text and (found := OPTION.match(row)):
            if found["letter"] in self.options:
                self.say(number, f"there is a second option {found['letter']}, which is left out")
            self.options.setdefault(found["letter"], Piece(number, found["text"] or "", "plain"))
        else:
            if self.options:
                self.end()
            self.line = self.line or number
            self.text.append(row)

    def answer(self, number: int, letter: str) -> None:
        if not self.text or not self.options:
            self.say(number, "an ANSWER belongs to the question and the options above it, and there are none: left out")
        elif letter not in self.options:
            self.say(
                number, f"the answer “{letter[:20]}” is none of {', '.join(self.options)}: the question is left out"
            )
        else:
            answers = (Answer(piece, Fraction(100 * (name == letter))) for name, piece in self.options.items())
            self.questions.append(
                Foreign(self.line, "choice", "", Piece(self.line, "\n".join(self.text), "plain"), tuple(answers))
            )
        self.line, self.text, self.options = 0, [], {}

    def end(self) -> None:
        """A question is over without its answer."""
        if self.text:
            self.say(self.line, "the question has no line ANSWER: and is left out")
        self.line, self.text, self.options = 0, [], {}

    def say(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, 1, message))
