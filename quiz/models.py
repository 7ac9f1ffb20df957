"""What learners answered, and which questions they took again. All else follows from it (quiz/progress.py)."""

from typing import ClassVar

from django.db import models

from learners.models import Learner
from learners.statistics import in_class


class Answer(models.Model):
    """One try at one question. It is recorded once, and never changed.

    `go` counts from 1: the first go holds every question, each later one those that were missed before. `attempt`
    counts from 1 within a go. What two learners had both answered before they were merged is kept as go 0, which
    nothing counts. `version` is that of the question when it was answered, `given` what was given (quiz/questions.py,
    Given), `grade` what that was worth then, from 0 to 1, and `correct` whether it was the key.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    lesson = models.CharField(max_length=200)
    question = models.CharField(max_length=60)
    version = models.CharField(max_length=12)
    go = models.PositiveIntegerField()
    attempt = models.PositiveSmallIntegerField()
    given = models.JSONField()
    grade = models.FloatField()
    correct = models.BooleanField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["learner", "lesson", "question", "go", "attempt"], name="quiz_answer_recorded_once"
            )
        ]
        # Statistics read the second one from end to end, learner by learner, and never look at the rows themselves; the
        # third one tells how long before an answer the same learner gave the one before.
        indexes: ClassVar = [
            models.Index(fields=["lesson", "question", "go", "attempt"], name="quiz_answer_by_question"),
            models.Index(
                fields=["lesson", "go", "attempt", "learner", "question", "version", "grade"],
                name="quiz_answer_by_learner",
            ),
            models.Index(fields=["learner", "lesson", "created"], name="quiz_answer_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}/{self.question}, go {self.go}, attempt {self.attempt}"


class Go(models.Model):
    """A later go at the questions that were missed; `questions` holds their ids. The first go has no row."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="goes")
    lesson = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    questions = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "lesson", "number"], name="quiz_go_begun_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}, go {self.number}"


def first_attempts(lesson: str) -> models.QuerySet[Answer]:
    """The first answer of each learner to each question of a lesson: the only one that item statistics may count."""
    return in_class(Answer.objects.filter(lesson=lesson, go=1, attempt=1))


class Prediction(models.Model):
    """A prediction of a learner, and the reason that they gave when they knew the outcome.

    `chosen` is the outcome that they expect, or empty: they skipped it, or measured without predicting. It was last
    `changed` at that time, and is `late` when that was after their first run had begun, so that it predicts nothing.
    `reason` is the key of an option of the question after it, once they chose one.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="predictions")
    lesson = models.CharField(max_length=200)
    question = models.CharField(max_length=60)
    version = models.CharField(max_length=12)
    chosen = models.CharField(max_length=60, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField()
    late = models.BooleanField(default=False)
    reason = models.CharField(max_length=60, blank=True)
    reason_version = models.CharField(max_length=12, blank=True)
    reason_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "lesson", "question"], name="quiz_prediction_made_once"),
        ]
        # Statistics count them without a look at the rows.
        indexes: ClassVar = [
            models.Index(
                fields=["lesson", "question", "version", "late", "chosen", "learner"],
                name="quiz_prediction_by_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson}/{self.question}: {self.chosen or 'nothing'}"


def predictions_of(lesson: str) -> models.QuerySet[Prediction]:
    """What each learner predicted, or that it was nothing: all that statistics may count. Late ones are left out."""
    return in_class(Prediction.objects.filter(lesson=lesson, late=False))
