"""The addresses of headings: each its own, in letters of its script, and the same when another heading is added."""

import pytest

from lessons.prose import ProseRenderer


def ids(*headings: str) -> list[str]:
    prose = ProseRenderer()
    prose.render("\n\n".join(f"## {heading}" for heading in headings))
    return [heading.id for heading in prose.headings]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Who waits?", "who-waits"),
        ("Größe und Maß", "größe-und-maß"),
        ("Café", "cafe"),
        ("Очередь сообщений", "очередь-сообщений"),
        ("Celery и очередь", "celery-и-очередь"),
        ("队列", "队列"),
        ("תור ההודעות", "תור-ההודעות"),
        ("What is `{x}`", "what-is-x"),
        ("हिन्दी शीर्षक", "हिन्दी-शीर्षक"),
    ],
)
def test_an_address_is_made_of_the_text(text: str, address: str):
    assert ids(text) == [address]


def test_none_moves_when_another_is_added():
    before = ["Очередь", "Celery и брокер", "???", "…", "队列"]
    alone = ids(*before)
    assert len(set(alone)) == len(alone)
    assert ids("Что такое задача", "Celery и очередь", "!!!", *before)[3:] == alone


def test_headings_with_one_text_are_told_apart():
    assert ids("Why", "Why", "Why") == ["why", "why-2", "why-3"]


def test_a_heading_may_have_an_address_of_its_own():
    prose = ProseRenderer()
    assert prose.render("## Очередь {#queue}") == '<h2 id="queue">Очередь</h2>'


@pytest.mark.parametrize("text", ["What is C#", "The set {a}", "3 # 4", "C#{#x}"])
def test_nothing_else_at_the_end_of_a_heading_is_taken_away(text: str):
    prose = ProseRenderer()
    prose.render(f"## {text}")
    assert [heading.text for heading in prose.headings] == [text]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Comparison 1", "comparison-1-section"),
        ("Quiz", "quiz-section"),
        ("Main", "main-section"),
        ("Quiz 1b", "quiz-1b"),
    ],
)
def test_no_heading_takes_the_address_of_a_block_or_of_the_page(text: str, address: str):
    assert ids(text) == [address]
