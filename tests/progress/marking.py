"""A page of the course, where it is marked as read and as not read, and the words of what comes back."""

from typing import Any

LEARN = "/progress/one/learn/"
READ = f"{LEARN}read/"
NOT_READ = f"{LEARN}not-read/"
AT_END = {"by": "end"}


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())
