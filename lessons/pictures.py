"""Pictures that stand in a lesson's folder: what they are, where prose shows them, and how it is put into a page.

In Markdown a picture is `![words](name.svg)`, which a code host shows as it stands. In a page it gets its address, and
its size, so that nothing jumps when it arrives.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import imagesize
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lessons.scanning import Problem
from lessons.words import without_code

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}
PATTERN = rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,99}}\.(?:{'|'.join(TYPES)})"
NAME = re.compile(PATTERN)
# Words hold no further opening, so that each character is looked at once for one of them.
SHOWN = re.compile(r"!\[(?P<words>(?:[^\]!]|!(?!\[))*+)\]\([ \t]*+<?(?P<target>[^)\s>]*)")
TAG = re.compile(r"<img\b[^>]*>")
SOURCE = re.compile(r'\ssrc="([^"/:]*)"')


class NoPicture(Exception):
    """Bytes that are no picture whose size can be told."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is served. Its size is in CSS pixels."""

    width: int
    height: int
    media_type: str
    body: bytes
    etag: str


@dataclass(frozen=True)
class Shown:
    """A place in a content file at which a picture is shown. Line and column count from 1."""

    line: int
    column: int
    words: str
    target: str


def is_picture(filename: str) -> bool:
    """Whether a file in a lesson's folder is a picture, by its name."""
    return bool(NAME.fullmatch(filename))


def read_picture(filename: str, body: bytes) -> Picture:
    """A picture of its bytes.

    Raises:
        NoPicture: its size cannot be told.
    """
    try:
        width, height = imagesize.get(io.BytesIO(body))
    except Exception as error:  # noqa: BLE001 - a broken file may make the library raise anything
        raise NoPicture(f"the picture cannot be read: {error}") from None
    if not (1 <= width < 20_000 and 1 <= height < 20_000):  # noqa: PLR2004 - no page is as large
        raise NoPicture("the picture does not say how large it is (an SVG needs a width and a height)")
    media_type = TYPES[filename.rpartition(".")[2]]
    return Picture(round(width), round(height), media_type, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def shown_in(source: str) -> Iterator[Shown]:
    """Every picture that a content file shows. What stands in code, or in a comment, shows none."""
    for number, text in enumerate(without_code(source).split("\n"), 1):
        for found in SHOWN.finditer(text):
            yield Shown(number, found.start() + 1, found["words"].strip(), found["target"])


def problems_of(shown: Iterable[Shown]) -> Iterator[Problem]:
    """What is wrong with where a picture is looked for, and with what is said to those who do not see it."""
    for picture in shown:
        if not is_picture(picture.target):
            known = ", ".join(f".{ending}" for ending in TYPES)
            message = f"a picture is a file in the lesson's own folder ({known}), not “{picture.target}”"
            yield Problem(picture.line, picture.column, message)
        elif not picture.words:
            message = "the picture has no words for those who do not see it: ![what it shows](file)"
            yield Problem(picture.line, picture.column, message)


def placed(html: str, lesson: str, files: Mapping[str, Any]) -> SafeString:
    """The HTML with the pictures of a lesson's folder in it, each with its address and size.

    Of a picture that is not there, its words remain.
    """

    def tag(found: re.Match[str]) -> str:
        source = SOURCE.search(found[0])
        if source is None:
            return found[0]
        picture = files.get(source[1])
        if not isinstance(picture, Picture):
            return found[0].replace(source[0], "")
        address = reverse("lessons:picture", args=[lesson, source[1]])
        size = f' src="{address}" width="{picture.width}" height="{picture.height}"'
        return found[0].replace(source[0], size)

    return mark_safe(TAG.sub(tag, html))  # noqa: S308 - only an address and two numbers are added
