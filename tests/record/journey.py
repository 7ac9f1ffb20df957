"""What a reader of the lesson clicks on, one thing after the other, so that no click disturbs another's figures."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Response

PATIENCE = 40_000  # ms


class Journey:
    """A reader at a page of a lesson. Every method ends when what it measured has been kept."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.wait_for_load_state("networkidle")

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Wait until the measurement of what happens inside was taken."""

        def was_kept(response: Response) -> bool:
            return response.url.endswith("/stopwatch/measurements/") and response.status == 201

        with self.page.expect_response(was_kept, timeout=PATIENCE):
            yield

    def visit(self) -> dict[str, float]:
        """What the page's own visit came to so far, in ms (cls: a score)."""
        found: dict[str, float] = {}
        self.page.locator("[data-vital=INP] .rating").wait_for()  # what is recorded has none
        for place in self.page.locator("[data-vital]").all():
            name = str(place.get_attribute("data-vital")).lower()
            found[name] = float(place.locator(".figure").inner_text().replace(",", "").removeprefix("≤ "))
        return found

    def lane(self, name: str) -> None:
        """Run one lane of the live demo."""
        with self.kept():
            heading = self.page.get_by_role("heading", name=name, exact=True)
            self.page.locator(".lane").filter(has=heading).get_by_role("button").click()

    def ways(self) -> None:
        """Wait in each of the four ways, and come back."""
        for name, leaves in (("Send the form", True), ("Follow the link", True), ("Fetch it", False)):
            self.unfold()
            with self.kept():
                self.page.locator(".ways").get_by_text(name, exact=True).click()
            if leaves:
                self.page.goto(self.address)
        self.unfold()
        self.page.get_by_role("button", name="Send it synchronously").click()
        with self.kept():
            self.page.get_by_role("button", name="Freeze it").click()

    def unfold(self) -> None:
        """Open the part of the page with the four ways, if it is closed."""
        self.page.wait_for_load_state("networkidle")
        fold = self.page.locator("details.ways")
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
        self.page.locator("details.ways.ready").wait_for()  # until its script is there, nobody takes the time

    def experiment(self) -> None:
        """Run Bystanders to its end."""
        self.page.goto(self.address)
        self.page.wait_for_load_state("networkidle")
        with self.page.expect_response(lambda response: "measured" in (response.headers.get("hx-trigger") or "")):
            self.page.get_by_role("button", name="Run the experiment").click()
