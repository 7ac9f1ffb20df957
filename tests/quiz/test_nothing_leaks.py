"""The key of no question can be had before it is answered: every answer of the site is searched for it.

A learner goes the whole way through a quiz: with plain forms, with htmx, as a program. After each step every address
that the site has is asked for, in all three forms. What is found in the bodies and headers must have been earned by
then, by what the database says was answered.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lessons.catalog import Catalog
from quiz import views
from quiz.form_tokens import version_token
from quiz.models import Answer
from quiz.questions import Quiz
from quiz.reading import read
from tests.lessons.conftest import PAGE, Tree, tree  # noqa: F401 - a fixture
from tests.quiz.conftest import PREDICTED
from tests.quiz.every_kind import RIGHT, SOURCE, WRONG, values
from tests.quiz.journey import BROWSER, HTMX
from tests.still_rates import stand_still

pytestmark = pytest.mark.django_db

PROGRAM: dict[str, str] = {}
FORMS = {"plain forms": BROWSER, "htmx": HTMX, "a program": PROGRAM}
BLOCKS = "".join(
    f"\n/// {name}\n{options}///\n"
    for name, options in {
        "predict | Say": "",
        "demo | Two lanes": ":seconds: 0\n",
        "outcomes": "",
        "quiz": "",
        "definitions": "",
    }.items()
)

# What stands for each question, and what of it a first wrong answer (WRONG) earns.
EXPECTED = {
    "number": {"41.7", "10 %", "417"},
    "text": {"secretword", "secret.word()", "commonword"},
    "output": {"printed-secret", "42006"},
}
FIRST = {
    "choice": {"feedback-choice-1"},
    "several": {"feedback-several-4"},
    "number": {"feedback-number-2", "417"},
    "text": {"feedback-text-2", "commonword"},
    "order": set(),
    "output": {"feedback-output-2", "42006"},
    "process": {"feedback-process-3"},
}


@cache
def quiz() -> Quiz:
    return read(SOURCE, "one")[0]


@cache
def marks_of(question_id: str) -> frozenset[str]:
    """Every word that gives something of a question away."""
    question = quiz().find(question_id)
    assert question
    told = set(re.findall(rf"(?:hint|why|feedback)-{question_id}(?:-\d)?", SOURCE))
    hashes = {question.version} | ({option.key for option in question.options} if question_id in EXPECTED else set())
    return frozenset(told | EXPECTED.get(question_id, set()) | hashes)


SAID_OF_PREDICTIONS = frozenset(re.findall(r"(?:feedback|why)-[a-z-]+", PREDICTED))
EVERYTHING = frozenset().union(SAID_OF_PREDICTIONS, *(marks_of(question.id) for question in quiz().questions))
FINDING = {mark: re.compile(rf"(?<![\w-]){re.escape(mark)}(?![\w-])") for mark in EVERYTHING}


def found_in(text: str) -> set[str]:
    """What of a question is in there. A pattern takes long over a page, and most pages have nothing for any."""
    return {mark for mark, alone in FINDING.items() if mark in text and alone.search(text)}


def earned() -> set[str]:
    """What the only learner there is may have been told, by what they answered."""
    found: set[str] = set()
    recorded = list(Answer.objects.filter(go=1))
    for question in quiz().questions:
        answers = [answer for answer in recorded if answer.question == question.id]
        if any(answer.correct for answer in answers) or len(answers) == quiz().tries:
            found |= marks_of(question.id)
        elif answers:
            found |= {f"hint-{question.id}"} | FIRST[question.id]
    hashes = {question.version for question in quiz().questions}  # never anybody's to see
    return found - hashes


class Crawler(Client):
    """A browser that has every answer searched, whatever it is an answer to. `seen` is what was found so far."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        assert response.status_code < 500 or response.status_code == 503, request["PATH_INFO"]
        whole = "\n".join([response.content.decode(), str(response.headers), str(response.cookies)])
        found = found_in(whole)
        unearned = found - earned() if found else found
        assert not unearned, f"{request['REQUEST_METHOD']} {request['PATH_INFO']} tells {unearned}"
        self.seen |= found
        return response

    def look_everywhere(self) -> None:
        for path in addresses():
            for headers in FORMS.values():
                self.get(path, {"seconds": "0"}, headers=headers)


NAMES = {"lesson": "one", "slug": "one", "mode": "why", "name": "bystanders"}


@cache
def addresses() -> tuple[str, ...]:
    """Every address of the site, about the lesson where it is about one."""
    return tuple(dict.fromkeys(_addresses(get_resolver(), "/")))


def _addresses(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: NAMES.get(found[1], "one"), str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield before + filled
        else:
            yield from _addresses(pattern, before + filled)


@pytest.fixture
def content(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:  # noqa: F811 - the fixture
    """Makes a text the quiz of the lesson `one`, on whose page the quiz and the predictions stand."""

    def write(source: str) -> None:
        tree.write("one/why.md", PAGE + BLOCKS)
        tree.write("one/predictions.md", PREDICTED)
        tree.write("one/quiz.md", source)
        catalog = Catalog(tree.root, None)
        catalog.refresh()
        assert [str(problem) for problem in catalog.course.problems if not problem.problem.warning] == []
        for module in ("lessons.catalog", "lessons.pages"):
            monkeypatch.setattr(f"{module}.catalog", lambda: catalog)
        monkeypatch.setattr("lessons.pages._current", None)

    stand_still(monkeypatch, views.rates, learner=10**6, address=10**6)
    return write


@pytest.mark.parametrize("headers", FORMS.values(), ids=FORMS)
def test_a_learner_is_told_what_they_have_earned_and_not_a_word_more(
    headers: dict[str, str], content: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
):
    content(SOURCE)
    client = Crawler()
    for question in quiz().questions:
        client.look_everywhere()
        form = open_form(client)
        assert form["question"] == question.id
        refuse(client, form, headers)
        for answers in (WRONG, RIGHT):
            field, said = values(question, answers)
            before = open_form(client)
            sent = {**before, field: said}
            assert client.post("/quiz/one/answer/", sent, headers=headers).status_code in {200, 303}
            client.look_everywhere()
            assert client.post("/quiz/one/answer/", sent, headers=headers).status_code == 409
    assert client.post("/quiz/one/again/", {"go": "1"}, headers=headers).status_code in {200, 303}
    client.look_everywhere()
    stand_still(monkeypatch, views.rates, learner=0, address=0)
    assert client.post("/quiz/one/answer/", sent, headers=headers).status_code == 429
    missed = EVERYTHING - client.seen - SAID_OF_PREDICTIONS
    assert not [mark for mark in missed if "-" in mark], "what is earned is told"


def open_form(client: Client) -> dict[str, str]:
    """The hidden fields of the open question, as a program reads them."""
    state = client.get("/quiz/one/").json()
    form = {name: str(state["current"][name]) for name in ("question", "version", "go", "attempt")}
    return form | ({"visitor": state["visitor"]} if "visitor" in state else {})


def refuse(client: Client, form: dict[str, str], headers: dict[str, str]) -> None:
    """Send what is not taken: nothing, nonsense, another question's answer, another version's, a move."""
    wrong: list[tuple[dict[str, object], set[int]]] = [
        ({}, {422}),
        ({"option": "99", "text": "a" * 3000, "step": ["1", "1"]}, {422}),
        ({"option": "1", "text": "1", "step": "1", "version": "0"}, {409}),
        ({"option": "1", "question": "process" if form["question"] != "process" else "choice"}, {409, 422}),
        ({"option": "1", "question": "nowhere"}, {409}),
        ({"option": "1", "attempt": "7"}, {422}),
        ({"move": "1 down", "step": ["1", "2", "3"]}, {200, 422}),
    ]
    for changed, expected in wrong:
        answer = client.post("/quiz/one/answer/", {**form, **changed}, headers=headers)
        assert answer.status_code in expected, (form["question"], changed)
    for path in ("answer", "again", "predictions", "predictions/reason", "nothing"):
        elsewhere = client.post(f"/quiz/one/{path}/", form, headers={**headers, "sec-fetch-site": "cross-site"})
        assert elsewhere.status_code in {403, 404}
    assert client.post("/quiz/one/again/", {"go": "1"}, headers=headers).status_code == 422


@pytest.mark.parametrize("headers", FORMS.values(), ids=FORMS)
def test_predictions_tell_nothing_before_they_have_come_out(headers: dict[str, str], content: Callable[[str], None]):
    content(SOURCE)
    client = Crawler()
    state = client.get("/quiz/one/predictions/").json()
    said = {f"version-{asked['question']}": asked["version"] for asked in state["predictions"]}
    said |= {f"choice-{asked['question']}": "1" for asked in state["predictions"]}
    kept = client.post("/quiz/one/predictions/", said, headers=headers)
    assert kept.status_code in {200, 303}
    client.look_everywhere()
    assert client.post("/quiz/one/predictions/", {"choice-ready": "9"}, headers=headers).status_code in {409, 422}


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
    r'|(?<="csrfmiddlewaretoken": ")\w+|[0-9a-f]{32}:[\w-]+'
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
            left = {name: text for name, text in response.headers.items() if name != "Content-Length"}
            return str(response.status_code), str(left), VARIES.sub("", response.content.decode())

        for path in addresses():
            response = client.get(path, {"seconds": "0"}, headers=headers)
            if not path.startswith("/demos/"):  # how long the work took is new each time
                yield told(response)
            if "ETag" in response:  # the same for everyone, to the last byte
                for encoding in ("br", "gzip", "identity"):
                    same = client.get(path, headers={"accept-encoding": encoding})
                    yield str(same.status_code), str(same.headers), str(same.content)
        form = open_form(client)
        yield told(client.post("/quiz/one/answer/", {**form, "text": "", "option": "99"}, headers=headers))
        yield told(client.post("/quiz/one/answer/", {**form, "version": "0"}, headers=headers))
        field, said = mistake
        places = {text: place for place, text in client.get("/quiz/one/").json()["current"]["options"].items()}
        if said:
            answer = {**form, field: [places.get(text, text) for text in said]}
            client.post("/quiz/one/answer/", answer, headers=headers)
            yield told(client.get("/quiz/one/", headers=headers))


def test_the_version_that_a_form_carries_gives_no_key_away_without_the_secret(settings: Any):
    one, other = (read(with_it(source), "one")[0].questions[0] for source in PAIRS["choice"][:2])
    seals = {version_token(one), version_token(other)}
    settings.SECRET_KEY = "another secret " * 4
    assert len(seals | {version_token(one), version_token(other)}) == 4
    assert not any(question.version[:8] in form_token for question in (one, other) for form_token in seals)


def test_no_static_file_holds_what_the_first_lessons_quiz_says():
    root = Path(settings.BASE_DIR)
    own, _ = read((root / "content/defining-tasks/quiz.md").read_text(), "defining-tasks")
    secret = {str(html) for asked in own.questions for html in (asked.hint_html, asked.why_html)}
    secret |= {str(option.feedback_html) for asked in own.questions for option in asked.options}
    sentences = {re.sub("<[^>]+>", "", html).strip()[:40] for html in secret} - {""}
    for file in (root / "static").rglob("*"):
        if file.is_file() and file.suffix not in {".woff2", ".png"}:
            text = file.read_text(errors="replace")
            assert not [sentence for sentence in sentences if sentence in text], file
