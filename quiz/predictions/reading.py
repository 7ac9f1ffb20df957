"""From the text of a predictions.md to the predictions that are asked: questions whose answer the reader measures.

Each is followed by its reason: a single choice, asked once the outcome is known, with one try.
"""

from dataclasses import dataclass

from lessons import front_matter
from lessons.prose import ProseRenderer
from lessons.registry import ContentKind, Files
from lessons.scanning import Problem
from quiz.advice import advice
from quiz.checking import problems_of_predictions
from quiz.parsing import PREDICTIONS_GRAMMAR, parse
from quiz.questions import Option, Question
from quiz.reading import QUIZ, problems_as_shown, rendered
from stopwatch.registry import OutcomeRule, rules


@dataclass(frozen=True)
class Prediction:
    """A prediction and its reason.

    The options of `question` stand in the order of the file, as outcomes have one of their own. The key of each is the
    outcome that it stands for, and none is right: what is right is measured, and `rule` tells which.
    """

    question: Question
    rule: OutcomeRule
    reason: Question

    @property
    def id(self) -> str:
        """The id of the question, on which the statistics hang."""
        return self.question.id

    def option(self, outcome: str) -> Option | None:
        """The option that stands for an outcome; None for one that is not offered (any more)."""
        return next((option for option in self.question.options if option.key == outcome), None)


@dataclass(frozen=True)
class Predictions:
    """The predictions of a lesson, in order."""

    lesson: str
    asked: tuple[Prediction, ...]

    def find(self, question_id: str) -> Prediction | None:
        """The prediction with that id, or None."""
        return next((prediction for prediction in self.asked if prediction.id == question_id), None)


def read(text: str, lesson: str) -> tuple[Predictions, list[Problem]]:
    """Read a predictions.md.

    Returns:
        the predictions, and every problem by line and column. Beside an error there are none.
    """
    front, problems = front_matter.read(text, {})
    written, parse_problems = parse(front.body, front.body_line, PREDICTIONS_GRAMMAR)
    problems += [*parse_problems, *problems_of_predictions(written)]
    if any(not problem.warning for problem in problems):
        return Predictions(lesson, ()), problems
    prose = ProseRenderer()
    made = [
        rendered(question, prose, keys=() if place % 2 else tuple(option.outcome for option in question.options))
        for place, question in enumerate(written)
    ]
    problems += problems_as_shown(written, made, prose, front)
    if any(not problem.warning for problem in problems):
        return Predictions(lesson, ()), problems
    problems += advice(written[1::2])
    asked = zip(written[::2], made[::2], made[1::2], strict=True)
    return Predictions(
        lesson, tuple(Prediction(made, rules[of.measured], reason) for of, made, reason in asked)
    ), problems


def ids_of_questions(files: Files) -> list[tuple[str, Problem]]:
    """The predictions and reasons that have the id of a question of the quiz, by their file.

    Statistics name a question by its lesson and its id, so one id would stand for two questions.
    """
    quiz, predictions = QUIZ.of(files), PREDICTIONS.of(files)
    if quiz is None or predictions is None:
        return []
    lines = {question.id: question.line for question in quiz.questions}
    return [
        (
            PREDICTIONS.filename,
            Problem(question.line, 1, f"the id “{question.id}” is that of line {line} of quiz.md, too", warning=True),
        )
        for prediction in predictions.asked
        for question in (prediction.question, prediction.reason)
        if (line := lines.get(question.id))
    ]


PREDICTIONS = ContentKind(
    "predictions.md",
    "Predictions",
    read,
    preview="/// predict | Before you run it: what will happen?\n///\n\n/// outcomes\n///",
)
