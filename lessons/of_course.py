"""What is made of a course once, and kept for as long as it is the course: it is replaced and never changed."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from lessons.catalog import Course

Made = TypeVar("Made")


def of_course(make: Callable[[Course], Made]) -> Callable[[Course], Made]:
    """Let a function make its thing of each course once. Only that of the latest course it was asked for is kept."""
    latest: tuple[Course, Made] | None = None

    @wraps(make)
    def made(course: Course) -> Made:
        nonlocal latest
        known = latest  # another thread may replace it
        if known is None or known[0] is not course:
            known = latest = (course, make(course))
        return known[1]

    return made
