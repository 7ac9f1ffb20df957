"""Somebody at a browser without JavaScript, in front of a running site: keeps cookies, and sends forms."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from uuid import uuid4

from tests.running import Answer, RunningSite

PASSWORD = "correct horse battery"
QUIZ = "/quiz/defining-tasks/"
SIGN_UP, SIGN_IN = "/learners/account/sign-up/", "/learners/account/sign-in/"
HTML = {"Accept": "text/html"}


def a_name() -> str:
    """A name that nobody has: sites may share one PostgreSQL."""
    return f"ada-{uuid4().hex[:8]}"


class Visitor:
    """A browser without JavaScript: keeps cookies, and sends forms with what is hidden in them."""

    def __init__(self, site: RunningSite, cookies: Mapping[str, str] | None = None) -> None:
        self.site = site
        self.cookies = dict(cookies or {})

    def twin(self) -> "Visitor":
        """The same browser, in another tab."""
        return Visitor(self.site, self.cookies)

    def _headers(self) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return HTML | ({"Cookie": cookie} if cookie else {})

    def _keep(self, answer: Answer) -> Answer:
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path: str) -> Answer:
        return self._keep(self.site.get(path, self._headers()))

    def send(self, path: str, form: Mapping[str, object]) -> Answer:
        return self._keep(self.site.post(path, form, self._headers()))

    def hidden(self, path: str) -> dict[str, str]:
        """What is hidden in the forms of a page."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.get(path).text))

    def submit(self, path: str, **typed: object) -> Answer:
        return self.send(path, {**self.hidden(path), **typed})

    def answer_form(self) -> dict[str, str]:
        """The first option of a choice that is open, ticked."""
        page = self.get(QUIZ).text
        form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        name, value = re.findall(r'<input type="(?:radio|checkbox)" name="(\w+)" value="(\w+)"', page)[0]
        return {**form, name: value}

    def answers(self) -> None:
        """Answer a question, rightly or wrongly."""
        sent = self.send(f"{QUIZ}answer/", self.answer_form())
        assert sent.status == 303, sent.text

    def signs_up(self, name: str, **more: object) -> Answer:
        return self.submit(SIGN_UP, name=name, password=PASSWORD, again=PASSWORD, **more)

    def becomes_instructor(self) -> str:
        """Sign up, and be made an instructor as the command does it, which takes a second to start. Returns the name.

        The site's database is SQLite.
        """
        name = a_name()
        assert self.signs_up(name).status == 303
        with closing(sqlite3.connect(self.site.data_dir / "offload.sqlite3", timeout=20)) as database, database:
            database.execute("INSERT OR IGNORE INTO auth_group (name) VALUES ('instructors')")
            database.execute(
                "INSERT INTO learners_account_groups (account_id, group_id) SELECT account.id, auth_group.id"
                " FROM learners_account AS account, auth_group WHERE username = ? AND name = 'instructors'",
                [name],
            )
        return name

    def signs_in(self, name: str, password: str = PASSWORD) -> Answer:
        return self.submit(SIGN_IN, name=name, password=password, join="on")

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("/learners/my-data.json").json()
        return found
