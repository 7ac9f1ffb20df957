"""What is kept about a learner as such. What they did is kept by the apps in which they did it."""

from django.db import models


class Learner(models.Model):
    """Somebody of whom something is kept. `time_zone` is an IANA name, or empty until their browser has told it."""

    key = models.UUIDField(primary_key=True)
    since = models.DateTimeField(auto_now_add=True)
    time_zone = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.key)
