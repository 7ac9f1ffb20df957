"""The web server's entrance."""
# ruff: noqa: E402 - what is imported below needs what stands above it

import gc

# While everything is loaded nothing becomes garbage, and to look for it takes a tenth of the start.
gc.disable()

import logging
import os

import django
from django.conf import settings

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

from frontdoor import log_lines, metrics, recent

log_lines.named("web")
try:
    metrics.share(settings.METRICS_DIR)
except OSError as error:
    logging.getLogger(__name__).warning("what this process counts, it keeps to itself: %s", error)
recent.start()


# Shared tasks are published through the application that was made last, so it must be there before the first request.
from config.celery import app as celery  # noqa: F401

# Only a process that serves readers bounds them, watches the content, and counts who opens it; commands do none of it.
from frontdoor import in_common
from lessons import watching
from processes.bound_to_starter import end_with_starter
from progress import openings

end_with_starter()
in_common.start(settings.DATA_DIR / "web", settings.WEB_PROCESSES, settings.WEB_MACHINES)
watching.start()
openings.start(settings.DATA_DIR / "web")

if settings.ENVIRONMENT.metrics_port:  # what most sites do without, they do not load
    from config import scraping

    scraping.start(settings.ENVIRONMENT.metrics_bind, settings.ENVIRONMENT.metrics_port)

# What is there now stays as long as the process: no request waits while the collector looks at it once more.
gc.freeze()
gc.enable()
