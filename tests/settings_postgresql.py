"""The settings of the tests, with the PostgreSQL that TESTS_DATABASE_URL names in place of SQLite."""

import os

import dj_database_url

from tests.settings import *  # noqa: F403 - all of them but one

DATABASES = {"default": dict(dj_database_url.parse(os.environ["TESTS_DATABASE_URL"]))}
