"""The statistics in a browser: seen at both widths, in both schemes, by keyboard, and without JavaScript."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config.environment import ROOT
from tests.bench.seeding import LESSON, write_quiz
from tests.browser.reader import Reader
from tests.browser.teaching import become_instructor
from tests.running import QUICK, RunningSite, running_site

pytestmark = pytest.mark.xdist_group("a site with answers")

BASE = f"/teach/lessons/{LESSON}/statistics/"
PAGES = {
    "Which questions work": BASE,
    "Where readers stop": f"{BASE}_readers/",
    "What was predicted, and what was measured": f"{BASE}_runs/",
    "Question 5?": f"{BASE}question-number-5/",
    "How the site is doing": "/teach/site/",
}


@pytest.fixture(scope="module")
def answered_site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site with ten questions that 150 learners have answered, half of them in three versions."""
    folder = tmp_path_factory.mktemp("answered")
    content = Path(shutil.copytree(ROOT / "content", folder / "content"))
    write_quiz(content)
    with running_site(folder, prepared, CONTENT_DIR=content, with_worker=False, **QUICK) as site:
        subprocess.run(
            [sys.executable, "-m", "tests.bench.seeding", "150"],
            cwd=ROOT,
            env=site.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        yield site


def test_each_page_is_there_for_eyes_and_for_screen_readers_at_both_widths_in_both_schemes(
    sit_down: Callable[..., Reader], answered_site: RunningSite
):
    reader = sit_down(answered_site)
    become_instructor(reader)
    for title, path in PAGES.items():
        reader.open(path)
        expect(reader.page.get_by_role("heading", name=title, level=1)).to_be_visible()
        expect(reader.page.get_by_role("img").first).to_be_visible()
        reader.check_every_look()


def test_by_keyboard_an_instructor_gets_from_the_lesson_to_a_question_and_scrolls_its_tables(
    sit_down: Callable[..., Reader], answered_site: RunningSite
):
    reader = sit_down(answered_site, viewport={"width": 360, "height": 800})
    become_instructor(reader)
    reader.open(BASE)
    page = reader.page
    page.get_by_role("link", name="Readers").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Predicted and measured")).to_be_focused()
    table = page.get_by_role("group", name="First attempts at each question")
    for _ in range(12):
        if table.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(table).to_be_focused()
    page.keyboard.press("ArrowRight")
    reader.wait_until(lambda: table.evaluate("element => element.scrollLeft > 0"), "the table has scrolled")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="1. question-number-1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 1?", level=1)).to_be_visible()
    expect(page.get_by_role("row", name="Version 3, as it is now")).not_to_have_count(0)


def test_without_javascript_all_of_it_is_there_and_a_table_can_be_taken_along(
    sit_down: Callable[..., Reader], answered_site: RunningSite
):
    with_script = sit_down(answered_site)
    become_instructor(with_script)
    reader = sit_down(answered_site, java_script_enabled=False, storage_state=with_script.page.context.storage_state())
    for title, path in PAGES.items():
        reader.open(path)
        expect(reader.page.get_by_role("heading", name=title, level=1)).to_be_visible()
    reader.open(BASE)
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="CSV of First attempts at each question").click()
    assert download.value.suggested_filename == f"{LESSON}-questions.csv"
    rows = Path(download.value.path()).read_text().splitlines()
    assert len(rows) == 11
    assert rows[2].startswith("2. question-number-2,150,")


def test_a_visitors_opening_is_counted_and_keeps_nothing_of_them(
    sit_down: Callable[..., Reader], answered_site: RunningSite
):
    instructor, visitor = sit_down(answered_site), sit_down(answered_site)
    become_instructor(instructor)
    opened = instructor.page.get_by_role("row", name="Performance").get_by_role("cell").first

    def count() -> str:
        instructor.open(f"{BASE}_readers/")
        return opened.inner_text()

    assert count() == "0"
    visitor.open(f"/lessons/{LESSON}/performance/")
    assert visitor.page.context.cookies() == []
    instructor.wait_until(lambda: count() == "1", "the opening is written")
    instructor.check_accessible()


def test_an_empty_lesson_says_so(sit_down: Callable[..., Reader], workerless_site: RunningSite):
    reader = sit_down(workerless_site)
    become_instructor(reader)
    reader.open(BASE)
    expect(reader.page.get_by_text("Nobody has answered a question of this lesson yet.")).to_be_visible()
    reader.check_accessible()
    reader.open(f"{BASE}_runs/")
    expect(reader.page.get_by_text("Nobody has measured anything yet")).to_be_visible()
    reader.check_accessible()
