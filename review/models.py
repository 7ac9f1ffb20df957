"""What learners remembered when something was due. When it is due again follows from it (review/scheduling.py)."""

from typing import ClassVar

from django.db import models

from learners.models import Learner


class Review(models.Model):
    """One time that something was due and its learner said what they remembered. Recorded once, and never changed.

    `kind` is "question" or "card", and `item` its id within the lesson. `number` counts from 1 for each item of a
    learner. `rating` is from 1 (forgotten) to 4 (easy). For a question, `given` is what was given (quiz/questions.py,
    Given) and `grade` what that was worth then, from 0 to 1; for a card both are null. `version` is that of the
    question or card then.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reviews")
    lesson = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    item = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    rating = models.PositiveSmallIntegerField()
    given = models.JSONField(null=True)
    grade = models.FloatField(null=True)
    version = models.CharField(max_length=12)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["learner", "lesson", "kind", "item", "number"], name="review_review_recorded_once"
            ),
            models.CheckConstraint(condition=models.Q(rating__range=(1, 4)), name="review_review_rated"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}/{self.item}, review {self.number}"


class Deck(models.Model):
    """The cards of a lesson, asked for by a learner who did not wait until its quiz was over."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="decks")
    lesson = models.CharField(max_length=200)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "lesson"], name="review_deck_asked_for_once"),
        ]

    def __str__(self) -> str:
        return self.lesson
