"""The web server's entrance: each of its processes starts here, with an application that may be loaded already."""

import gc
import logging

from django.conf import settings

from config.application import application

# Only a process that serves readers bounds them, watches the content, and counts who opens it; commands do none of it.
from frontdoor import in_common, log_lines, metrics, recent
from lessons import watching
from processes.bound_to_starter import end_with_starter
from progress import openings

__all__ = ["application"]

end_with_starter()
log_lines.named("web")
try:
    metrics.share(settings.METRICS_DIR)
except OSError as error:
    words = "what this process counts, it keeps to itself, and tells nobody, until it is started again: %s"
    logging.getLogger(__name__).warning(words, error)
recent.start()
in_common.start(settings.DATA_DIR / "web", settings.WEB_PROCESSES, settings.WEB_MACHINES)
watching.start()
openings.start(settings.DATA_DIR / "web")

if settings.ENVIRONMENT.metrics_port and metrics.living():  # what most sites do without, they do not load
    from config import scraping

    scraping.start(settings.ENVIRONMENT.metrics_bind, settings.ENVIRONMENT.metrics_port)

gc.freeze()
gc.enable()
