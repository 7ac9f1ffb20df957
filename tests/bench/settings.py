"""The site's own settings, with bare views beside its own, and without the bounds that a learner would run into."""

from config.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "tests.bench.urls"
LEARNER_RUNS_A_MINUTE = ADDRESS_RUNS_A_MINUTE = 1_000_000
QUEUED_RUNS = 1_000_000
LEARNER_ANSWERS_A_MINUTE = ADDRESS_ANSWERS_A_MINUTE = 1_000_000
