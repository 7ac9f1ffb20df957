"""What rooms register with the lessons: each name once, and each kind of file with all that the house asks of it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from lessons import registry
from lessons.assembling import Lesson
from lessons.registry import ContentKind
from lessons.rendering import render
from lessons.scanning import Problem, scan
from quiz.reading import QUIZ
from review.cards import CARDS

REGISTERS: list[tuple[Any, Callable[[Any], None]]] = [
    (registry.directives, registry.register_directive),
    (registry.kinds, registry.register_kind),
    (registry.prose_checks, registry.register_prose_check),
    (registry.lesson_checks, registry.register_lesson_check),
    (registry.inserts, registry.register_insert),
]


@pytest.mark.parametrize(("register", "add"), REGISTERS, ids=lambda found: getattr(found, "__name__", None))
def test_a_name_is_registered_once(register, add):
    name, thing = next(iter(register.items()))
    before = dict(register)
    with pytest.raises(ImproperlyConfigured, match=r"is registered twice: first was .*, then came "):
        add(thing)
    assert register == before
    assert name in register


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


@pytest.mark.parametrize("kind", registry.kinds.values(), ids=lambda kind: kind.filename)
def test_a_kind_brings_its_label_and_a_starter_and_a_preview_that_are_in_order(kind: ContentKind[Any]):
    assert kind.label
    if kind.starter:
        assert not errors(kind.read(kind.starter, "one")[1])
    pieces, problems = scan(kind.preview)
    assert not errors([*problems, *render(pieces, "one").problems])
    shown_by = [directive for directive in registry.directives.values() if directive.needs_file == kind.filename]
    assert bool(kind.preview) == bool(shown_by)


def test_a_lesson_gives_what_a_file_of_a_kind_was_read_into():
    quiz, _ = QUIZ.read("", "one")
    lesson = Lesson("one", 1, {}, {"quiz.md": quiz})
    assert lesson.get(QUIZ) is quiz
    assert lesson.get(CARDS) is None
