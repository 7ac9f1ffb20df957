"""The application, and all that each web process has in common with the others: loaded, and nothing is started."""
# ruff: noqa: E402 - what is imported below needs what stands above it

import gc

# While everything is loaded nothing becomes garbage, and to look for it takes a tenth of the start.
gc.disable()

import os

import django
from django.conf import settings
from django.urls import get_resolver

from config.databases import shared
from frontdoor.entrance import Entrance

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.DATABASES["default"] = shared(
    settings.DATABASES["default"],
    most_waiting=settings.SEATS,
    processes=settings.WEB_PROCESSES * settings.WEB_MACHINES,
)

django.setup(set_prefix=False)
application = Entrance()

# Shared tasks are published through the application that was made last, so it must be there before the first request.
from config.celery import app as celery  # noqa: F401
from lessons import pages

# What is made at the first request otherwise, in each process anew.
_ = get_resolver().url_patterns
pages.refresh()

# What is there now stays as long as the process: no request waits while the collector looks at it once more. Nor does
# it write to what is there, so the memory stays one and the same in all processes that are forked from here.
gc.freeze()
