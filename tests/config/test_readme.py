"""What the README says must be so."""

import re
from dataclasses import fields

from config.environment import ROOT, Environment
from lessons.registry import kinds

README = (ROOT / "README.md").read_text()


def test_the_readme_lists_every_setting_and_no_other():
    table = README.split("## Settings")[1].split("\n## ")[0]
    listed = set(re.findall(r"`([A-Z_]{4,})`", "\n".join(row.split("|")[1] for row in table.split("\n") if "|" in row)))
    assert listed == {field.name.upper() for field in fields(Environment)}


def test_the_question_in_the_readme_is_a_good_one():
    section = README.split("## Add a question in a minute")[1].split("\n## ")[0]
    question = "\n".join(row[4:] for row in section.split("\n") if row.startswith("    ") or not row.strip())
    _, problems = kinds["quiz.md"].read(question, "any")
    assert problems == []


def test_what_the_readme_links_to_exists():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
