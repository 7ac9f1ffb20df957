"""Takes predictions before the run, and reasons after it, and records each. Knows neither HTTP nor templates.

A prediction may be changed until its learner has measured all the cases that decide it, or has given its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from learners.models import lock_learner
from quiz import models
from quiz.form_tokens import version_token
from quiz.predictions.reading import Prediction, Predictions
from quiz.questions import Option, Question
from stopwatch.measurements import runs_of


class Refusal(Enum):
    """A reason why a prediction, or its reason, was not recorded, in words for the learner."""

    RUN = "You have run it already, so this would be no prediction. What you said before stands."
    REASONED = "You have seen how it came out, so this would be no prediction. What you said before stands."
    CHANGED = "This question has changed since you opened it. Here it is as it is now."
    GONE = "This question is no longer asked."
    NO_SUCH_OPTION = "That option does not exist. Choose one of these."
    NOTHING_CHOSEN = "Choose an answer first, or skip."
    ALREADY = "You had already given a reason; your first one counts."


CONFLICTS = (Refusal.RUN, Refusal.REASONED, Refusal.CHANGED, Refusal.GONE, Refusal.ALREADY)


class NotRecorded(Exception):
    """A prediction or a reason that does not count."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class SubmittedChoice:
    """A choice that a form makes at one question, as it was shown there. `position` counts from 1; 0 is nonsense."""

    question: str
    form_token: str
    position: int


@dataclass(frozen=True)
class PredictionState:
    """The state of one prediction for one learner.

    `began` is when they had begun to measure all that decides it: the latest of the first runs of its cases. None while
    they have not measured all of them.
    """

    prediction: Prediction
    row: models.Prediction | None = None
    began: datetime | None = None

    @property
    def closed(self) -> Refusal | None:
        """Why it cannot be made or changed any more; None while it can."""
        if self.began is not None:
            return Refusal.RUN
        return Refusal.REASONED if self.row and self.row.reason else None

    @property
    def is_skipped(self) -> bool:
        """Whether they said that they skip it."""
        row = self.row
        # A row may also have been made without a word of theirs: when they ran it, or gave the reason.
        is_made_by_run = row is not None and self.began is not None and row.changed > self.began
        return row is not None and not row.chosen and row.changed != row.reason_at and not is_made_by_run

    @property
    def chosen(self) -> Option | None:
        """The option that they chose, as it reads now. None also for one that is no longer offered."""
        return self.prediction.option(self.row.chosen) if self.row and self.row.chosen else None

    @property
    def reason(self) -> Option | None:
        """The reason that they gave, as it reads now."""
        given = self.row.reason if self.row else ""
        return next((option for option in self.prediction.reason.options if option.key == given), None)

    @property
    def has_changed(self) -> bool:
        """Whether the question is no longer what it was when they predicted."""
        row = self.row
        return row is not None and bool(row.chosen) and row.version != self.prediction.question.version


def nothing_predicted(predictions: Predictions) -> list[PredictionState]:
    """How a visitor stands. Asks no database."""
    return [PredictionState(prediction) for prediction in predictions.asked]


def unkept(predictions: Predictions, choices: Iterable[SubmittedChoice]) -> list[PredictionState]:
    """How a visitor stands by what their form says, where nothing of it is kept. Asks no database."""
    by_question = {state.prediction.id: state for state in nothing_predicted(predictions)}
    for choice in choices:
        outcome = _outcome(by_question.get(choice.question), choice)
        if not isinstance(outcome, Refusal):
            prediction = by_question[choice.question].prediction
            row = _row(predictions, prediction, chosen=outcome, changed=timezone.now())
            by_question[prediction.id] = PredictionState(prediction, row)
    return list(by_question.values())


def unkept_reason(predictions: Predictions, choice: SubmittedChoice) -> PredictionState:
    """The prediction whose reason a form gives, where nothing of it is kept.

    Raises:
        NotRecorded: it is none.
    """
    prediction, key = _reason(predictions, choice)
    return PredictionState(prediction, _row(predictions, prediction, reason=key))


def _row(predictions: Predictions, prediction: Prediction, **values: object) -> models.Prediction:
    version = prediction.question.version
    return models.Prediction(lesson=predictions.lesson, question=prediction.id, version=version, **values)


def states(predictions: Predictions, learner: UUID) -> list[PredictionState]:
    """How a learner stands with every prediction of a lesson."""
    rows = models.Prediction.objects.filter(learner_id=learner, lesson=predictions.lesson)
    by_question = {row.question: row for row in rows}
    began = _first_runs(predictions, learner)
    return [
        PredictionState(prediction, by_question.get(prediction.id), _decided_from(prediction, began))
        for prediction in predictions.asked
    ]


def keep(
    predictions: Predictions, learner: UUID, choices: Iterable[SubmittedChoice], *, skip_the_rest: bool = False
) -> dict[str, Refusal]:
    """Record what a form says, as far as it may be recorded: one that is refused costs no other.

    Args:
        predictions: as they are now.
        learner: who says it; is recorded with the first thing that is.
        choices: of each question at most one.
        skip_the_rest: whether every other question that nothing is known about is skipped.

    Returns:
        why what was not recorded was not, by the question's id.
    """
    refused: dict[str, Refusal] = {}
    with transaction.atomic():
        known = {state.prediction.id: state for state in states(predictions, learner)}
        chosen: dict[str, str] = {}
        for choice in choices:
            outcome = _outcome(known.get(choice.question), choice)
            if isinstance(outcome, Refusal):
                refused[choice.question] = outcome
            else:
                chosen[choice.question] = outcome
        if skip_the_rest:
            silent = (question for question, state in known.items() if not state.row and not state.closed)
            chosen = {**dict.fromkeys(silent, ""), **chosen}
        changed = {question: outcome for question, outcome in chosen.items() if _is_news(known[question], outcome)}
        if changed:
            lock_learner(learner)
        for question, outcome in changed.items():
            _write(predictions, known[question].prediction, learner, outcome)
    return refused


def _outcome(state: PredictionState | None, choice: SubmittedChoice) -> str | Refusal:
    """The outcome that was chosen, or why it cannot be."""
    if state is None:
        return Refusal.GONE
    outcome = _key_of(state.prediction.question, choice)
    if isinstance(outcome, Refusal) or not _is_news(state, outcome):
        return outcome
    return state.closed or outcome


def _key_of(question: Question, choice: SubmittedChoice) -> str | Refusal:
    """The key of the option that was chosen, or why there is none."""
    if choice.form_token != version_token(question):
        return Refusal.CHANGED
    if not 1 <= choice.position <= len(question.options):
        return Refusal.NO_SUCH_OPTION
    return question.options[choice.position - 1].key


def _is_news(state: PredictionState, outcome: str) -> bool:
    row = state.row
    return row is None or (row.chosen, row.version) != (outcome, state.prediction.question.version)


def _write(predictions: Predictions, prediction: Prediction, learner: UUID, outcome: str) -> None:
    models.Prediction.objects.update_or_create(
        learner_id=learner,
        lesson=predictions.lesson,
        question=prediction.id,
        defaults={"version": prediction.question.version, "chosen": outcome, "changed": timezone.now()},
    )


def give_reason(predictions: Predictions, learner: UUID, choice: SubmittedChoice) -> None:
    """Record the reason of a learner for the outcome of a prediction, once.

    One who gives it without having predicted will predict no more.

    Raises:
        NotRecorded: it does not count, and nothing was changed.
    """
    prediction, key = _reason(predictions, choice)
    now = timezone.now()
    with transaction.atomic():
        lock_learner(learner)
        row = _row_of(predictions, prediction, learner, now)
        # One statement, so that of two at once only one finds it empty.
        given = models.Prediction.objects.filter(pk=row.pk, reason="")
        if not given.update(reason=key, reason_version=prediction.reason.version, reason_at=now):
            raise NotRecorded(Refusal.ALREADY)


def _reason(predictions: Predictions, choice: SubmittedChoice) -> tuple[Prediction, str]:
    """The prediction whose reason is given, and the key of what was chosen."""
    prediction = predictions.find(choice.question)
    if prediction is None:
        raise NotRecorded(Refusal.GONE)
    key = _key_of(prediction.reason, choice)
    if isinstance(key, Refusal):
        raise NotRecorded(key)
    return prediction, key


def settle(predictions: Predictions, learner: UUID) -> list[PredictionState]:
    """How a learner stands when outcomes are shown to them, with what the run has decided recorded.

    Of one who ran it without predicting it is recorded that they made none, and what came after the run had begun is
    late.
    """
    known = states(predictions, learner)
    unsettled = [state for state in known if _is_unsettled(state)]
    if not unsettled:
        return known
    try:
        with transaction.atomic():
            for state in unsettled:
                row = _row_of(predictions, state.prediction, learner, timezone.now())
                after_run = models.Prediction.objects.filter(pk=row.pk, changed__gt=state.began)
                after_run.exclude(chosen="").update(late=True)
    except IntegrityError:
        pass  # merged or deleted in this very moment, so there is nothing left to settle here
    return states(predictions, learner)


def _row_of(predictions: Predictions, prediction: Prediction, learner: UUID, now: datetime) -> models.Prediction:
    """What a learner predicted; and if that is nothing, from now on that they made no prediction."""
    row, _ = models.Prediction.objects.get_or_create(
        learner_id=learner,
        lesson=predictions.lesson,
        question=prediction.id,
        defaults={"version": prediction.question.version, "chosen": "", "changed": now},
    )
    return row


def _is_unsettled(state: PredictionState) -> bool:
    row, began = state.row, state.began
    if began is None:
        return False
    return row is None or (bool(row.chosen) and not row.late and row.changed > began)


def _first_runs(predictions: Predictions, learner: UUID) -> Mapping[str, datetime]:
    """When a learner's first measured run of each case began, of those that the lesson shows."""
    deciding = {case for prediction in predictions.asked for case in prediction.rule.cases}
    return {run.case: run.began for run in reversed(runs_of(learner, predictions.lesson)) if run.case in deciding}


def _decided_from(prediction: Prediction, began: Mapping[str, datetime]) -> datetime | None:
    deciding = prediction.rule.cases
    return max(began[case] for case in deciding) if began.keys() >= set(deciding) else None
