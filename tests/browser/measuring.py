"""What a test sees of the stopwatch: the figures that the browser posts, and those that the page shows."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Locator, Request, Response, expect

from stopwatch.units import MS
from tests.browser.reader import Reader

MEASUREMENTS = "/stopwatch/measurements/"
# What a browser sends beside its figures.
NO_FIGURES = ("receipt", "case", "page", "carried", "cookies")


class Posts:
    """Every measurement that a reader's browser sends from now on, and how each one was answered."""

    def __init__(self, reader: Reader) -> None:
        self.sent: list[dict[str, str]] = []
        self.answers: list[int] = []
        reader.page.context.on("request", self._note)
        reader.page.context.on("response", self._note_answer)

    def _note(self, request: Request) -> None:
        if request.url.endswith(MEASUREMENTS):
            fields = parse_qs(request.post_data or "")
            self.sent.append({name: values[0] for name, values in fields.items()})

    def _note_answer(self, response: Response) -> None:
        if response.url.endswith(MEASUREMENTS):
            self.answers.append(response.status)

    def of(self, case: str) -> dict[str, float]:
        """The figures in ms of the one measurement of a case."""
        (found,) = [sent for sent in self.sent if sent["case"] == case]
        return {name: float(value) for name, value in found.items() if name not in NO_FIGURES}


def in_words(milliseconds: float) -> str:
    """A figure as the page shows it, without its unit."""
    return MS.write(milliseconds)


def note(lane: Locator) -> Locator:
    """What a lane says of its measurement, once it says something."""
    said = lane.locator(".lane-note")
    expect(said).not_to_be_empty(timeout=20_000)
    return said


def main_thread_tasks(reader: Reader, act: Callable[[], object]) -> list[tuple[float, str]]:
    """Every task of a page's main thread while `act` runs: its CPU time in ms, and what is known of its scripts.

    CPU time, because other programs of this machine may stop a task in its middle for as long as they like.
    """
    browser = reader.page.context.browser
    assert browser is not None
    categories = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"]
    browser.start_tracing(page=reader.page, categories=categories)
    act()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    names = [event for event in events if event["name"] == "thread_name"]
    mains = {(event["pid"], event["tid"]) for event in names if event["args"]["name"] == "CrRendererMain"}
    ours = [event for event in events if event.get("ph") == "X" and (event["pid"], event["tid"]) in mains]
    tasks = [event for event in ours if event["name"] == "RunTask" and event.get("tdur", 0) > 20_000]
    assert [event for event in ours if "tdur" in event], "the browser tells no CPU times"
    return [(task["tdur"] / 1000, " ".join(_scripts(task, ours))) for task in tasks]


def _scripts(task: dict[str, Any], events: list[dict[str, Any]]) -> set[str]:
    """The addresses of the scripts that ran in a task."""
    inside = [event for event in events if task["ts"] <= event["ts"] <= task["ts"] + task["dur"]]
    told = [event["args"].get("data") for event in inside if isinstance(event.get("args"), dict)]
    return {data["url"] for data in told if isinstance(data, dict) and data.get("url")}
