"""Where the links of a content file lead, and which of them lead nowhere.

Links of other sites are only read, never fetched: content is checked without a network, and the same way each time.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

from lessons.prose import SCHEMES
from lessons.scanning import Problem
from lessons.words import without_code

TOKEN = re.compile(
    r"\\.|(?P<picture>!\[)|(?P<opens>\[)|(?P<leads>\]\()|(?P<closes>\])|(?P<end>\n[ \t\r]*\n)", re.DOTALL
)
TARGET = re.compile(r"[ \t]*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))")
ELSEWHERE = re.compile(
    r"""^[ ]{0,3}\[[^\[\]\n^][^\[\]\n]*\]:[ \t]*<?(?P<defined>[^\s<>]+)
    | <(?P<itself>https?:[^<>\n]*)>
    | <a\b[^<>]*?\bhref[ ]?=[ ]?["'](?P<tag>[^"'<>]*)["']""",
    re.MULTILINE | re.VERBOSE,
)
SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
HOST = re.compile(r"[^\s<>\"'`{}|\\^]+")
PAGE_IDS = frozenset({"main"})  # what every page of a lesson has around its own text (templates/base.html)

# The ids of a page, by its mode, by the slug of its lesson: what a link within the course may lead to.
Pages = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Link:
    """A link as written. Line and column are those of its target, and count from 1."""

    line: int
    column: int
    target: str


def links_in(text: str, first: int = 1) -> tuple[Link, ...]:
    """Every link of a Markdown text, whose first line has the number `first`. What stands in code is none."""
    text = without_code(text)
    ends = [found.start() for found in re.finditer("\n", text)]
    found = sorted([*_inline(text), *_elsewhere(text)])
    links = []
    for start, target in found:
        row = bisect_left(ends, start)
        links.append(Link(first + row, start - (ends[row - 1] if row else -1), target))
    return tuple(links)


def _inline(text: str) -> Iterator[tuple[int, str]]:
    """Links as `[words](target)`, also when their words go on in the next line. A picture is no link."""
    opened: list[bool] = []  # for each bracket that is open, whether it is that of a link
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "end":
            opened = []
        elif kind in {"picture", "opens"}:
            opened.append(kind == "opens")
        elif kind == "closes" and opened:
            opened.pop()
        elif kind == "leads" and opened and opened.pop():
            found = TARGET.match(text, token.end())
            assert found  # every part of it may be empty
            group = 2 if found[1] is None else 1
            yield found.start(group) if found[group] else token.end(), found[group]


def _elsewhere(text: str) -> Iterator[tuple[int, str]]:
    for found in ELSEWHERE.finditer(text):
        assert found.lastgroup
        yield found.start(found.lastgroup), found[found.lastgroup]


def problems_of(links: Iterable[Link]) -> Iterator[Problem]:
    """What is wrong with links by what they say alone: warnings, as the text around them can still be read."""
    for link in links:
        if wrong := _wrong(link.target):
            yield Problem(link.line, link.column, wrong, warning=True)


def _wrong(target: str) -> str:
    if not target.strip("#"):
        return "the link leads nowhere: it has no target"
    scheme = SCHEME.match(target)
    if scheme and scheme[0][:-1].lower() not in SCHEMES:
        return f"no link is made of “{target}”: it begins with {', '.join(sorted(SCHEMES))}, or with / on this site"
    if scheme and scheme[0].lower() != "mailto:":
        try:
            parts = urlsplit(target)
            is_whole = bool(parts.hostname and HOST.fullmatch(parts.netloc) and (parts.port is None or parts.port > 0))
        except ValueError:
            is_whole = False
        return "" if is_whole else f"“{target}” is no whole address of another site"
    return ""


def leading_nowhere(links: Iterable[Link], address: str, pages: Pages) -> Iterator[Problem]:
    """The links of a file that lead to no page of this site, or to no place on a page of the course.

    Args:
        links: those of one file.
        address: of the page that is made of the file; empty for one that is shown on several pages.
        pages: what the course has.
    """
    for link in links:
        if not link.target.strip("#") or SCHEME.match(link.target) or link.target.startswith("//"):
            continue
        if not address and not link.target.startswith("/"):
            message = f"this is shown on several pages, so “{link.target}” leads nowhere from some: begin it with /"
            yield Problem(link.line, link.column, message, warning=True)
        elif wrong := _nowhere(urljoin(address, link.target), pages):
            yield Problem(link.line, link.column, f"“{link.target}” leads nowhere: {wrong}", warning=True)


def _nowhere(target: str, pages: Pages) -> str:
    """Why a target on this site leads nowhere, or an empty text."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "it is no address"
    path = unquote(parts.path)
    if path.startswith(settings.STATIC_URL):
        return ""
    found = _resolved(path)
    if found is None:
        return "no page of this site has that address (another site's begins with https://)"
    return _not_in_course(found, unquote(parts.fragment), pages)


def _not_in_course(found: ResolverMatch, anchor: str, pages: Pages) -> str:
    slug = str(found.kwargs.get("slug", found.kwargs.get("lesson", "")))
    mode = str(found.kwargs.get("mode", ""))
    if slug and slug not in pages:
        return f"the course has no lesson “{slug}”"
    if mode and mode not in pages[slug]:
        return f"the lesson “{slug}” has no mode “{mode}”"
    if anchor and found.view_name == "lessons:mode" and anchor not in pages[slug][mode] | PAGE_IDS:
        return f"the page has no heading or place “{anchor}”"
    return ""


@lru_cache(maxsize=4096)
def _resolved(path: str) -> ResolverMatch | None:
    """The view at a path; also where Django adds the last slash."""
    for tried in (path, f"{path}/"):
        try:
            return resolve(tried)
        except Resolver404:
            continue
    return None
