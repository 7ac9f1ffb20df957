"""An instructor who edits a file in the studio: problems while they type, drafts, and others who edit it too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.reader import Reader
from tests.browser.teaching import EDIT, become_instructor
from tests.running import RunningSite


def test_problems_appear_while_typing_and_saving_waits_for_their_end(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site)
    page = reader.page
    become_instructor(reader)
    reader.open(EDIT)
    editor = page.get_by_role("textbox", name="Markdown of quiz.md")
    save = page.get_by_role("button", name="Save")
    expect(page.locator(".checked-summary.fine")).to_be_visible()
    expect(save).to_be_enabled()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n## A question without an id\n")
    problems = page.locator("#checked .problems")
    expect(problems.get_by_text("needs an id").first).to_be_visible()
    expect(page.locator("#checked-status")).to_contain_text("error")
    expect(page.locator(".editor .cm-line.problem.error").first).to_be_visible()
    expect(save).to_be_disabled()
    reader.check_accessible()

    for _ in range(3):  # the two lines and the end of the one before
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Delete")
    expect(page.locator(".checked-summary.fine")).to_be_visible()
    expect(save).to_be_enabled()


def test_a_draft_is_there_again_after_a_reload(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    page = reader.page
    become_instructor(reader)
    reader.open(EDIT)
    page.get_by_role("textbox", name="Markdown of quiz.md").click()
    page.keyboard.press("Control+End")
    with page.expect_response(lambda response: response.request.method == "POST" and "/teach/edit/" in response.url):
        page.keyboard.type("\nOnly a draft.\n")
    reader.wait_until_answered()
    page.reload()
    expect(page.get_by_text("This is your draft")).to_be_visible()
    assert "Only a draft." in page.locator("#text").input_value()


def test_two_instructors_who_edit_one_file_lose_nothing(sit_down: Callable[..., Reader], workerless_site: RunningSite):
    ada, grace = (
        sit_down(workerless_site, java_script_enabled=False),
        sit_down(workerless_site, java_script_enabled=False),
    )
    name = become_instructor(ada)
    become_instructor(grace)
    for reader in (ada, grace):
        reader.open(EDIT)
    texts = {}
    for reader, words in ((ada, "A view awaits"), (grace, "A view waits for")):
        field = reader.page.get_by_label("Markdown of quiz.md")
        texts[reader] = field.input_value().replace("A view calls", words)
        field.fill(texts[reader])
    ada.page.get_by_label("Why?").fill("Shorter")
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_text("Saved. Learners see it from now on.")).to_be_visible()

    with grace.expecting("409"):
        grace.page.get_by_role("button", name="Save").click()
    expect(grace.page.get_by_role("alert")).to_contain_text("yours was not saved")
    expect(grace.page.get_by_text(f"{name} saved theirs")).to_be_visible()
    expect(grace.page.get_by_text("Shorter")).to_be_visible()
    grace.check_width()
    grace.page.get_by_role("button", name="Go on with mine").click()
    grace.page.get_by_role("button", name="Save").click()
    expect(grace.page.get_by_text("Saved. Learners see it from now on.")).to_be_visible()

    grace.page.get_by_role("link", name="Versions").click()
    grace.page.get_by_role("row", name="Shorter").get_by_role("link").click()
    expect(grace.page.get_by_text("A view awaits").first).to_be_visible()


def test_the_editor_is_left_by_the_keyboard_and_the_form_is_sent_with_it(
    sit_down: Callable[..., Reader], workerless_site: RunningSite
):
    reader = sit_down(workerless_site)
    page = reader.page
    become_instructor(reader)
    reader.open(EDIT)
    page.get_by_role("textbox", name="Markdown of quiz.md").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.type("A line")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. Learners see it from now on.")).to_be_focused()


def test_two_windows_of_one_instructor_lose_nothing(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    become_instructor(reader)
    page, other = reader.page, reader.page.context.new_page()
    for window in (page, other):
        window.goto(site.url + EDIT)
        expect(window.get_by_role("textbox", name="Markdown of quiz.md")).to_be_visible()
    for window, words in ((other, "Typed there"), (page, "Typed here")):
        window.get_by_role("textbox", name="Markdown of quiz.md").click()
        window.keyboard.press("Control+End")
        with reader.expecting("409"), window.expect_response(lambda answer: answer.request.method == "POST"):
            window.keyboard.type(f"\n{words}")
    expect(page.locator("#checked")).to_contain_text("Not kept: your draft was changed in another window")
    reader.check_accessible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")
    for words in ("Typed there", "Typed here"):
        expect(page.locator("table")).to_contain_text(words)
    reader.check_accessible()
    page.get_by_role("button", name="Take the other one").click()
    assert "Typed there" in page.locator("#text").input_value()


@pytest.mark.parametrize("is_running", [False, True], ids=["a pending check", "a running check"])
def test_saving_right_after_typing_sends_no_check_behind_it(
    is_running: bool, sit_down: Callable[..., Reader], workerless_site: RunningSite
):
    reader = sit_down(workerless_site)
    page = reader.page
    become_instructor(reader)
    reader.open(EDIT)
    checks: list[Route] = []
    saves: list[Route] = []
    given_up: list[str] = []

    def hold(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        else:
            (checks if "hx-request" in route.request.headers else saves).append(route)

    page.route("**/teach/edit/**", hold)
    page.on("requestfailed", lambda request: given_up.append(request.url))
    page.get_by_role("textbox", name="Markdown of quiz.md").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n")
    if is_running:
        reader.wait_until(lambda: checks, "the check is under way")
    page.locator("#save").evaluate("(save) => setTimeout(() => save.click())")
    reader.expected += ["htmx:afterRequest", "htmx:sendAbort"]  # htmx logs what was given up
    reader.wait_until(lambda: saves, "the save is under way")
    page.wait_for_timeout(600)  # ms, in which a check that was pending would be sent
    assert len(checks) == is_running
    assert bool(given_up) == is_running
    saves[0].continue_()
    expect(page.get_by_text("Saved. Learners see it from now on.")).to_be_visible()
    page.unroute("**/teach/edit/**")

    reader.open(EDIT)
    expect(page.get_by_text("This is your draft")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Learners see it from now on.")).to_be_visible()
