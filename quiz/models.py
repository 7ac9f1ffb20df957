"""What learners answered, and which questions they took again. All else follows from it (quiz/progress.py)."""

from typing import ClassVar

from django.db import models

from learners.models import Learner


class Answer(models.Model):
    """One try at one question. It is recorded once, and never changed.

    `go` counts from 1: the first go holds every question, each later one those that were missed before. `attempt` is
    1 or 2 within a go. `version` is that of the question when it was answered, and `chosen` holds the keys of options.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    lesson = models.CharField(max_length=200)
    question = models.CharField(max_length=60)
    version = models.CharField(max_length=12)
    go = models.PositiveIntegerField()
    attempt = models.PositiveSmallIntegerField()
    chosen = models.JSONField()
    correct = models.BooleanField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["learner", "lesson", "question", "go", "attempt"], name="quiz_answer_recorded_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["lesson", "question"], name="quiz_answer_by_question")]

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
    return Answer.objects.filter(lesson=lesson, go=1, attempt=1)
