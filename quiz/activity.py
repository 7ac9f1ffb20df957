"""When a learner last did something with a lesson's questions: for the rooms above, which say where they are."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from quiz.models import Answer, Go, Prediction


def last_done(learner: UUID) -> Iterable[tuple[str, datetime]]:
    """The times of the latest answer, go and prediction in each lesson: also of lessons that are no more. One query."""
    answers = Answer.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("created"))
    goes = Go.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("created"))
    predictions = Prediction.objects.filter(learner_id=learner).values_list("lesson").annotate(at=Max("changed"))
    return answers.union(goes, predictions, all=True)
