"""How often somebody may try a password or ask for mail: by the name that they try, and from one address."""

from django.conf import settings

from frontdoor.rates import Rates

# For a name, whether or not there is such an account: nobody learns of one by being stopped. From one address a class
# may sign in at once, twice each.
passwords = Rates("try a password {rate} times", learner=10, address=2 * settings.SEATS, who="For one account, you")
sign_ups = Rates("make {rate} accounts", learner=10, address=2 * settings.SEATS)
mails = Rates("ask for {rate} mails", learner=3, address=settings.SEATS, who="For one address, you")
