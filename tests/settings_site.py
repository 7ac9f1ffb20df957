"""The settings of the sites that tests start: the site's own, but for the half second that a password takes to check.

It takes that on purpose, and here passwords are made and checked hundreds of times, and guard nothing. What a test
starts through `config.run` as a newcomer does (tests/integration/supervised.py) has the site's own.
"""

from config.settings import *  # noqa: F403 - all of them but one

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
