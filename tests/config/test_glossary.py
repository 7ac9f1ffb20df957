"""The glossary says what words mean; the names that it gives for them are names of the code."""

import re

import pytest

from config.environment import ROOT

ROWS = [line for line in (ROOT / "docs" / "glossary.md").read_text().split("\n") if line.startswith("| **")]
NAMES = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row.rpartition(" | ")[2])})
SOURCES = [
    path
    for room in (
        "charts",
        "demos",
        "frontdoor",
        "learners",
        "lessons",
        "quiz",
        "review",
        "stopwatch",
        "teach",
        "config",
    )
    for path in (ROOT / room).rglob("*.py")
    if "tests" not in path.parts and "migrations" not in path.parts
]


@pytest.fixture(scope="module")
def code() -> str:
    return "\n".join(path.read_text() for path in SOURCES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_the_glossary_is_one_of_the_code(name: str, code: str):
    if name.endswith(".py"):
        assert any(path.name == name for path in SOURCES)
    elif name.startswith("make "):
        assert f"\n{name.removeprefix('make ')}:" in (ROOT / "Makefile").read_text()
    else:
        own = re.escape(name.rpartition(".")[2])
        assert re.search(
            rf"^\s*(class|def) {own}\b|^\s*{own}(:[^=]+)? =|\b(self|HttpRequest)\.{own}\b|def {own}\(",
            code,
            re.MULTILINE,
        )


def test_each_row_has_a_name_in_the_code():
    assert len(ROWS) >= 30
    assert all("`" in row.rpartition(" | ")[2] for row in ROWS)
