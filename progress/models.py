"""Which modes of which lessons a learner has read, and how often each was opened by anybody.

All else about where a learner is follows from what they read and from the quiz.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from learners.models import Learner


class Reading(models.Model):
    """One mode of one lesson that a learner has read, or once had and then marked as not read.

    `first` is when it was first read, `last` when its mark was last set or taken back. Where `read` is false they took
    it back by hand; the row stays, so that scrolling to the end does not overrule them.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="readings")
    lesson = models.CharField(max_length=200)
    mode = models.CharField(max_length=40)
    read = models.BooleanField(default=True)
    first = models.DateTimeField(default=timezone.now)
    last = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "lesson", "mode"], name="progress_reading_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}/{self.mode}: {'read' if self.read else 'not read'}"


class Opening(models.Model):
    """The number of times that a mode of a lesson was opened on one day (UTC): nothing here is about anybody."""

    lesson = models.CharField(max_length=200)
    mode = models.CharField(max_length=40)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lesson", "mode", "day"], name="progress_opening_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}/{self.mode}, {self.day}: {self.count}"
