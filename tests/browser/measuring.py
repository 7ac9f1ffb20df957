"""What a test sees of the stopwatch: the figures that the browser posts, and those that the page shows."""

from urllib.parse import parse_qs

from playwright.sync_api import Locator, Request, Response, expect

from tests.browser.reader import Reader

MEASUREMENTS = "/stopwatch/measurements/"


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
        return {name: float(value) for name, value in found.items() if name not in ("receipt", "case", "page")}


def in_words(milliseconds: float) -> str:
    """A figure as the page shows it, without its unit."""
    return f"{milliseconds:,.0f}" if milliseconds >= 10 else f"{milliseconds:.1f}"


def note(lane: Locator) -> Locator:
    """What a lane says of its measurement, once it says something."""
    said = lane.locator(".lane-note")
    expect(said).not_to_be_empty(timeout=20_000)
    return said
