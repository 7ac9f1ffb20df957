"""docs/benchmarks.md: what is measured on its own replaces its own section, and no other."""

import pytest

from tests.bench import document
from tests.bench.__main__ import PARTS
from tests.bench.growth import Growth


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(document, "FILE", tmp_path / "benchmarks.md")
    return tmp_path / "benchmarks.md"


def test_a_section_replaces_its_own_and_leaves_the_others(file):
    first, second, third = document.SECTIONS[:3]
    document.write_section(third, "Three\n\n### Within three")
    document.write_section(first, "One")
    document.write_section(second, "Two")
    before = file.read_text()
    document.write_section(second, "Two anew")
    assert file.read_text() == before.replace("\nTwo\n", "\nTwo anew\n")
    assert [row[3:] for row in before.split("\n") if row.startswith("## ")] == [first, second, third]
    assert "### Within three" in before
    assert "\n\n\n" not in before


def test_every_part_has_a_section_of_its_own():
    headings = [heading for heading, _ in PARTS.values()]
    assert len(set(headings)) == len(headings)
    assert {*headings, document.BESIDE_WHAT_WAS, document.AT_WORK} == set(document.SECTIONS)


def test_growth_is_held_against_a_ratio_or_against_seconds():
    assert Growth("", [1.0, 1.0, 9.0], [1.9, 1.9, 9.0], ratio=2.0).is_met
    assert not Growth("", [1.0], [2.1], ratio=2.0).is_met
    assert Growth("", [0.1], [0.9], seconds=1.0).is_met
    assert not Growth("", [0.1], [0.9, 0.9, 1.1], seconds=1.0).is_met
