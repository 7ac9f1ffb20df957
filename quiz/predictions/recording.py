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
from stopwatch.measurements import runs_for
from stopwatch.registry import cases


class Refused(Enum):
    """Why a prediction or a reason was not recorded, in words for the learner."""

    RUN = "You have run it already, so this would be no prediction. What you said before stands."
    REASONED = "You have seen how it came out, so this would be no prediction. What you said before stands."
    CHANGED = "This question has changed since you opened it. Here it is as it is now."
    GONE = "This question is no longer asked."
    NO_SUCH_OPTION = "That option does not exist. Choose one of these."
    NOTHING_CHOSEN = "Choose an answer first, or skip."
    ALREADY = "You had already given a reason; your first one counts."


CONFLICTS = (Refused.RUN, Refused.REASONED, Refused.CHANGED, Refused.GONE, Refused.ALREADY)


class NotRecorded(Exception):
    """A reason that does not count."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class SubmittedChoice:
    """What a form says about one question, as it was shown there. `position` counts from 1; 0 stands for nonsense."""

    question: str
    form_token: str
    position: int


@dataclass(frozen=True)
class PredictionState:
    """What is known about one learner and one prediction.

    `began` is when they had begun to measure all that decides it: the latest of the first runs of its cases. None while
    they have not measured all of them.
    """

    prediction: Prediction
    row: models.Prediction | None = None
    began: datetime | None = None

    @property
    def closed(self) -> Refused | None:
        """Why it cannot be made or changed any more; None while it can."""
        if self.began is not None:
            return Refused.RUN
        return Refused.REASONED if self.row and self.row.reason else None

    @property
    def is_said(self) -> bool:
        """Whether they predicted or skipped it."""
        return self.row is not None

    @property
    def is_skipped(self) -> bool:
        """Whether they skipped it, or ran it without a word."""
        return self.row is not None and not self.row.chosen

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


def nothing_said(asked: Predictions) -> list[PredictionState]:
    """How somebody stands of whom nothing is kept. Asks no database."""
    return [PredictionState(prediction) for prediction in asked.asked]


def states(asked: Predictions, learner: UUID) -> list[PredictionState]:
    """How a learner stands with every prediction of a lesson."""
    rows = {row.question: row for row in models.Prediction.objects.filter(learner_id=learner, lesson=asked.lesson)}
    began = _first_runs(asked, learner)
    return [
        PredictionState(prediction, rows.get(prediction.id), _decided_from(prediction, began))
        for prediction in asked.asked
    ]


def keep(
    asked: Predictions, learner: UUID, said: Iterable[SubmittedChoice], *, skip_the_rest: bool = False
) -> dict[str, Refused]:
    """Record what a form says, as far as it may be recorded: one that is refused costs no other.

    Args:
        asked: the predictions as they are now.
        learner: who says it; is recorded with the first thing that is.
        said: of each question at most one.
        skip_the_rest: whether every other question that nothing is known about is skipped.

    Returns:
        why what was not recorded was not, by the question's id.
    """
    refused: dict[str, Refused] = {}
    with transaction.atomic():
        known = {state.prediction.id: state for state in states(asked, learner)}
        chosen: dict[str, str] = {}
        for one in said:
            found = _outcome(known.get(one.question), one)
            if isinstance(found, Refused):
                refused[one.question] = found
            else:
                chosen[one.question] = found
        if skip_the_rest:
            silent = (key for key, state in known.items() if not state.is_said and not state.closed)
            chosen = {**dict.fromkeys(silent, ""), **chosen}
        changed = {key: outcome for key, outcome in chosen.items() if _is_news(known[key], outcome)}
        if changed:
            lock_learner(learner)
        for key, outcome in changed.items():
            _write(asked, known[key].prediction, learner, outcome)
    return refused


def _outcome(state: PredictionState | None, said: SubmittedChoice) -> str | Refused:
    """The outcome that was chosen, or why it cannot be."""
    if state is None:
        return Refused.GONE
    question = state.prediction.question
    if said.form_token != version_token(question):
        return Refused.CHANGED
    if not 1 <= said.position <= len(question.options):
        return Refused.NO_SUCH_OPTION
    outcome = question.options[said.position - 1].key
    return state.closed or outcome if _is_news(state, outcome) else outcome


def _is_news(state: PredictionState, outcome: str) -> bool:
    row = state.row
    return row is None or (row.chosen, row.version) != (outcome, state.prediction.question.version)


def _write(asked: Predictions, prediction: Prediction, learner: UUID, outcome: str) -> None:
    models.Prediction.objects.update_or_create(
        learner_id=learner,
        lesson=asked.lesson,
        question=prediction.id,
        defaults={"version": prediction.question.version, "chosen": outcome, "changed": timezone.now()},
    )


def give_reason(asked: Predictions, learner: UUID, said: SubmittedChoice) -> None:
    """Record the reason of a learner for the outcome of a prediction, once.

    Whoever gives one without having predicted has skipped the prediction.

    Raises:
        NotRecorded: it does not count, and nothing was changed.
    """
    prediction = asked.find(said.question)
    if prediction is None:
        raise NotRecorded(Refused.GONE)
    reason = prediction.reason
    key = _reason_key(reason, said)
    with transaction.atomic():
        lock_learner(learner)
        row = _skipped(asked, prediction, learner)
        # One statement, so that of two at once only one finds it empty.
        given = models.Prediction.objects.filter(pk=row.pk, reason="")
        if not given.update(reason=key, reason_version=reason.version, reason_at=timezone.now()):
            raise NotRecorded(Refused.ALREADY)


def _reason_key(reason: Question, said: SubmittedChoice) -> str:
    if said.form_token != version_token(reason):
        raise NotRecorded(Refused.CHANGED)
    if not 1 <= said.position <= len(reason.options):
        raise NotRecorded(Refused.NO_SUCH_OPTION)
    return reason.options[said.position - 1].key


def settle(asked: Predictions, learner: UUID) -> list[PredictionState]:
    """How a learner stands when outcomes are shown to them, with what the run has decided recorded.

    Whoever ran it without predicting skipped it, and what was said after the run had begun is late.
    """
    found = states(asked, learner)
    unsettled = [state for state in found if _is_unsettled(state)]
    if not unsettled:
        return found
    try:
        with transaction.atomic():
            for state in unsettled:
                row = _skipped(asked, state.prediction, learner)
                said_late = models.Prediction.objects.filter(pk=row.pk, changed__gt=state.began)
                said_late.exclude(chosen="").update(late=True)
    except IntegrityError:
        pass  # merged or deleted in this very moment, so there is nothing left to settle here
    return states(asked, learner)


def _skipped(asked: Predictions, prediction: Prediction, learner: UUID) -> models.Prediction:
    """What a learner said to a prediction, and if that is nothing, from now on that they skipped it."""
    row, _ = models.Prediction.objects.get_or_create(
        learner_id=learner,
        lesson=asked.lesson,
        question=prediction.id,
        defaults={"version": prediction.question.version, "chosen": "", "changed": timezone.now()},
    )
    return row


def _is_unsettled(state: PredictionState) -> bool:
    row, began = state.row, state.began
    if began is None:
        return False
    return row is None or (bool(row.chosen) and not row.late and row.changed > began)


def _first_runs(asked: Predictions, learner: UUID) -> Mapping[str, datetime]:
    """When a learner's first measured run of each case began, of those that the lesson shows."""
    deciding = {case for prediction in asked.asked for case in prediction.deciding.cases}
    runs = runs_for(asked.lesson, deciding).filter(learner_id=learner).order_by("-began")
    return {
        case: began
        for case, began, knobs in runs.values_list("case", "began", "knobs")
        if cases[case].stands_with(knobs)
    }


def _decided_from(prediction: Prediction, began: Mapping[str, datetime]) -> datetime | None:
    deciding = prediction.deciding.cases
    return max(began[case] for case in deciding) if began.keys() >= set(deciding) else None
