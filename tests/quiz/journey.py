"""A learner at the quiz: reads the form that is on the page, fills it in and sends it, as a browser does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client

BROWSER = {"accept": "text/html,application/xhtml+xml"}
HTMX = {"accept": "*/*", "hx-request": "true", "hx-current-url": "http://testserver/lessons/one/"}


@dataclass
class Journey:
    """`responses` keeps every answer that the site gave, in order."""

    headers: dict[str, str] = field(default_factory=lambda: dict(BROWSER))
    lesson: str = "one"
    client: Client = field(default_factory=Client)
    responses: list[Any] = field(default_factory=list)
    text: str = ""

    def look(self) -> str:
        return self._took(self.client.get(f"/quiz/{self.lesson}/", headers=self.headers))

    def fields(self) -> dict[str, str]:
        """The hidden fields of the open question's form."""
        form = re.search(r'<form class="answer".*?</form>', self.text, re.DOTALL)
        assert form, self.text
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
        return {name: unescape(value) for name, value in found}

    def choose(self, *positions: object, **changed: object) -> str:
        """Answer the open question, and go where the site sends the learner."""
        return self.send({**self.fields(), "option": list(positions), **changed})

    def give(self, field: str, values: list[str], **changed: object) -> str:
        """Answer the open question with the values of a field, as its kind has them."""
        return self.send({**self.fields(), field: values, **changed})

    def send(self, form: Mapping[str, object]) -> str:
        return self._took(self.client.post(f"/quiz/{self.lesson}/answer/", form, headers=self.headers))

    def again(self, go: int = 1) -> str:
        return self._took(self.client.post(f"/quiz/{self.lesson}/again/", {"go": go}, headers=self.headers))

    @property
    def last(self) -> Any:
        return self.responses[-1]

    @property
    def open_question(self) -> str:
        return self.fields()["question"]

    def _took(self, response: Any) -> str:
        self.responses.append(response)
        while self.last.status_code == 303:
            self.responses.append(self.client.get(self.last["Location"].partition("#")[0], headers=self.headers))
        text = self.last.content.decode()
        self.text = with_part(self.text, text) if "HX-Retarget" in self.last else text
        return self.text


def with_part(page: str, part: str) -> str:
    """A page after htmx put a part in the place of the question that was open."""
    begin = page.index('<section class="question open"')
    end = page.index("</section>", begin) + len("</section>")
    return page[:begin] + part + page[end:]


def open_form(client: Client) -> dict[str, str]:
    """The hidden fields of the open question, as a program reads them."""
    state = client.get("/quiz/one/").json()
    form = {name: str(state["current"][name]) for name in ("question", "version", "go", "attempt")}
    return form | ({"visitor": state["visitor"]} if "visitor" in state else {})
