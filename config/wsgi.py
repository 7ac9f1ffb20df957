"""The web server's entrance."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.databases import shared

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.DATABASES["default"] = shared(settings.DATABASES["default"], most_waiting=settings.SEATS)

application = get_wsgi_application()

# Shared tasks are published through the application that was made last, so it must be there before the first request.
from config.celery import app as celery  # noqa: E402, F401

# Only a process that serves readers watches the content, and counts who opens it; commands do neither.
from lessons import watching  # noqa: E402 - it needs the apps, which the line above loads
from progress import openings  # noqa: E402 - likewise

watching.start()
openings.start()
