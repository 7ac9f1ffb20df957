"""An instructor brings questions in from Moodle, in a browser: reads the report, chooses, and has them in the draft."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.reader import NARROW, Reader
from tests.browser.teaching import become_instructor
from tests.running import RunningSite

HERE = "/teach/lessons/defining-tasks/exchange/"
GIFT = """$CATEGORY: Background work

::who-waits::Who waits while a view calls a function of three seconds?{
\t=The reader#Yes.
\t~%50%The worker#No: it is not asked.
\t~Nobody
\t####The answer comes when the function returns.
}

::how-long::How many seconds, about?{#3:0.5}

::the-way::[html]<p>What comes <strong>first</strong>?</p>{=The message -> 1 =The broker -> 2 =The worker -> 3}

::explain::Explain it.{}
"""


@pytest.fixture(params=[{}, {"java_script_enabled": False, "viewport": NARROW}], ids=["with JavaScript", "without"])
def teacher(request: pytest.FixtureRequest, sit_down: Callable[..., Reader], site: RunningSite) -> Reader:
    """An instructor on the page of the exchange."""
    found = sit_down(site, **request.param)
    become_instructor(found)
    found.open(HERE)
    return found


def upload(page: Page, text: str = GIFT) -> None:
    file: FilePayload = {"name": "q.gift", "mimeType": "text/plain", "buffer": text.encode("utf-16")}
    page.get_by_label("A file").set_input_files(file)
    page.get_by_role("button", name="Show what comes of it").click()


def test_an_upload_is_read_and_shown_before_anything_is_kept(teacher: Reader):
    page = teacher.page
    teacher.check_wide_and_narrow()
    upload(page)
    expect(page.get_by_role("status").first).to_contain_text("Read as GIFT. 3 questions can be taken.")
    expect(page.get_by_role("heading", name="What comes of it")).to_be_focused()
    report = page.get_by_role("group", name="What was not carried")
    expect(report.get_by_role("row")).to_have_count(4)
    expect(report.get_by_role("row").nth(1)).to_contain_text("1The category “Background work” is not carried")
    expect(report.get_by_role("row").nth(2)).to_contain_text("5The weight 50 % is not carried")
    expect(report.get_by_role("row").nth(3)).to_contain_text("14Left out. It is an essay")
    waits = page.get_by_role("region", name="Who waits while a view calls")
    expect(waits.get_by_role("radio")).to_have_count(3)
    for radio in waits.get_by_role("radio").all():
        expect(radio).to_be_disabled()
    expect(page.get_by_role("region", name="How many seconds").get_by_role("textbox")).to_be_disabled()
    steps = page.get_by_role("region", name="What comes first")
    expect(steps.get_by_role("combobox").first).to_be_disabled()
    expect(steps.get_by_role("button", name="Up", include_hidden=True).first).to_be_hidden()
    waits.get_by_text("Its Markdown").click()
    expect(waits.get_by_text("- [x] The reader")).to_be_visible()
    teacher.check_wide_and_narrow()


def test_what_cannot_be_read_is_said_and_what_was_pasted_stays(teacher: Reader):
    page = teacher.page
    with teacher.expecting("422"):
        page.get_by_role("button", name="Show what comes of it").click()
        expect(page.get_by_role("alert")).to_contain_text("choose a file, or paste its text")
        expect(page.get_by_role("alert")).to_be_focused()
        teacher.check_wide_and_narrow()
    page.get_by_label("Or its text").fill("Who?{=I ~You")
    page.get_by_role("button", name="Show what comes of it").click()
    expect(page.get_by_role("group", name="What was not carried")).to_contain_text("between { and }")
    expect(page.get_by_label("Or its text")).to_have_value("Who?{=I ~You")
    teacher.check_wide_and_narrow()


def test_nothing_chosen_is_said(teacher: Reader):
    page = teacher.page
    upload(page)
    for name in ("who-waits", "how-long", "the-way"):
        page.get_by_role("checkbox", name=f"Take “{name}”").uncheck()
    with teacher.expecting("422"):
        page.get_by_role("button", name="Put these into the draft").click()
        expect(page.get_by_role("alert")).to_contain_text("Tick at least one")
    expect(page.get_by_role("checkbox", name="Take “the-way”")).not_to_be_checked()
    teacher.check_wide_and_narrow()


def test_the_quiz_is_downloaded_as_gift(teacher: Reader):
    with teacher.page.expect_download() as download:
        teacher.page.get_by_role("link", name="Download this lesson's quiz as GIFT").click()
    assert download.value.suggested_filename == "defining-tasks.gift.txt"
    assert "::calling-in-the-view::[markdown]" in download.value.path().read_text()


def test_what_is_chosen_is_in_the_draft(teacher: Reader):
    page = teacher.page
    upload(page)
    page.get_by_role("checkbox", name="Take “how-long”").uncheck()
    page.get_by_role("button", name="Put these into the draft").click()
    page.wait_for_url("**/defining-tasks/quiz.md**")
    there = page.content()
    assert "{#who-waits}" in there
    assert "{#the-way}" in there
    assert "{#how-long}" not in there
