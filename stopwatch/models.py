"""What learners' own browsers measured. It is used for nothing but to be shown, and for the figures of the class."""

from typing import ClassVar

from django.db import models

from learners.models import Learner


class Measurement(models.Model):
    """One run, measured once: by the browser that started it, or by an experiment's load generator.

    `receipt` is the id of the run, `seconds` the work that was asked for, `figures` are by the names that
    their case gives them, each in the unit of its figure, and `at_most` has the names of those that are only bounds.
    `began` is when the server began the run, by its own clock. `detail` is what a picture needs besides the figures
    (demos/experiments/), or None. `lesson` is the slug of the one in which it was made; empty for a run that belongs to
    the whole site, and for one that was made on no lesson's page. `knobs` has what the run was set to, by name.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="measurements")
    receipt = models.CharField(max_length=40, unique=True)
    case = models.CharField(max_length=20)
    lesson = models.CharField(max_length=200, default="", blank=True)
    seconds = models.FloatField()
    figures = models.JSONField()
    at_most = models.JSONField(default=list)
    detail = models.JSONField(null=True)
    knobs = models.JSONField(default=dict)
    began = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["learner", "case", "began"], name="stopwatch_of_learner"),
            models.Index(fields=["case", "lesson", "seconds"], name="stopwatch_of_class"),
            models.Index(fields=["case", "lesson", "learner"], name="stopwatch_who_ran"),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.seconds:g} s"
