"""An author at the editor that takes a textarea's place: on a page of the test's own, served as the site's are."""

import json
from typing import Any

from playwright.sync_api import Locator, Route, expect

from tests.browser.reader import Reader
from tests.running import RunningSite

PAGE = "/teach/page-of-the-test/"
SCRIPT = "/static/script-of-the-test.js"
TEXT = """---
title: Who waits?
---

## Why is it *slow*? {#slow}

- [ ] It has `no` [link](https://example.org/)
- [x] It waits

/// tips | Some
A [tip](https://example.org/).
///
"""


def page_of(site: RunningSite, text: str) -> str:
    names = json.loads((site.data_dir / "static/staticfiles.json").read_text())["paths"]
    return f"""<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>An editor</title>
    <link rel="icon" href="/static/{names["icon.svg"]}">
    <link rel="stylesheet" href="/static/{names["css/site.css"]}">
    <script type="module" src="{SCRIPT}" data-editor="/static/{names["js/editor.js"]}"></script>
  </head>
  <body>
    <main class="wide">
      <h1>An editor</h1>
      <form method="post">
        <label for="text">Text of quiz.md</label>
        <textarea id="text" name="text" rows="24">
{text}</textarea>
        <p><button type="reset">Undo all</button> <a href="/healthz">Elsewhere</a></p>
      </form>
    </main>
  </body>
</html>"""


STARTING = """
const { edit } = await import(document.querySelector("[data-editor]").dataset.editor);
const textarea = document.getElementById("text");
window.told = [];
document.querySelector("form").addEventListener("input", ({ target }) => window.told.push(target.id));
window.editor = edit(textarea);
"""
WATCHING = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


class Author:
    """A reader at the page that has the editor."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.reader = reader
        self.page = reader.page
        policy = reader.site.get("/").headers["Content-Security-Policy"]
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        body = page_of(reader.site, text)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}

        def page(route: Route) -> None:
            route.fulfill(body=body, headers=headers)

        def script(route: Route) -> None:
            route.fulfill(content_type="text/javascript", body=STARTING)

        self.page.route(f"**{PAGE}", page)
        self.page.route(f"**{SCRIPT}", script)
        self.page.add_init_script(WATCHING)
        self.open()

    def open(self) -> None:
        self.reader.open(PAGE)
        expect(self.text).to_be_visible()

    @property
    def text(self) -> Locator:
        """What is written into: the editor, or the textarea, whichever is there to be used."""
        return self.page.get_by_role("textbox", name="Text of quiz.md")

    @property
    def height(self) -> float:
        """Of the text as it is seen, in px."""
        height: float = self.page.locator(".cm-scroller").evaluate("(scroller) => scroller.clientHeight")
        return height

    @property
    def said(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def kept(self) -> str:
        """What the form would send."""
        kept: str = self.page.evaluate("new FormData(document.querySelector('form')).get('text')")
        return kept.replace("\r\n", "\n")

    @property
    def shown(self) -> str:
        shown: str = self.page.evaluate("window.editor.text")
        return shown

    @property
    def told(self) -> list[str]:
        told: list[str] = self.page.evaluate("window.told")
        return told

    def mark(self, problems: list[dict[str, Any]]) -> None:
        self.page.evaluate("(problems) => window.editor.mark(problems)", problems)

    def go_to(self, line: int, column: int) -> None:
        self.page.evaluate("([line, column]) => window.editor.goTo(line, column)", [line, column])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def marked(self, kind: str) -> Locator:
        return self.page.locator(f".cm-line.problem.{kind}")

    def check(self) -> None:
        self.reader.check_both_schemes()
        assert self.page.evaluate("window.violations") == []
