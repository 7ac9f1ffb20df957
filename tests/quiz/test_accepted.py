"""Of the answers that are accepted, the first one is what is right; the others stand in one line behind it."""

import re
from collections.abc import Callable

import pytest

from quiz.questions import Quiz
from tests.quiz.journey import BROWSER, HTMX, Journey
from tests.quiz.test_paper import on_paper, told

pytestmark = pytest.mark.django_db

MANY = ["the broker", "List<String>", "a queue", "Redis", "RabbitMQ"]


def source(count: int) -> str:
    rows = "".join(f"- [=] {text}\n  > Yes.\n" for text in MANY[:count])
    return f"## Q? {{#q}}\n\n> Hint: h\n\n{rows}- [ ] worker\n  > No.\n\n> **Why:** w\n"


def words(html: str) -> str:
    return " ".join(
        re.sub("</?(?:bdi|span|p|details|summary)[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">").split()
    )


@pytest.mark.parametrize("headers", [BROWSER, HTMX], ids=["plain forms", "htmx"])
@pytest.mark.parametrize(
    ("count", "others"),
    [
        (1, ""),
        (2, "Also counts: List<String>"),
        (4, "Also counts: List<String> · a queue · Redis"),
        (5, "Also counts: 4 other answers List<String> · a queue · Redis · RabbitMQ"),
    ],
)
def test_the_first_one_is_right_and_the_others_count_too(
    write_quiz: Callable[[str], Quiz], headers: dict[str, str], count: int, others: str
):
    write_quiz(source(count))
    journey = Journey(dict(headers))
    journey.look()
    text = journey.give("text", ["the broker!"])
    said = text[text.index('<div class="feedback right"') :]
    assert said.index("Right.") < said.index("Your answer") < said.index("<dt>Right</dt>")
    rows = re.findall(r"<dd[^>]*>(.*?)</dd>", said, re.DOTALL)
    assert [words(row) for row in rows] == ["the broker!", "the broker"]
    also = re.search(r'<(details|p) class="also">(.*?)</\1>', said, re.DOTALL)
    assert words(also[2] if also else "") == others
    assert ('<details class="also"' in said) is (count > 4)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_on_paper_they_stand_in_one_line(content: Callable[[str], None], count: int):
    content(source(count))
    journey = Journey()
    journey.look()
    journey.give("text", ["the broker"])
    key = told(on_paper(journey.client))
    assert re.findall(r'<dd class="paper-right">(.*?)</dd>', key) == ['<div dir="auto"><span>the broker</span></div>']
    found = re.findall(r'<dd class="paper-also">(.*?)</dd>', key, re.DOTALL)
    assert [words(line) for line in found] == [f"Also counts: {' · '.join(MANY[1:count])}"] * (count > 1)


def test_what_is_printed_keeps_its_lines(write_quiz: Callable[[str], Quiz]):
    answers = "".join(f"- [>]\n  ```text\n  a\n  {last}\n  ```\n" for last in "bc").replace(
        "```\n- ", "```\n  > Yes.\n- "
    )
    write_quiz(f"## Q? {{#q}}\n\n```python\nprint(1)\n```\n\n> Hint: h\n\n{answers}\n> **Why:** w\n")
    journey = Journey()
    journey.look()
    text = journey.give("text", ["a\nb"])
    right = text[text.index("<dt>Right</dt>") : text.index("</dl>")]
    assert right.count('aria-label="Answer">a\n') == 2
    assert 'class="also"' not in text
