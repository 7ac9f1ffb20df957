"""The work of learners that a worker does."""

from celery import shared_task

from learners.mailing import send_reset_mail


@shared_task(name="learners.reset_mail", expires=600)
def reset_mail(email: str, origin: str) -> None:
    """Send the mail with the link to a new password, if the address is that of an account."""
    send_reset_mail(email, origin)
