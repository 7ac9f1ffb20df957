"""How often a password may be tried or mail asked for: by the name that is tried, and from one address."""

from django.conf import settings

from frontdoor.rates import HOUR, Rates

# For a name, whether or not there is such an account: nobody learns of one by being stopped. Ten from one address, so
# that nobody else can keep the owner out, who sits at another one; some more from all of them. From one address a
# class may sign in at once, twice each.
passwords = Rates("try a password {rate} times", learner=10, address=2 * settings.SEATS, who="For one account, you")
guesses = Rates("try passwords {rate} times", learner=60, address=10**6, who="For one account, all together")
sign_ups = Rates("make {rate} accounts", learner=10, address=2 * settings.SEATS)
mails = Rates("ask for {rate} mails", learner=3, address=settings.SEATS, who="For one address, you", window=HOUR)


def count_password(name: str, address: str) -> None:
    """Count one try of a password for a name, from an address.

    Raises:
        TooMany: there were too many of them within this minute.
    """
    passwords.count((name, address), address)
    guesses.count(name, address)
