"""What is nearly right is asked back wherever a question is answered.

It costs no try, and counts when it is sent again.
"""

from collections.abc import Callable
from datetime import timedelta
from html import escape
from typing import NamedTuple
from uuid import UUID

import pytest
from django.test import Client
from django.utils.datastructures import MultiValueDict

from quiz.form_tokens import version_token
from quiz.kinds import Unclear, grade, take
from quiz.models import Answer
from quiz.presenters import alone
from quiz.progress import Attempt
from quiz.questions import Question, Quiz
from quiz.reading import read
from quiz.recording import SubmittedAnswer, record
from review.models import Review
from tests.quiz.journey import BROWSER, HTMX, Journey, open_form
from tests.quiz.test_unkept import Forgetful
from tests.review.conftest import Learner, Write, clock, write  # noqa: F401 - the fixtures
from tests.teach.conftest import Content, Person, content, instructor, sign_in  # noqa: F401 - the fixtures
from tests.teach.test_preview import fields

WORDS = """## Which? {#q}

> Hint: h

- [=] message broker
  > Yes.
- [=] `AsyncResult`
- [ ] worker
  > No.

> **Why:** w
"""
PRINTED = """## What does it print? {#q}

```python
print("AsyncResult")
print("don't - stop")
```

> Hint: h

- [>]
  ```text
  AsyncResult
  don't - stop
  ```
  > Yes.
- [ ] AsyncResult
  > No.

> **Why:** w
"""


class Slipped(NamedTuple):
    source: str
    text: str
    said: str
    right: str


SLIPS = {
    "words": Slipped(WORDS, "message brocker", "Check the spelling", "the Message broker."),
    "code": Slipped(WORDS, "asyncresult", "Check the capitals", "AsyncResult"),
    "capitals in output": Slipped(
        PRINTED, "asyncresult\r\ndon't - stop", "Check the capitals", "AsyncResult\r\ndon’t\u00a0— stop."
    ),
    "spelling in output": Slipped(
        PRINTED, "AsyncResul\r\ndon’t - stop", "Check the spelling", "AsyncResult\r\ndon't - stop"
    ),
}
every_slip = pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)


@every_slip
@pytest.mark.django_db
@pytest.mark.parametrize("headers", [BROWSER, HTMX], ids=["plain forms", "htmx"])
@pytest.mark.parametrize("client", [Client, Forgetful], ids=["with a cookie", "without"])
def test_in_a_quiz(
    write_quiz: Callable[[str], Quiz], headers: dict[str, str], client: Callable[[], Client], slip: Slipped
):
    write_quiz(slip.source)
    journey = Journey(dict(headers), client=client())
    journey.look()
    assert "asked_back" not in journey.fields()
    text = journey.give("text", [slip.text])
    assert (journey.last.status_code, slip.said in text, "Not yet." in text) == (422, True, False)
    assert escape(slip.text.replace("\r\n", "\n")) in text.replace("\r\n", "\n")
    assert not Answer.objects.exists()
    assert slip.said in journey.give("text", [slip.text], asked_back="something else")
    text = journey.give("text", [slip.text], asked_back=slip.text)
    assert "Not yet." in text
    assert "one more try" in text
    assert "asked_back" not in journey.fields()
    assert slip.said in journey.give("text", [slip.text])
    assert "Right, on the second try." in journey.give("text", [slip.right])


@pytest.mark.django_db
def test_the_form_on_the_page_carries_what_was_asked_back(write_quiz: Callable[[str], Quiz]):
    write_quiz(WORDS)
    journey = Journey(dict(BROWSER))
    journey.look()
    journey.give("text", ["message brocker"])
    assert journey.fields()["asked_back"] == "message brocker"
    journey.give("text", ["message brockar"])
    assert "Not yet." in journey.text  # two letters are wrong, so it was taken


@pytest.mark.django_db
def test_a_program_is_told_so_and_can_insist(write_quiz: Callable[[str], Quiz]):
    write_quiz(WORDS)
    client = Client()
    form = {**open_form(client), "text": "message brocker"}
    refused = client.post("/quiz/one/answer/", form)
    assert refused.status_code == 422
    assert "Check the spelling" in refused.json()["detail"]
    assert client.post("/quiz/one/answer/", {**form, "asked_back": "message brocker"}).status_code == 200
    assert Answer.objects.get().correct is False


@every_slip
@pytest.mark.django_db
def test_in_a_review(write: Write, clock, slip: Slipped):  # noqa: F811
    lesson = write(slip.source, cards=None)
    learner = Learner()
    _miss(lesson.files["quiz.md"], learner.key)
    clock.shift(timedelta(days=1))
    learner.look()
    text = learner.send(text=slip.text)
    assert (learner.last.status_code, slip.said in text) == (422, True)
    assert not Review.objects.exists()
    assert "Wrong." in learner.send(text=slip.text)
    assert Review.objects.get().grade == 0


def _miss(quiz: Quiz, learner: UUID) -> None:
    for attempt in (1, 2):
        form = MultiValueDict({"text": ["something else"]})
        record(quiz, learner, SubmittedAnswer("q", version_token(quiz.questions[0]), 1, attempt, form))


@pytest.mark.django_db
def test_in_the_studios_preview(content: Content, instructor: Person):  # noqa: F811
    instructor.client.post("/teach/edit/one/quiz.md", {"text": WORDS, "base": ""}, headers={"hx-request": "true"})
    form = fields(instructor.client.get("/teach/preview/one/quiz.md").content.decode())
    target = "/teach/rehearse/answer/one/quiz.md"
    refused = instructor.client.post(target, {**form, "text": "message brocker"})
    assert refused.status_code == 422
    assert "Check the spelling" in refused.content.decode()
    again = {**fields(refused.content.decode()), "text": "message brocker"}
    assert "Not yet." in instructor.client.post(target, again, follow=True).content.decode()


def question(source: str) -> Question:
    return read(source, "one")[0].questions[0]


@pytest.mark.parametrize(
    ("typed", "worth"),
    [
        ("AsyncResult\ndon’t – stop", 1), ("AsyncResult\ndon't - stop.", 1),
        ("AsyncResult\ndon`t - stop", 1),
        ("AsyncResult\n\ndon't - stop", 0), ("AsyncResult", 0), ("AsyncResult.", 0), ("AsyncResult\nstop", 0),
        ("\ufeffAsync\u200bResult\ndon´t\u202f- stop", 1),
    ],
)  # fmt: skip
def test_what_a_program_prints_is_read_as_a_phone_types_it(typed: str, worth: int):
    asked = question(PRINTED)
    given = take(asked, MultiValueDict({"text": [typed], "asked_back": [typed]}))
    assert grade(asked, given) == worth


def test_of_two_outputs_that_differ_in_a_quote_each_is_taken_as_it_stands():
    asked = question(PRINTED.replace("- [ ] AsyncResult", "- [ ]\n  ```text\n  AsyncResult\n  don’t - stop\n  ```"))
    assert grade(asked, "AsyncResult\ndon't - stop") == 1
    assert grade(asked, "AsyncResult\ndon’t - stop") == 0
    assert grade(asked, "AsyncResult\ndon‘t - stop") == 0


def test_what_was_right_before_capitals_counted_still_has_its_feedback():
    asked = question("## Which? {#q}\n\n- [=] `AsyncResult`\n  > feedback-q\n\n> **Why:** w\n")
    with pytest.raises(Unclear):
        take(asked, MultiValueDict({"text": ["asyncresult"]}))
    before = Attempt("q", 1, 1, "asyncresult", 1.0, True, asked.version)
    shown = alone(asked, before)
    assert shown.verdict == "Right."
    assert [option.mark for option in shown.options] == ["your answer, right"]
