"""What an author's edits do to a running site."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config.environment import ROOT
from tests.running import RunningSite
from tests.running_process import wait_until

LESSON = "/lessons/defining-tasks/performance/"
QUIZ = "/quiz/defining-tasks/"
HTML = {"Accept": "text/html"}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of our own content, to edit."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


@pytest.fixture
def edited_site(content: Path, start_site: Callable[..., RunningSite]) -> RunningSite:
    return start_site(CONTENT_DIR=content, with_worker=False)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_good_edit_is_up_within_a_second_and_has_another_etag(edited_site: RunningSite, content: Path):
    before = edited_site.get(LESSON)
    replace(content / "defining-tasks/performance.md", "## Run both", "## Run the two of them")
    wait_until(lambda: "Run the two of them" in edited_site.get(LESSON).text, "the edit is up", seconds=2, every=0.1)
    after = edited_site.get(LESSON, {"If-None-Match": before.headers["ETag"]})
    assert after.status == 200


def test_a_new_question_is_asked_and_a_broken_one_is_not(edited_site: RunningSite, content: Path):
    quiz = content / "defining-tasks/quiz.md"
    replace(quiz, "## A view calls", "## A view awaits")
    wait_until(lambda: "A view awaits" in edited_site.get(QUIZ, HTML).text, "the edit is up", seconds=2, every=0.1)
    replace(quiz, "- [x]", "- [ ]")  # now the first question has no right answer
    edited_site.web.wait_until_logged("quiz.md:", seconds=5)
    assert "A view awaits" in edited_site.get(QUIZ, HTML).text


def test_a_broken_edit_is_logged_and_the_page_stays_up_over_a_restart(edited_site: RunningSite, content: Path):
    lesson = content / "defining-tasks/performance.md"
    replace(lesson, "/// demo |", "/// dmeo |")
    edited_site.web.wait_until_logged("unknown block “dmeo”", seconds=5)
    line = next(n for n, row in enumerate(lesson.read_text().split("\n"), 1) if row.startswith("/// dmeo"))
    assert f"performance.md:{line}:5: unknown block “dmeo”" in edited_site.web.log
    assert "/// dmeo | The same three seconds, twice" in edited_site.web.log
    good = edited_site.get(LESSON)
    assert good.status == 200
    edited_site.web.stop()
    edited_site.web.start()
    assert edited_site.get(LESSON).body == good.body
    replace(lesson, "/// dmeo |", "/// demo |")
    edited_site.web.wait_until_logged("content is in order again", seconds=5)


def test_a_lesson_that_is_broken_from_the_start_leaves_the_site_up(
    content: Path, start_site: Callable[..., RunningSite]
):
    (content / "broken").mkdir()
    (content / "broken/why.md").write_text("no front matter")
    replace(content / "course.toml", '["defining-tasks"]', '["defining-tasks", "broken"]')
    site = start_site(CONTENT_DIR=content, with_worker=False)
    assert site.get(LESSON).status == 200
    assert site.get("/lessons/broken/").status == 404
    assert "broken/why.md:1:1:" in site.web.log
