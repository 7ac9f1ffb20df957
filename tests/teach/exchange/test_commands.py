"""Exchange by command: the result to stdout, the report to stderr, in the form that editors understand."""

import io
import logging
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.catalog import catalog, course
from tests.teach.conftest import Content


def run(*command: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*command, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.txt"
    path.write_bytes("::calling-in-the-view::Größer?{T}\r\n\r\nDescribe it.{}\r\n".encode("cp1252"))
    return path


def test_a_file_is_printed_as_markdown_and_reported_by_line(file: Path):
    out, err = run("import_questions", str(file))
    assert out == "## Größer? {#calling-in-the-view}\n\n- [x] True\n- [ ] False\n"
    assert err.splitlines() == [
        f"{file}:1:1: warning: read as Windows-1252, as it is no UTF-8 (--encoding names another one)",
        f"{file}:3:1: the question is left out: it is an essay, which nobody here would grade",
    ]


def test_ids_of_the_lesson_are_not_used_again(file: Path):
    assert "{#calling-in-the-view-2}" in run("import_questions", str(file), "--lesson", "defining-tasks")[0]


def test_the_format_can_be_named(file: Path):
    with pytest.raises(CommandError, match="no question"):
        run("import_questions", str(file), "--format", "aiken")


def test_the_encoding_can_be_named(tmp_path: Path):
    path = tmp_path / "q.gift"
    path.write_bytes("Кто?{T}".encode("cp1251"))
    with pytest.raises(
        CommandError, match=r"q\.gift:1:1: Line 1 is no UTF-8.*With --encoding, one of utf-8, windows-1252"
    ):
        run("import_questions", str(path))
    assert run("import_questions", str(path), "--encoding", "windows-1251")[0].startswith("## Кто? {#")


@pytest.mark.parametrize("arguments", [["nowhere.gift"], ["--lesson", "nothing", "x"]])
def test_what_is_not_there_is_said(arguments: list[str]):
    with pytest.raises(CommandError, match=r"nowhere\.gift cannot be read|no lesson named"):
        run("import_questions", *arguments)


def test_a_quiz_is_printed_as_gift_and_reported_by_line():
    out, err = run("export_gift", "defining-tasks")
    assert out.startswith("::calling-in-the-view::[markdown]")
    assert "content/defining-tasks/quiz.md:7:1: warning: the hint has no place in GIFT" in err.splitlines()


@pytest.mark.parametrize("command", [("import_questions",), ("export_gift", "one")])
def test_a_report_says_nothing_of_the_content_that_is_there_already(
    command: tuple[str, ...], file: Path, content: Content, caplog: pytest.LogCaptureFixture
):
    quiz = content.shipped / "one/quiz.md"
    quiz.write_text(quiz.read_text().replace("A worker", "A <font>worker</font>"))
    arguments = command if len(command) > 1 else (*command, str(file), "--lesson", "one")
    _, err = run(*arguments)
    assert any(problem.problem.warning for problem in course().problems)
    assert [record.getMessage() for record in caplog.records if record.levelno < logging.ERROR] == []
    assert "<font>" not in err
    catalog.cache_clear()
    course()
    assert any("<font>" in record.getMessage() for record in caplog.records)  # whoever runs the site is told


def test_there_is_no_such_lesson():
    with pytest.raises(CommandError, match="no lesson"):
        run("export_gift", "nothing")
