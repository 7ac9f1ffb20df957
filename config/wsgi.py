"""The web server's entrance."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Only a process that serves readers watches the content; commands read it when they need it.
from lessons import watching  # noqa: E402 - it needs the apps, which the line above loads

watching.start()
