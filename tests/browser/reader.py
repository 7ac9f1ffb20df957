"""A reader at a browser: goes to pages of a site, and notices whatever the browser complains of."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Route, ViewportSize, expect

from config.environment import ROOT
from tests.running import RunningSite
from tests.running_process import wait_until

expect.set_options(timeout=10_000)

LESSON = "/lessons/defining-tasks/performance/"
WIDTHS = (1280, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NARROW: ViewportSize = {"width": 360, "height": 800}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Nothing is told of what is right, and no selector made of what is wrong, whose HTML is shown.
    "resultTypes": ["violations"],
    "selectors": False,
}

# What a browser that keeps no cookies says of it, by scripts: for those of the headers see `Reader.lose_cookies`.
KEEPS_NONE = {
    "and says so": "Object.defineProperty(navigator, 'cookieEnabled', { get: () => false })",
    "and says that it does": "Object.defineProperty(document, 'cookie', { get: () => '', set() {} })",
}

SHIFTS = """
() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  // What was changed just now is known to have moved something only when it has been painted.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
})
"""

# Which of the style sheets, given by name, are not on the page although a rule of them fits something that is.
MISSING_STYLES = """
(sheets) => {
  const there = new Set([...document.styleSheets].map((sheet) => sheet.href?.split("/css/").at(-1).split(".")[0]));
  const fits = (rule) =>
    rule.selectorText ? document.querySelector(rule.selectorText) : [...(rule.cssRules ?? [])].some(fits);
  return Object.entries(sheets).filter(([name, text]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return !there.has(name) && [...sheet.cssRules].some(fits);
  }).map(([name]) => name);
}
"""
SHEETS = {path.stem: path.read_text() for path in sorted((ROOT / "static/css").glob("*.css"))}


class Reader:
    """One page of a browser. Every console error, exception and CSP violation counts, but for expected ones."""

    def __init__(self, context: BrowserContext, site: RunningSite) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.asking: set[Request] = set()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)
        self.page.on("requestfinished", self._note_end)
        self.page.on("requestfailed", self._note_end)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _note_request(self, request: Request) -> None:
        self.asking.add(request)

    def _note_end(self, request: Request) -> None:
        self.asking.discard(request)

    def lose_cookies(self, room: str = "quiz") -> None:
        """Let the browser take no cookie from the addresses of a room."""

        def without_cookie(route: Route) -> None:
            response = route.fetch(max_redirects=0)
            self.page.context.clear_cookies()
            headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
            route.fulfill(response=response, headers=headers)

        self.page.context.route(f"**/{room}/**", without_cookie)

    def open(self, path: str = LESSON) -> None:
        """Go to a page, and wait until its fragments are there."""
        self.page.goto(self.site.url + path)
        self.page.wait_for_load_state("networkidle")

    def go_to(self, path: str) -> None:
        """The same at once: not half a second after the last of what the page asks for, as `open` waits."""
        self.page.goto(self.site.url + path)
        self.wait_until_answered()

    def wait_until_answered(self) -> None:
        """Wait until nothing that the page asked for is still to come. ("networkidle" is true once a page.)"""
        self.wait_until(lambda: not self.asking, "the site has answered whatever the page asked for")

    def wait_until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something holds that the browser tells of while it is listened to: a request, or its answer."""

        def holds() -> object:
            self.page.wait_for_timeout(1)  # in which it is listened to
            return condition()

        wait_until(holds, what)

    def lane(self, name: str) -> Locator:
        """A lane of the live demo, by its heading."""
        return self.page.locator(".lane").filter(has=self.page.get_by_role("heading", name=name, exact=True))

    @contextmanager
    def expecting(self, words: str) -> Iterator[None]:
        """The browser may complain in these words: it logs every answer of 400 and above by itself."""
        self.expected.append(words)
        yield

    def check_accessible(self) -> None:
        """Run axe on the page as it is now, once all of it is there; and it must have the style sheets that fit it."""
        self.page.wait_for_load_state("load")
        assert self.page.evaluate(MISSING_STYLES, SHEETS) == []
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        # Only what is wrong is sent: of a long page, all that is right takes longer than looking at it.
        violations = self.page.evaluate("options => axe.run(options).then((found) => found.violations)", RULES)
        wrong = [
            {"rule": violation["id"], "nodes": [node["html"][:200] for node in violation["nodes"]][:5]}
            for violation in violations
        ]
        assert not wrong, json.dumps(wrong, indent=1)

    def check_width(self) -> None:
        """The page must not scroll sideways, once all of it is there."""
        self.page.wait_for_load_state("load")
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{over} px over the edge at {self.page.viewport_size}"

    def check_every_look(self) -> None:
        """At both widths and in both schemes, the page as it is now is accessible and does not scroll sideways."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.check_both_schemes()

    def check_both_schemes(self) -> None:
        """In both schemes, the page as it is now is accessible and does not scroll sideways."""
        self.check_width()
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            self.check_accessible()

    def check_wide_and_narrow(self) -> None:
        """Check the page as it is now, wide and light, then narrow and dark, as which it stays."""
        for width, scheme in zip(WIDTHS, SCHEMES, strict=True):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.emulate_media(color_scheme=scheme)
            self.check()

    def check(self) -> None:
        """The page as it is now does not scroll sideways and is accessible.

        Without JavaScript axe waits in vain. What it would look at is the same.
        """
        self.check_width()
        if not self.page.locator("html").evaluate("() => matchMedia('(scripting: none)').matches"):
            self.check_accessible()

    def shifts(self) -> float:
        """How much the page has jumped so far: the sum of its layout shifts, those after a click included."""
        moved: float = self.page.evaluate(SHIFTS)
        return moved

    def unexpected(self) -> list[str]:
        """What the browser complained of and no test expected."""
        return [said for said in self.complaints if not any(words in said for words in self.expected)]
