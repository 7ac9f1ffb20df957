"""The queues, by name. A worker takes those that it is started with, or else all of them.

They are read without Django, by what starts the processes.
"""

# Work that only waits: the demo's reports, and mail.
WAITING = "waiting"
# Runs of experiments. They start processes which are measured, so on a larger site a machine or a container of its own
# takes them, where the demos and the pages do not disturb the figures.
EXPERIMENTS = "experiments"

QUEUES = (WAITING, EXPERIMENTS)
