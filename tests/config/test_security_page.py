"""docs/security.md names a file for each defence and a test that shows it: they are there."""

import ast
import re
from functools import cache

import pytest

from config.environment import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
ROWS = [line for line in TEXT.split("\n") if line.startswith("| ") and not line.startswith(("| Threat", "| ---"))]
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
FILES = sorted(set(re.findall(r"`([\w.]+(?:/[\w.]+)+|compose\.yaml|Containerfile|\.dockerignore)`", TEXT)))


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_a_test_that_is_named_is_there(path, name):
    assert name in names_in(path)


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_named_is_there(path):
    assert (ROOT / path).exists()


def test_each_threat_has_a_defence_and_a_test():
    assert len(ROWS) >= 40
    for row in ROWS:
        threat, defence, shown = row.strip("| ").split(" | ")
        assert threat
        assert defence
        assert "::test_" in shown, threat
