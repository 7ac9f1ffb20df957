"""An account in a browser, with and without JavaScript: from one browser to another, to my data, to nothing."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.reader import NARROW, Reader
from tests.running import RunningSite
from tests.running_process import wait_until

QUIZ = "/quiz/defining-tasks/"
PASSWORD = "correct horse battery"
# What is checked is looked at wide and narrow; with JavaScript, what comes after is done narrow.
WAYS: dict[str, dict[str, Any]] = {
    "with JavaScript": {},
    "without JavaScript": {"java_script_enabled": False, "viewport": NARROW},
}


@pytest.fixture(params=WAYS)
def new_browser(
    request: pytest.FixtureRequest, sit_down: Callable[..., Reader], site: RunningSite
) -> Callable[[], Reader]:
    """Makes browsers that know nobody yet."""
    return lambda: sit_down(site, **WAYS[request.param])


def a_name() -> str:
    """A name that nobody has on the site that all tests share."""
    return f"ada-{uuid4().hex[:8]}"


def answer_a_question(reader: Reader) -> None:
    reader.open(QUIZ)
    reader.page.locator("form.answer label.option").first.click()
    reader.page.get_by_role("button", name="Answer").click()
    expect(reader.page.locator(".feedback").first).to_be_visible()


def sign_up(reader: Reader, name: str, email: str = "") -> None:
    reader.page.get_by_role("link", name="Account").first.click()
    reader.page.get_by_role("link", name="Sign up").click()
    reader.page.get_by_label("Name", exact=True).fill(name)
    reader.page.get_by_label("E-mail address").fill(email)
    reader.page.get_by_label("New password").fill(PASSWORD)
    reader.page.get_by_label("The same once more").fill(PASSWORD)
    reader.page.get_by_role("button", name="Sign up").click()
    expect(reader.page.get_by_text(f"You are signed in as {name}.")).to_be_visible()


def sign_in(reader: Reader, name: str, password: str = PASSWORD) -> None:
    reader.open("/learners/account/sign-in/")
    reader.page.get_by_label("Name", exact=True).fill(name)
    reader.page.get_by_label("Password", exact=True).fill(password)
    reader.page.get_by_role("button", name="Sign in").click()


def test_from_one_browser_to_another_to_my_data_to_nothing(new_browser: Callable[[], Reader]):
    name = a_name()
    first, second = new_browser(), new_browser()
    answer_a_question(first)
    sign_up(first, name)
    first.check_wide_and_narrow()

    answer_a_question(second)
    second.open("/learners/account/sign-in/")
    expect(second.page.get_by_role("checkbox", name="Add what was done in this browser")).to_be_checked()
    second.check_wide_and_narrow()
    sign_in(second, name)
    expect(second.page.get_by_text("was added to your account")).to_be_focused()
    second.check_wide_and_narrow()

    second.page.get_by_role("link", name="My data").first.click()
    expect(second.page.get_by_role("heading", name="My data")).to_be_visible()
    expect(second.page.get_by_text("2 in all, the newest first.")).to_be_visible()
    second.check_wide_and_narrow()
    with second.page.expect_download() as started:
        second.page.get_by_role("link", name="Download it as JSON").click()
    with started.value.path().open() as file:
        found = json.load(file)
    assert started.value.suggested_filename == "offload-my-data.json"
    assert found["account"]["name"] == name
    assert len(found["answers"]) == 2
    assert (found["answers"][0]["go"], found["answers"][0]["attempt"]) == (1, 1)

    second.page.get_by_role("link", name="Delete everything").click()
    expect(second.page.get_by_role("heading", name="Delete everything")).to_be_visible()
    second.check_wide_and_narrow()
    second.page.get_by_role("button", name="Delete everything").click()
    expect(second.page.get_by_text("Everything that was kept about you is gone.")).to_be_visible()
    expect(second.page.get_by_text("Answers to questions: 2")).to_be_visible()
    second.check_wide_and_narrow()

    first.open("/learners/my-data/")
    expect(first.page.get_by_text("Nothing is kept about you.")).to_be_visible()
    first.open(QUIZ)
    expect(first.page.get_by_text("Question 1 of")).to_be_visible()
    expect(first.page.locator(".feedback")).to_have_count(0)


def test_what_does_not_do_is_said_at_the_top_and_at_its_field(new_browser: Callable[[], Reader]):
    reader = new_browser()
    name = a_name()
    reader.open("/learners/account/sign-up/")
    with reader.expecting("status of 422"):
        reader.page.get_by_label("Name", exact=True).fill(name)
        reader.page.get_by_label("E-mail address").fill("nonsense")
        reader.page.get_by_label("New password").fill("short")
        reader.page.get_by_role("button", name="Sign up").click()
        summary = reader.page.get_by_role("alert")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("E-mail address: That is no e-mail address")
    reader.check_wide_and_narrow()
    expect(reader.page.get_by_label("Name", exact=True)).to_have_value(name)
    email = reader.page.get_by_label("E-mail address")
    expect(email).to_have_accessible_description(re.compile("That is no e-mail address"))
    summary.get_by_role("link", name="E-mail address").click()
    expect(email).to_be_focused()
    email.fill("")
    reader.page.get_by_label("New password").fill(PASSWORD)
    reader.page.get_by_label("The same once more").fill(PASSWORD)
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text(f"You are signed in as {name}.")).to_be_visible()


def test_signing_out_leaves_the_browser_to_the_next_one(new_browser: Callable[[], Reader]):
    reader = new_browser()
    answer_a_question(reader)
    sign_up(reader, a_name())
    reader.page.get_by_role("button", name="Sign out").click()
    expect(reader.page.get_by_role("link", name="Sign in")).to_be_visible()
    assert {cookie["name"] for cookie in reader.page.context.cookies()} <= {"offload_form"}
    reader.page.go_back()
    reader.open("/learners/my-data/")
    expect(reader.page.get_by_text("Nothing is kept about you.")).to_be_visible()


def test_a_password_is_changed_and_a_lost_one_is_replaced_by_mail(new_browser: Callable[[], Reader], site: RunningSite):
    name, changed, replaced = a_name(), "quite another password", "and one more password"
    first, second = new_browser(), new_browser()
    answer_a_question(first)
    sign_up(first, name, f"{name}@example.org")
    sign_in(second, name)
    expect(second.page.get_by_text(f"You are signed in as {name}.")).to_be_visible()
    first.page.get_by_role("link", name="Change the password").click()
    expect(first.page.get_by_role("heading", name="Change the password")).to_be_visible()
    first.check_wide_and_narrow()
    first.page.get_by_label("Password now").fill(PASSWORD)
    first.page.get_by_label("New password").fill(changed)
    first.page.get_by_label("The same once more").fill(changed)
    first.page.get_by_role("button", name="Change the password").click()
    expect(first.page.get_by_text("Every other browser is signed out.")).to_be_focused()
    second.open("/learners/account/")
    expect(second.page.get_by_role("link", name="Sign in")).to_be_visible()

    second.page.get_by_role("link", name="Sign in").click()
    second.page.get_by_role("link", name="Lost the password?").click()
    second.page.get_by_label("E-mail address").fill(f"{name}@example.org")
    second.page.get_by_role("button", name="Send a link").click()
    expect(second.page.get_by_text("If there is an account with this address")).to_be_visible()
    link = wait_until(lambda: re.search(rf"Account {name}:\s+http://[^/]+(/\S+/)\s", site.worker.log), "the mail")
    second.open(link.group(1))
    second.check_wide_and_narrow()
    second.page.get_by_label("New password").fill(replaced)
    second.page.get_by_label("The same once more").fill(replaced)
    second.page.get_by_role("button", name="Set the password").click()
    expect(second.page.get_by_text("Sign in with the new one.")).to_be_focused()
    sign_in(second, name, replaced)
    expect(second.page.get_by_text(f"You are signed in as {name}.")).to_be_visible()
    second.page.get_by_role("link", name="My data").first.click()
    expect(second.page.get_by_text("1 in all, the newest first.")).to_be_visible()
    with second.expecting("status of 410"):
        second.open(link.group(1))
        expect(second.page.get_by_role("link", name="Ask for a new link")).to_be_visible()
    second.check_wide_and_narrow()
