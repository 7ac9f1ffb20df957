"""What an author writes shows on our pages as on a code host, or they are told, with the line, that it does not.

`python -m tests.lessons.commonmark 20000` looks at more than these tests do.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lessons.dialect.advice import differences
from tests.lessons.commonmark.cases import CASES
from tests.lessons.commonmark.comparing import false_alarms, unsaid
from tests.lessons.commonmark.generated import KINDS
from tests.lessons.commonmark.lazy_lines import is_sure
from tests.lessons.commonmark.ours import FILES, written
from tests.lessons.commonmark.shrinking import smallest

GENERATED = 250  # of each kind: 2 s together, on a small machine


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_own_prose_does(path: Path):
    for text in written(path):
        assert told(text) == ""
        assert list(false_alarms(text)) == []


@pytest.mark.parametrize("kind", CASES)
def test_what_stands_in_a_few_lines_does(kind: str):
    assert "\n".join(filter(None, map(told, CASES[kind]))) == ""


@pytest.mark.parametrize("kind", CASES)
def test_nobody_is_warned_of_what_is_the_same(kind: str):
    assert [(text, alarm) for text in CASES[kind] for alarm in false_alarms(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_wrote_does(kind: str):
    for text in filter(is_sure, map(KINDS[kind], range(GENERATED))):
        if unsaid(text):
            pytest.fail(told(smallest(text, lambda simpler: is_sure(simpler) and bool(unsaid(simpler)))))


def told(text: str) -> str:
    """What differs, for whoever has to mend it."""
    return "\n".join(_told(text))


def _told(text: str) -> Iterator[str]:
    for difference in unsaid(text):
        yield f"{text!r}, {difference}"


# What the other reader does not know of, and code hosts do.
OF_HOSTS = ["a[^1]\n\n[^1]: b\n", "> [!NOTE]\n> a\n", "~a~\n"]


@pytest.mark.parametrize("text", OF_HOSTS)
def test_what_only_code_hosts_know_is_warned_of(text: str):
    assert 1 in {problem.line for problem in differences(text)}


def test_a_warning_names_the_line_in_the_file():
    (problem,) = differences("a\n\nTerm\n: text\n", first=11)
    assert (problem.line, problem.column, problem.warning) == (14, 1, True)
