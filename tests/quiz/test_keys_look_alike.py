"""Two questions that differ in nothing but their key look the same, whatever address of the site is asked for."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from quiz.form_tokens import version_token
from quiz.reading import read
from tests.quiz.every_address import FORMS, addresses
from tests.quiz.journey import open_form

pytestmark = pytest.mark.django_db


def fences(text: str) -> str:
    return f"  ```text\n  {text}\n  ```"


TRACE = '```python\nprint("a")\nprint("b")\n```\n'
BOXES = "- [web] web\n  > f1\n- [worker] worker\n  > f2\n- [both] both\n  > f3\n"
# Two questions of each kind that differ in nothing but what is right, and an answer that is wrong in both.
PAIRS: dict[str, tuple[str, str, tuple[str, list[str]]]] = {
    "choice": (
        "- [x] a\n  > f1\n- [ ] b\n  > f2\n- [ ] c\n  > f3\n",
        "- [ ] b\n  > f2\n- [x] c\n  > f3\n- [ ] a\n  > f1\n",
        ("option", ["b"]),
    ),
    "choice with the other order of the file": (
        "- [x] a\n  > f1\n- [ ] b\n  > f2\n",
        "- [x] b\n  > f2\n- [ ] a\n  > f1\n",
        ("option", []),
    ),
    "several": (
        "- [x] a\n  > f1\n- [x] b\n  > f2\n- [ ] c\n  > f3\n- [ ] d\n  > f4\n",
        "- [x] a\n  > f1\n- [ ] b\n  > f2\n- [x] c\n  > f3\n- [ ] d\n  > f4\n",
        ("option", ["d"]),
    ),
    "several of other numbers": (
        "- [x] a\n  > f1\n- [x] b\n  > f2\n- [ ] c\n  > f3\n- [ ] d\n  > f4\n",
        "- [x] a\n  > f1\n- [x] b\n  > f2\n- [x] c\n  > f3\n- [ ] d\n  > f4\n",
        ("option", ["d"]),
    ),
    "number": ("- [~] 3 s ± 10 %\n  > f\n", "- [~] 52000 s\n  > f\n- [ ] 7 min\n  > g\n", ("text", ["1 s"])),
    "text": (
        "- [=] broker\n  > f\n",
        "- [=] a very long answer\n  > f\n- [=] `two`\n- [ ] no\n  > g\n",
        ("text", ["x"]),
    ),
    "order": (
        "- [1] a\n  > f1\n- [2] b\n  > f2\n- [3] c\n  > f3\n- [4] d\n  > f4\n",
        "- [2] a\n  > f1\n- [1] b\n  > f2\n- [4] c\n  > f3\n- [3] d\n  > f4\n",
        ("step", []),
    ),
    "output": (
        TRACE + "\n- [>]\n" + fences("a\n  b") + "\n  > f\n",
        TRACE + "\n- [>] `c`\n  > f\n- [ ] `d`\n  > g\n",
        ("text", ["x"]),
    ),
    "process": (
        TRACE + "\n> Runs: line 1 in web\n\n" + BOXES,
        TRACE + "\n> Runs: line 2 in worker\n\n" + BOXES,
        ("option", ["both"]),
    ),
}
VARIES = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="version" value=")\w+|(?<="version": ")\w+'
    r'|(?<=name="shown" value=")\w+|(?<="csrfmiddlewaretoken": ")\w+|[0-9a-f]{32}:[\w-]+'
)


def with_it(options: str) -> str:
    return f"## What? {{#what}}\n\n> Hint: h\n\n{options}\n> **Why:** w\n"


@pytest.mark.parametrize("name", PAIRS)
def test_two_questions_that_differ_only_in_their_key_look_the_same(name: str, content: Callable[[str], None]):
    one, other, mistake = PAIRS[name]
    seen = []
    for source in (one, other):
        content(with_it(source))
        seen.append(list(looked_at(mistake)))
    assert seen[0] == seen[1]
    assert all(seen[0])


def looked_at(mistake: tuple[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Every answer of the site to somebody new, and then to their first mistake, without what is new each time."""
    for headers in FORMS.values():
        client = Client()

        def told(response: Any) -> tuple[str, ...]:
            return (
                str(response.status_code),
                left(response, "Content-Length"),
                VARIES.sub("", response.content.decode()),
            )

        for path in addresses():
            response = client.get(path, {"seconds": "0"}, headers=headers)
            if not path.startswith("/demos/"):  # how long the work took is new each time
                yield told(response)
            if "ETag" in response:  # the same for everyone, to the last byte
                for encoding in ("br", "gzip", "identity"):
                    same = client.get(path, headers={"accept-encoding": encoding})
                    yield str(same.status_code), left(same), str(same.content)
        form = open_form(client)
        yield told(client.post("/quiz/one/answer/", {**form, "text": "", "option": "99"}, headers=headers))
        yield told(client.post("/quiz/one/answer/", {**form, "version": "0"}, headers=headers))
        field, said = mistake
        places = {text: place for place, text in client.get("/quiz/one/").json()["current"]["options"].items()}
        if said:
            answer = {**form, field: [places.get(text, text) for text in said]}
            client.post("/quiz/one/answer/", answer, headers=headers)
            yield told(client.get("/quiz/one/", headers=headers))


def left(response: Any, *new: str) -> str:
    """The headers of a response without those that are new each time: its id, and what is named."""
    return str({name: text for name, text in response.headers.items() if name not in ("X-Request-ID", *new)})


def test_the_version_that_a_form_carries_gives_no_key_away_without_the_secret(settings: Any):
    one, other = (read(with_it(source), "one")[0].questions[0] for source in PAIRS["choice"][:2])
    seals = {version_token(one), version_token(other)}
    settings.SECRET_KEY = "another secret " * 4
    assert len(seals | {version_token(one), version_token(other)}) == 4
    assert not any(question.version[:8] in form_token for question in (one, other) for form_token in seals)
