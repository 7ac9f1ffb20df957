"""What learners predicted, and how it came out for those who then measured it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from charts.bars import Bar, bar_chart
from charts.scale import PER_CENT
from charts.shapes import Picture
from lessons.shown import words_in
from quiz.models import predictions_of
from quiz.predictions.reading import Prediction, Predictions
from stopwatch.measured import Board, Measured
from stopwatch.measurements import runs_for, standing
from teach.statistics import tables
from teach.statistics.choices import plainly
from teach.statistics.items import LEAST
from teach.statistics.tables import Cell, Column, Table

LATEST = 3000  # predictions, whose outcomes are looked up


@dataclass
class Predicted:
    """Predictions to one question as it is asked now.

    Attributes:
        chosen: how many learners predicted each outcome; the empty one stands for no prediction.
        earlier: how many answered an earlier version.
        came: among the latest, how many predicted the first outcome and measured the second one.
    """

    chosen: Counter[str] = field(default_factory=Counter)
    earlier: int = 0
    came: Counter[tuple[str, str]] = field(default_factory=Counter)


def predicted(asked: Predictions) -> dict[str, Predicted]:
    """What was predicted to each question of a lesson, late predictions left out. Three queries."""
    found = {prediction.id: Predicted() for prediction in asked.asked}
    counts = predictions_of(asked.lesson).values_list("question", "version", "chosen").annotate(n=Count("*"))
    for question, version, chosen, n in counts:
        prediction = asked.find(question)
        if prediction and version == prediction.question.version:
            found[question].chosen[chosen] += n
        elif prediction:
            found[question].earlier += n
    _look_up(asked, found)
    return found


def _look_up(asked: Predictions, found: Mapping[str, Predicted]) -> None:
    latest = (
        predictions_of(asked.lesson)
        .exclude(chosen="")
        .order_by("-pk")
        .values_list("learner_id", "question", "version", "chosen")[:LATEST]
    )
    there = [
        (learner, prediction, chosen)
        for learner, question, version, chosen in latest
        if (prediction := asked.find(question)) and version == prediction.question.version
    ]
    cases = {case for prediction in asked.asked for case in prediction.rule.cases}
    boards = _boards(asked.lesson, {learner for learner, _, _ in there}, cases)
    for learner, prediction, chosen in there:
        outcome = prediction.rule.judge(boards.get(learner, Board()))
        if outcome is not None:
            found[prediction.id].came[chosen, outcome] += 1


def _boards(lesson: str, learners: Collection[UUID], cases: Collection[str]) -> dict[UUID, Board]:
    """What each learner measured last, as their own page of the lesson shows it. One query."""
    runs = runs_for(lesson, cases).filter(learner_id__in=learners).order_by("began", "pk")
    latest: defaultdict[UUID, dict[str, Measured]] = defaultdict(dict)
    for case, learner, seconds, figures in standing(runs, "learner_id", "seconds", "figures"):
        latest[learner][case] = Measured(case, seconds, figures)
    return {learner: Board(measured) for learner, measured in latest.items()}


def predicted_table(prediction: Prediction, found: Predicted) -> Table:
    """One row an outcome that could be predicted: by how many, and how it came out for those of the latest."""
    outcomes = [option.key for option in prediction.question.options]
    words = {option.key: plainly(option) for option in prediction.question.options}
    columns = (
        Column("Predicted"),
        Column("Learners", is_number=True),
        Column("Share", is_number=True),
        Column("Measured it", is_number=True),
        *(Column(f"Came out: {words[outcome]}", is_number=True) for outcome in outcomes),
    )
    n = sum(found.chosen[outcome] for outcome in outcomes)
    silent, earlier = found.chosen[""], found.earlier
    note = f"n = {n:,} predicted; {silent:,} made no prediction; {earlier:,} answered an earlier version."
    if n < LEAST:
        note = f"n = {n}: shown from {LEAST} on."
        outcomes = []
    rows = [_row(words[outcome], outcome, [*words], n, found) for outcome in outcomes]
    return Table(f"predicted-{prediction.id}", words_in(prediction.question.text_html), columns, rows, note)


def predicted_picture(prediction: Prediction, found: Predicted) -> Picture | None:
    """How many predicted each outcome, as shares of those who predicted."""
    counts = [(option, found.chosen[option.key]) for option in prediction.question.options]
    n = sum(count for _, count in counts)
    if n < LEAST:
        return None
    bars = [
        Bar(plainly(option), f"{100 * count / n:.0f} %", f"{count:,} of {n:,} learners", count / n)
        for option, count in counts
    ]
    return bar_chart(
        f"predicted-{prediction.id}", f"Predicted: {words_in(prediction.question.text_html)}", bars, PER_CENT
    )


def _row(words: str, predicted: str, outcomes: list[str], n: int, found: Predicted) -> tuple[Cell, ...]:
    measured = [found.came[predicted, outcome] for outcome in outcomes]
    total = sum(measured)
    few = tables.withheld(f"from {LEAST} on" if total else "")
    return (
        tables.text(words),
        tables.number(found.chosen[predicted]),
        tables.share(found.chosen[predicted], n),
        tables.number(total),
        *(tables.number(count) if total >= LEAST else few for count in measured),
    )
