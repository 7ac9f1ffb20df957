"""Pages that are the same for everyone: rendered once, compressed once, and served from memory with a strong ETag."""

import gzip
import hashlib
import threading
from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.http import parse_etags

from lessons.catalog import Course, Lesson, catalog
from lessons.pictures import placed
from lessons.reading import ModePage
from lessons.registry import Insert, Place, inserts
from lessons.rendering import compose

ENCODINGS = ("br", "gzip", "identity")  # the best first
# Characters from which on Brotli is not asked for its best, which takes 2 s for the home page of a thousand lessons.
LONG = 200_000


@dataclass(frozen=True)
class Variant:
    """A page in one encoding. The ETag is a hash of these very bytes, so it is the same in every process."""

    body: bytes
    etag: str
    headers: Mapping[str, str]
    unchanged: Mapping[str, str]  # the headers of a 304


@dataclass(frozen=True)
class Prepared:
    """A page in every encoding."""

    variants: Mapping[str, Variant]

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The page as the browser can take it, or 304 when it has it already. Sets no cookie and asks no database."""
        meta = request.META
        variant = self.variants[best_encoding(meta.get("HTTP_ACCEPT_ENCODING", ""))]
        known = meta.get("HTTP_IF_NONE_MATCH")
        if known is not None and is_known(known, variant.etag):
            return HttpResponseNotModified(headers=variant.unchanged)
        return HttpResponse(variant.body, headers=variant.headers)


def prepare(html: str) -> Prepared:
    """Compress a page and work out its headers."""
    plain = html.encode()
    bodies = {
        "br": brotli.compress(plain, quality=11 if len(plain) < LONG else 9),
        # Without a time inside, gzip gives the same bytes, and so the same ETag, in every process.
        "gzip": gzip.compress(plain, 9, mtime=0),
        "identity": plain,
    }
    return Prepared({encoding: _variant(encoding, body) for encoding, body in bodies.items()})


def _variant(encoding: str, body: bytes) -> Variant:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    unchanged = {"Cache-Control": "public, no-cache", "ETag": etag, "Vary": "Accept-Encoding"}
    headers = {"Content-Type": "text/html; charset=utf-8", **unchanged}
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Variant(body, etag, headers, unchanged)


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """The encoding of a response, for an Accept-Encoding header (RFC 9110, section 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.strip().partition(";")
        key, _, value = parameter.strip().partition("=")
        try:
            weights[name.strip()] = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    for encoding in ENCODINGS[:-1]:
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return "identity"


def is_known(known: str, etag: str) -> bool:
    """Whether an If-None-Match header names an ETag, as it is or as a weak one."""
    if known == etag:
        return True
    etags = parse_etags(known)
    return "*" in etags or etag in {found.removeprefix("W/") for found in etags}


class Modes:
    """The pages of lessons by (slug, mode), each prepared once.

    Who looks for a change prepares them; who asks for one before its turn prepares that one.
    """

    def __init__(self, course: Course, before: "Modes | None" = None) -> None:
        """Those that were prepared before, and are the same, are kept."""
        self._course = course
        same = before.same(course) if before else frozenset()
        self._prepared = before.prepared_of(same) if before else {}
        missing = [
            (lesson.slug, mode)
            for lesson in course.lessons.values()
            for mode in lesson.pages
            if (lesson.slug, mode) not in self._prepared
        ]
        # What changed comes first; the rest was missing before already.
        self._missing = deque(sorted(missing, key=lambda key: key[0] in same))
        self._changed = sum(slug not in same for slug, _ in missing)

    def __getitem__(self, key: tuple[str, str]) -> Prepared:
        """Raises KeyError: the course has no such page."""
        found = self._prepared.get(key)
        if found is None:
            slug, mode = key
            lesson = self._course.lessons[slug]
            # Two who ask at the same moment make the same page twice, which is as well.
            found = self._prepared[key] = prepare(_mode_html(lesson, lesson.pages[mode]))
        return found

    def get(self, key: tuple[str, str]) -> Prepared | None:
        """A page, or None: the course has no such page."""
        try:
            return self[key]
        except KeyError:
            return None

    def same(self, course: Course) -> frozenset[str]:
        """The lessons that are the same in another course, by slug."""
        there = course.lessons
        return frozenset(slug for slug, lesson in self._course.lessons.items() if there.get(slug) == lesson)

    def prepared_of(self, lessons: Collection[str]) -> dict[tuple[str, str], Prepared]:
        """The pages of these lessons that are prepared."""
        # Who asks for a page meanwhile may add it.
        return {key: page for key, page in self._prepared.copy().items() if key[0] in lessons}

    def prepare_changed(self, seconds: float) -> None:
        """Prepare what is not as it was before, but for no longer than that."""
        self._go_on(seconds, self._changed)

    def go_on(self, seconds: float) -> bool:
        """Prepare what is missing, for so many seconds. Says whether anything was."""
        missing = len(self._missing)
        self._go_on(seconds, missing)
        return bool(missing)

    def _go_on(self, seconds: float, most: int) -> None:
        until = monotonic() + seconds
        while most and self._missing and monotonic() < until:
            self[self._missing[0]]
            self._missing.popleft()
            most -= 1


@dataclass(frozen=True)
class PreparedCourse:
    """Every page of one state of the content: the home page, and each lesson's modes by (slug, mode)."""

    course: Course
    home: Prepared
    modes: Modes


# A start, and whoever looks for a change, prepares pages for so long, in seconds: those of some twenty lessons. Of a
# course with more, the rest follows while the site serves already (lessons/watching.py).
AT_ONCE = 2.0

_lock = threading.Lock()
_current: PreparedCourse | None = None


def prepared() -> PreparedCourse:
    """The pages as they were last prepared: by who looked for a change (lessons/watching.py), and not by who asks."""
    return _current or refresh()


def refresh() -> PreparedCourse:
    """Prepare the pages of the content as it is now; those of lessons that did not change are kept."""
    global _current
    with _lock:
        course = catalog().course
        if _current is None or _current.course is not course:
            _current = prepare_course(course, _current)
        return _current


def prepare_course(course: Course, before: PreparedCourse | None = None) -> PreparedCourse:
    """Render the pages of the course that are not as they were `before`, as far as that can be done AT_ONCE."""
    modes = Modes(course, before.modes if before else None)
    modes.prepare_changed(AT_ONCE)
    context = {"course": course, "lessons": list(course.lessons.values()), "inserts": inserted("home")}
    home = render_to_string("lessons/home.html", context)
    is_same = before is not None and before.home.variants["identity"].body == home.encode()
    return PreparedCourse(course, before.home if before and is_same else prepare(home), modes)


def _mode_html(lesson: Lesson, page: ModePage) -> str:
    top, end = inserted("lesson top"), inserted("lesson end")
    scripts = dict.fromkeys([*page.scripts, *(script for insert in [*top, *end] for script in insert.scripts)])
    body = compose(page.parts, lesson.files)
    return mode_html(lesson, page, body, {"top": top, "end": end, "scripts": scripts})


def mode_html(
    lesson: Lesson, page: ModePage, body: str, around: Mapping[str, Any], template: str = "lessons/lesson.html"
) -> str:
    """A mode of a lesson as a page.

    Args:
        lesson: whose pictures are put in.
        page: the mode.
        body: its parts, composed.
        around: what else the template shows.
        template: the page around the body.
    """
    contents = [heading for heading in page.headings if heading.level == 2]  # noqa: PLR2004 - the page's sections
    context = {
        "lesson": lesson,
        "page": page,
        "meta": page.meta,
        "contents": contents,
        "body": placed(body, lesson.slug, lesson.files),
        **around,
    }
    return render_to_string(template, context)


def inserted(place: Place) -> list[Insert]:
    """What the rooms above put on every page of a place, in the order in which they registered it."""
    return [insert for insert in inserts.values() if insert.place == place]
