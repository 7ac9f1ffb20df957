"""What is run: the sizes of the small site, and when which request is due. Every number that the page names is here."""

PROCESSES = 2  # of gunicorn, each of which takes one request at a time
WORKER_THREADS = 2  # of Celery's worker: as many slow works at once as the web server could do
PAGE_SECONDS = 0.005  # what the stranger's page takes
SLOW_SECONDS = 3.0  # what the slow work takes
SLOW_REQUESTS = 2  # at the same moment: one for each process
SLOW_AT = 0.75  # seconds after a phase begins
RATE = 20.0  # requests for the stranger's page, a second
PHASE_SECONDS = 4.5
PATIENCE = 2.0  # seconds in which answers may still come when the last request was due
LATE_MS = 100.0  # from here on an answer counts as late: people begin to feel a delay
FAILED_MS = 6000.0  # what a request without an answer counts as having waited

PHASES = ("view", "celery")  # in this order
