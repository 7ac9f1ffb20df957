"""The settings of the sites that tests start: the site's own, but for the half second that a password takes to check,
and for a header that says which of several web processes responds.

It takes that on purpose, and here passwords are made and checked hundreds of times, and guard nothing. What a test
starts through `config.run` as a newcomer does (tests/integration/supervised.py) has the site's own.
"""

from config.settings import *  # noqa: F403 - all of them but two
from config.settings import MIDDLEWARE as OF_THE_SITE
from config.settings import WEB_MACHINES, WEB_PROCESSES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One process alone sends what the site's own does: a test weighs it.
NAMED = ["tests.process_header.process_header"] if WEB_PROCESSES * WEB_MACHINES > 1 else []
MIDDLEWARE = [*NAMED, *OF_THE_SITE]
