"""The work of learners that a worker does."""

from celery import shared_task

from learners.mailing import send_reset_mail


# Sending a mail is waiting for a mail server. It goes to the default queue, where all work goes that waits.
@shared_task(name="learners.reset_mail", expires=600)
def reset_mail(email: str, origin: str) -> None:
    """Send the mail with the link to a new password, if the address is that of an account."""
    send_reset_mail(email, origin)
