"""The mail with the link to a new password. Whether there is anybody to send it to, only the worker looks up.

So asking for it costs the same and says the same for every address, and no page tells who has an account.
"""

import logging
from collections.abc import Callable

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from learners.models import Account

logger = logging.getLogger(__name__)

MOST = 5  # accounts of one address that are told of in one mail


class NotPublished(Exception):
    """A mail that nobody will send, for the broker does not answer."""


def ask_for_mail(publish: Callable[[str, str], object], email: str, origin: str) -> None:
    """Have the mail sent.

    Args:
        publish: hands the two others to a worker.
        email: as it was typed.
        origin: what the link begins with, like "https://learn.example.org".

    Raises:
        NotPublished: it will not be sent.
    """
    try:
        publish(email, origin)
    except (OperationalError, RedisError) as error:
        logger.warning("a mail could not be asked for: %s", error)
        raise NotPublished from error


def send_reset_mail(email: str, origin: str) -> None:
    """Send links to new passwords to an address, if it is that of an account. It goes to the address as it is kept."""
    # The oldest first: an account that signs up with another one's address must not push that out of the mail.
    of_address = (
        Account.objects.filter(email__iexact=email, is_active=True).exclude(email="").order_by("date_joined", "pk")
    )
    accounts = [account for account in of_address[:MOST] if account.has_usable_password()]
    for address in dict.fromkeys(account.email for account in accounts):
        links = [(account.username, origin + reset_path(account)) for account in accounts if account.email == address]
        text = render_to_string("learners/reset_mail.txt", {"links": links, "origin": origin})
        send_mail("A new password for Offload", text, None, [address])


def reset_path(account: Account) -> str:
    """The path of the page on which an account gets a new password. It is good once, and for an hour."""
    key = urlsafe_base64_encode(str(account.pk).encode())
    return reverse("learners:new-password", args=[key, default_token_generator.make_token(account)])


def account_of_link(key: str, token: str) -> Account | None:
    """The account that a link of a mail is for; None for one that was used, is too old, or was made up."""
    try:
        pk = int(urlsafe_base64_decode(key))
    except ValueError:
        return None
    account = Account.objects.filter(pk=pk, is_active=True).first() if 0 < pk < 2**63 else None
    return account if account and default_token_generator.check_token(account, token) else None
