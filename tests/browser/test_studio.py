"""The instructor at a browser: from signing in to a question that a learner answers, with and without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.reader import NARROW, WIDTHS, Reader
from tests.browser.teaching import EDIT, LESSON, PASSWORD, become_instructor, sign_up_as_instructor
from tests.running import RunningSite
from tests.running_process import wait_until
from tests.visitor import HTML, a_name

WAYS: dict[str, dict[str, Any]] = {
    "with JavaScript": {},
    "without JavaScript": {"java_script_enabled": False, "viewport": NARROW},
}
QUESTION = "Who carries out a task that was sent?"


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#preview")


def fill_the_question(page: Page) -> None:
    page.get_by_label("Question", exact=True).fill(QUESTION)
    for number, (text, feedback) in enumerate(
        [("The web server itself", "It only sends."), ("A worker process", "Yes."), ("The broker", "It only keeps.")], 1
    ):
        row = page.get_by_role("group", name=f"Option {number}")
        row.get_by_label("Option", exact=True).fill(text)
        row.get_by_label("What is said").fill(feedback)
    page.get_by_role("group", name="Option 2").get_by_label("This is right").check()
    page.get_by_label("Hint, after").fill("Which process imports the task besides the web server?")
    page.get_by_label("Why, for everyone").fill("The work is done elsewhere.")


def leave_only_the_last_question(quiz: Path) -> None:
    """So that a learner need not answer nine others first. An editor on the machine does it, as authors may."""
    quiz.write_text("## " + quiz.read_text().split("\n## ")[-1])


@pytest.mark.parametrize("way", WAYS)
def test_an_instructor_adds_a_question_that_a_learner_then_answers(
    way: str, sit_down: Callable[..., Reader], workerless_site: RunningSite
):
    reader = sit_down(workerless_site, **WAYS[way])
    page = reader.page
    name = sign_up_as_instructor(reader)
    page.get_by_role("link", name="Account").first.click()
    page.get_by_role("button", name="Sign out").click()
    with reader.expecting("404"):
        page.goto(workerless_site.url + "/teach/")
        expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()

    reader.open("/learners/account/sign-in/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Studio").click()
    reader.check_wide_and_narrow()
    page.get_by_role("link", name="Add a question").first.click()
    reader.check_wide_and_narrow()
    page.get_by_label("Question", exact=True).fill(QUESTION)
    with reader.expecting("422"):
        page.get_by_role("button", name="Show it as learners").click()
        expect(page.get_by_role("alert")).to_contain_text("That does not do yet")
    reader.check_wide_and_narrow()
    fill_the_question(page)
    page.get_by_role("button", name="Show it as learners").click()

    expect(page.get_by_text("The question stands at the end, as a draft")).to_be_visible()
    shown = frame(page)
    expect(shown.get_by_role("heading", name=QUESTION)).to_be_visible()
    reader.check_wide_and_narrow()
    shown.get_by_text("The broker", exact=True).click()
    shown.get_by_role("button", name="Answer").click()
    expect(shown.get_by_text("It only keeps.")).to_be_visible()
    expect(shown.get_by_text("Which process imports the task")).to_be_visible()
    page.get_by_label("Why?").fill("Learners take the broker for the worker")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Learners see it from now on.")).to_be_visible()
    reader.check_wide_and_narrow()

    learner = sit_down(workerless_site, **WAYS[way])
    learner.open(f"/quiz/{LESSON}/")
    expect(learner.page.get_by_text("Question 1 of 10")).to_be_visible()
    leave_only_the_last_question(workerless_site.data_dir / "content" / LESSON / "quiz.md")
    wait_until(
        lambda: "Question 1 of 1<" in workerless_site.get(f"/quiz/{LESSON}/", HTML).text, "the quiz is a short one"
    )
    learner.open(f"/quiz/{LESSON}/")
    learner.page.get_by_text("A worker process", exact=True).click()
    learner.page.get_by_role("button", name="Answer").click()
    expect(learner.page.get_by_text("Right.")).to_be_visible()
    expect(learner.page.get_by_text("The work is done elsewhere.")).to_be_visible()


PAGES = [
    "/teach/",
    "/teach/instructors/",
    "/teach/lessons/new/",
    f"/teach/lessons/{LESSON}/question/?kind=order",
    f"/teach/edit/{LESSON}/performance.md",
    f"/teach/edit/{LESSON}/predictions.md",
    f"/teach/edit/{LESSON}/cards.md",
    f"/teach/edit/{LESSON}/recorded.md",
    f"/teach/edit/{LESSON}/two-processes.svg",
    "/teach/edit/course.toml",
    f"/teach/versions/{LESSON}/quiz.md",
    f"/teach/shipped/{LESSON}/quiz.md",
]


def test_every_page_of_the_studio_is_accessible_and_fits_at_both_widths_in_both_schemes(
    sit_down: Callable[..., Reader], workerless_site: RunningSite
):
    reader = sit_down(workerless_site)
    become_instructor(reader)
    change_the_quiz(reader)
    reader.open(f"/teach/versions/{LESSON}/quiz.md")
    reader.page.get_by_role("link", name="see it, and what differs").first.click()
    reader.check_every_look()
    for path in PAGES:
        reader.open(path)
        reader.check_every_look()
    for width in WIDTHS:
        reader.page.set_viewport_size({"width": width, "height": 800})
        reader.open(f"/teach/preview/{LESSON}/performance.md")
        reader.check_width()


def change_the_quiz(reader: Reader) -> None:
    reader.open(EDIT)
    reader.page.get_by_role("textbox", name="Markdown of quiz.md").click()
    reader.page.keyboard.press("Control+End")
    reader.page.keyboard.type("\n")
    reader.page.get_by_role("button", name="Save").click()
    expect(reader.page.get_by_text("Saved. Learners see it from now on.")).to_be_visible()


def test_nothing_but_the_quiz_can_be_used_in_the_preview(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    become_instructor(reader)
    reader.open(f"/teach/edit/{LESSON}/performance.md")
    shown = frame(reader.page)
    expect(shown.get_by_role("heading", level=1)).to_be_visible()
    expect(shown.get_by_role("button", name="Run both")).to_have_count(0)  # inert, so no role is left
    expect(shown.get_by_role("button", name="Answer")).to_be_visible()


def test_an_invitation_makes_a_second_instructor(sit_down: Callable[..., Reader], site: RunningSite):
    ada, grace = sit_down(site), sit_down(site)
    become_instructor(ada)
    name = a_name()
    ada.open("/teach/instructors/")
    ada.page.get_by_role("button", name="Make an invitation link").click()
    link = ada.page.get_by_label("The link").input_value()
    ada.check_accessible()
    grace.page.goto(link)
    grace.check_accessible()
    grace.page.get_by_label("Name", exact=True).fill(name)
    grace.page.get_by_label("New password").fill(PASSWORD)
    grace.page.get_by_label("The same once more").fill(PASSWORD)
    grace.page.get_by_role("button", name="Sign up as an instructor").click()
    expect(grace.page.get_by_text(f"Welcome, {name}")).to_be_visible()
    ada.open("/teach/instructors/")
    expect(ada.page.get_by_text(name).first).to_be_visible()


def test_another_kind_keeps_what_was_typed_and_enter_changes_none(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    page = reader.page
    become_instructor(reader)
    reader.open(f"/teach/lessons/{LESSON}/question/")
    page.get_by_label("Question", exact=True).fill(QUESTION)
    page.get_by_role("button", name="A number").click()
    expect(page.get_by_role("button", name="A number")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Question", exact=True)).to_have_value(QUESTION)
    reader.check_accessible()
    with reader.expecting("422"):
        page.get_by_label("Question", exact=True).press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("That does not do yet")
    expect(page.get_by_role("button", name="A number")).to_have_attribute("aria-pressed", "true")
