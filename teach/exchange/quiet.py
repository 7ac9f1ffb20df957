"""Keeps out of a command's report what is only a warning about the content that the site has already."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from lessons.catalog import problems_logger


@contextmanager
def without_content_warnings() -> Iterator[None]:
    """While the content is read, log errors alone: whoever exchanges a file asked about nothing but that file."""
    before = problems_logger.level
    problems_logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        problems_logger.setLevel(before)
