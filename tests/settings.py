"""The settings of the tests' own process: a DATA_DIR that nobody else uses, and no variable of who runs them.

The processes that the tests start (tests/running.py) have an environment of their own.
"""

import atexit
import os
import shutil
import tempfile
from dataclasses import fields

from config.environment import Environment

for field in fields(Environment):
    os.environ.pop(field.name.upper(), None)
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="offload-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

# A browser that was driven leaves a loop of asyncio in the thread, in which nothing waits while a test runs.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402, F403 - they read the environment

# The names of static files are as they are in static/, so that nothing has to be collected first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# WhiteNoise warns of a folder that is not there, and warnings are errors here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - from config.settings

# A password takes half a second to check on purpose. Here it is checked hundreds of times, and guards nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The test database is a file, as the site's is: in memory, threads would meet other locks than those of the site.
DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "tests.sqlite3"}  # noqa: F405 - from config.settings
