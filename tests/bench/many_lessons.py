"""The site with 10 lessons and with 1,000, each as long as the first one is."""

import shutil
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

from config.environment import ROOT
from config.run.probes import site_says
from tests.bench.client import Connection, build
from tests.bench.growth import Growth, table
from tests.bench.seeding import LESSON
from tests.running import OWN_PROCESSES, RunningSite
from tests.running_process import wait_until

FEW, MANY = 10, 1000
TIMES = 9  # requests for each page
EDITS = 3
PATIENCE = 500.0  # seconds until a start counts as none
PLACE = "A report that takes three seconds"  # a heading of the lesson, which is edited
MODE = "performance"
# Why it grows.
FIRST = (
    "Each lesson is read once, some 0.1 s. What it was read into is kept in DATA_DIR, until its text, the site's code"
    " or a package changes. The log says every 5 s how far it is."
)
LATER = "What each lesson was read into is loaded, some 2 ms."
EDIT = (
    "The site looks twice a second. All files are looked at, what they need of each other is checked, and the home page"
    " is made anew: 0.4 s."
)


Found = dict[str, list[float]]


def measure() -> list[Growth]:
    """Measure all of it. Takes some minutes."""
    few, many = _of(FEW), _of(MANY)
    bounds: dict[str, Any] = {
        "first start, until ready": {"ratio": MANY / FEW, "why": FIRST},
        "every later start, until ready": {"ratio": MANY / FEW, "why": LATER},
        "home page": {"seconds": 0.1, "why": "It names every lesson."},
        "home page, unchanged": {"ratio": 2.0},
        "lesson": {"ratio": 2.0},
        "lesson, unchanged": {"ratio": 2.0},
        "progress on the home page, of a learner": {"seconds": 0.1},
        "progress on a lesson, of a visitor": {"seconds": 0.1},
        "progress on a lesson, of a learner": {"seconds": 0.1},
        "what is due, of a learner": {"seconds": 0.1},
        "an edit, until it shows": {"seconds": 1.0, "why": EDIT},
    }
    return [Growth(name, few[name], many[name], **bounds[name]) for name in bounds]


def write_course(folder: Path, lessons: int) -> None:
    """So many lessons, each of them the shipped one."""
    names = [f"lesson-{number}" for number in range(1, lessons + 1)]
    for name in names:
        shutil.copytree(ROOT / "content" / LESSON, folder / name)
        for file in (folder / name).glob("*.md"):
            file.write_text(file.read_text().replace(LESSON, name))
    listed = "\n".join(f'  "{name}",' for name in names)
    (folder / "course.toml").write_text(f'title = "A course"\nlessons = [\n{listed}\n]\n')


def _of(lessons: int) -> Found:
    with tempfile.TemporaryDirectory() as name:
        content = Path(name) / "content"
        write_course(content, lessons)
        site = RunningSite(Path(name), None, CONTENT_DIR=content, WEB_PROCESSES=OWN_PROCESSES)
        try:
            first = _start(site, with_preparation=True)
            site.end()
            found = {"first start, until ready": [first], "every later start, until ready": [_start(site)]}
            return (
                found
                | _requests(site)
                | {"an edit, until it shows": [_edit(site, content, each) for each in range(EDITS)]}
            )
        finally:
            site.end()


def _start(site: RunningSite, *, with_preparation: bool = False) -> float:
    """Start everything but a worker as `make run` does, and give the seconds until the site says that it is ready."""
    from tests.running import prepare

    began = monotonic()
    if with_preparation:
        prepare(site.environ)
    site.broker.start()
    site.web.start(wait=False)
    wait_until(
        lambda: not site.web.is_running or site_says("127.0.0.1", site.port, "/readyz", site.address)[0] == 200,
        "the site is ready",
        PATIENCE,
    )
    assert site.web.is_running, site.web.log[-2000:]
    return monotonic() - began


def _requests(site: RunningSite) -> Found:
    lesson = f"/lessons/lesson-7/{MODE}/"
    html = {"Accept": "text/html", "Accept-Encoding": "gzip, br"}
    with Connection(site.port) as connection:

        def etag(path: str) -> dict[str, str]:
            head = connection.ask(build("GET", path, site.address, html), 200)[1].decode()
            return {
                **html,
                "If-None-Match": next(row[6:] for row in head.split("\r\n") if row.lower().startswith("etag: ")),
            }

        fragment = {"HX-Request": "true", "Accept-Encoding": "gzip, br"}
        known = {**fragment, "Cookie": _learner(connection, site)}
        asked = {
            "home page": ("/", html, 200),
            "home page, unchanged": ("/", etag("/"), 304),
            "lesson": (lesson, html, 200),
            "lesson, unchanged": (lesson, etag(lesson), 304),
            "progress on the home page, of a learner": ("/progress/", known, 200),
            "progress on a lesson, of a visitor": (f"/progress/lesson-7/{MODE}/", fragment, 204),
            "progress on a lesson, of a learner": (f"/progress/lesson-7/{MODE}/", known, 200),
            "what is due, of a learner": ("/review/items/due/?lesson=lesson-7", known, 200),
        }
        return {
            name: [connection.ask(build("GET", path, site.address, headers), status)[0] for _ in range(TIMES)]
            for name, (path, headers, status) in asked.items()
        }


def _learner(connection: Connection, site: RunningSite) -> str:
    """The cookie of somebody who has read a page of each of five lessons."""
    cookie: dict[str, str] = {}
    for number in range(1, 6):
        headers = {"HX-Request": "true", **cookie}
        path = f"/progress/lesson-{number}/{MODE}/read/"
        head = connection.ask(build("POST", path, site.address, headers), 200)[1].decode()
        if not cookie:
            given = next(row for row in head.split("\r\n") if row.lower().startswith("set-cookie: "))
            cookie = {"Cookie": given[12:].partition(";")[0]}
    return cookie["Cookie"]


def _edit(site: RunningSite, content: Path, number: int) -> float:
    """Save a page with another heading, and give the seconds until it shows."""
    file = content / f"lesson-{number + 1}" / f"{MODE}.md"
    heading = f"The edit with the number {number}"
    file.write_text(file.read_text().replace(PLACE, heading, 1))
    began = monotonic()
    path = f"/lessons/lesson-{number + 1}/{MODE}/"
    wait_until(lambda: heading in site.get(path).text, "the edit shows", 60, every=0.01)
    return monotonic() - began


def report(found: list[Growth]) -> list[str]:
    """The figures as Markdown."""
    return table("Lessons", f"{FEW:,}", f"{MANY:,}", found)
