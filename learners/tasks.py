"""The work of learners that a worker does."""

from celery import shared_task
from django.conf import settings

from learners.mailing import send_reset_mail


# Sending a mail is waiting for a mail server, so it goes where all work goes that waits.
@shared_task(name="learners.reset_mail", queue=settings.WAITING_QUEUE, expires=600)
def reset_mail(email: str, origin: str) -> None:
    """Send the mail with the link to a new password, if the address is that of an account."""
    send_reset_mail(email, origin)
