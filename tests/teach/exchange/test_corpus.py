"""Each construct of GIFT, once, in a file named after it, with the Markdown and the report that it gives beside it."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.conf import settings

from quiz.parsing import parse
from quiz.written import DraftedQuestion
from teach.composing import drafted
from teach.exchange.exporting import gift_of
from teach.exchange.importing import imported

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix in {".gift", ".txt"})


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    """A file of another system."""
    found: Path = request.param
    return found


def test_a_file_gives_the_markdown_beside_it(file: Path):
    found = imported(file.read_text(), "one", ())
    assert "\n".join(taken.markdown for taken in found.questions) == file.with_suffix(".md").read_text()


def test_a_file_gives_the_report_beside_it(file: Path):
    found = imported(file.read_text(), "one", ())
    said = [f"{one.line}:{one.column}: {'warning: ' if one.warning else ''}{one.message}" for one in found.report]
    assert said == file.with_suffix(".report").read_text().splitlines()


def test_what_was_carried_comes_back_from_an_export(file: Path):
    first = imported(file.read_text(), "one", ())
    gift, report = gift_of("\n".join(taken.markdown for taken in first.questions))
    assert report == []
    again = imported(gift, "one", (), "gift" if gift else "")
    assert [taken.drafted for taken in again.questions] == [taken.drafted for taken in first.questions]
    assert not first.questions or [one for one in again.report if "formula" not in one.message] == []


def course_quiz() -> list[DraftedQuestion]:
    source = (Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text()
    return [drafted(question) for question in parse(source.split("---\n", 2)[2])[0]]


def test_the_courses_own_quiz_comes_back_but_for_what_gift_has_no_place_for():
    source = (Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text()
    gift, report = gift_of(source)
    there = {taken.drafted.id: taken.drafted for taken in imported(gift, "one", ()).questions}
    for question in course_quiz():
        if any(option.mark in {">", "web"} for option in question.options):
            assert question.id not in there
            continue
        found = there[question.id]
        assert (found.text, found.why) == (question.text, question.why)
        if any(option.mark == "1" for option in question.options):
            assert [option.text for option in found.options] == [option.text for option in question.options]
        elif any(option.mark == "~" for option in question.options):
            assert [option.feedback for option in found.options] == [option.feedback for option in question.options]
            assert found.options[0].text == "3 ± 0.3"
            assert "Write the number in s." in found.stem
        else:
            assert found.options == question.options
            assert found.stem == question.stem
    assert [one.message.partition(":")[0] for one in report if not one.warning] == ["the question is left out"] * 2
    lines = source.split("\n")
    assert all(lines[one.line - 1].startswith("> Hint:") for one in report if "hint" in one.message)


def test_the_example_of_the_documentation_holds():
    words = (Path(settings.BASE_DIR) / "docs/exchange.md").read_text()
    given, _, rest = words.partition("For example\n")[2].partition("becomes\n")
    becomes = rest.partition("and the report says")[0]
    found = imported(dedent(given).strip(), "one", ())
    assert found.questions[0].markdown == dedent(becomes).strip() + "\n"
    (said,) = found.report
    assert f"`{said.line}:{said.column}: warning: {said.message}`" in words
