"""The editor that takes a textarea's place: on a page of the test's own, under the site's policy and static files."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.author import TEXT, Author
from tests.browser.reader import Reader
from tests.running import RunningSite

LONG = "\n".join(f"Line {number} says something of its own." for number in range(1, 3001))
PROBLEMS = [
    {"line": 6, "column": 1, "message": "this question has no id", "warning": False},
    {"line": 8, "column": 3, "message": "this option has no explanation", "warning": True},
]


@pytest.fixture
def open_editor(sit_down: Callable[..., Reader], site: RunningSite) -> Callable[..., Author]:
    return lambda text=TEXT, **context: Author(sit_down(site, **context), text)


def test_what_is_typed_is_in_the_form_at_once_and_the_textarea_tells_of_it_once(open_editor: Callable[..., Author]):
    author = open_editor()
    assert author.shown == author.kept == TEXT
    author.text.focus()
    author.press("Control+End")
    before = len(author.told)
    author.press("a")
    assert author.kept == f"{TEXT}a"
    assert author.told[before:] == ["text"]
    author.press("Enter", "b")
    assert author.kept == author.shown == f"{TEXT}a\nb"
    assert author.told[before:] == ["text"] * 3


def test_a_new_line_keeps_the_indentation(open_editor: Callable[..., Author]):
    author = open_editor("- [ ] It waits\n  > No.")
    author.text.focus()
    author.press("Control+End", "Enter", "x")
    assert author.kept == "- [ ] It waits\n  > No.\n  x"


def test_a_change_can_be_undone_and_done_again(open_editor: Callable[..., Author]):
    author = open_editor("before")
    author.text.focus()
    author.press("Control+End", "!")
    author.press("Control+z")
    assert author.kept == "before"
    author.press("Control+y")
    assert author.kept == "before!"


def test_tab_leaves_the_editor_and_comes_back(open_editor: Callable[..., Author]):
    author = open_editor()
    author.text.focus()
    author.press("Tab")
    expect(author.page.get_by_role("button", name="Undo all")).to_be_focused()
    author.press("Shift+Tab")
    expect(author.text).to_be_focused()
    assert author.kept == TEXT


def test_the_label_names_the_editor_and_leads_into_it(open_editor: Callable[..., Author]):
    author = open_editor()
    expect(author.text).to_have_count(1)  # the textarea is out of sight, for everybody
    expect(author.text).to_have_attribute("contenteditable", "true")
    expect(author.text).to_have_attribute("spellcheck", "true")
    author.page.get_by_text("Text of quiz.md").click()
    expect(author.text).to_be_focused()


@pytest.mark.parametrize("width", [1280, 360])
def test_it_is_accessible_and_fits_with_marks_and_while_searching(open_editor: Callable[..., Author], width: int):
    author = open_editor(viewport={"width": width, "height": 800})
    author.check()
    assert author.height >= (24 * 22 if width == 1280 else 200)
    author.mark(PROBLEMS)
    author.go_to(6, 1)
    expect(author.said).to_have_text("Error: this question has no id")
    author.check()
    author.press("Control+f")
    author.page.keyboard.type("it")
    author.press("Enter")
    expect(author.page.locator(".cm-searchMatch-selected")).to_have_count(1)
    author.check()
    size = author.text.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)")
    assert size >= (14 if width == 1280 else 16)  # px: below 16 a phone zooms in


def test_its_colours_follow_the_scheme(open_editor: Callable[..., Author]):
    author = open_editor(color_scheme="light")
    colours = "(text) => [getComputedStyle(text.getRootNode().host).backgroundColor, getComputedStyle(text).color]"
    assert author.text.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(29, 33, 41)"]
    author.page.emulate_media(color_scheme="dark")
    assert author.text.evaluate(colours) == ["rgb(27, 30, 36)", "rgb(232, 230, 225)"]


def test_markdown_front_matter_and_blocks_are_told_apart(open_editor: Callable[..., Author]):
    author = open_editor()
    colour, weight, style = (f"(part) => getComputedStyle(part).{of}" for of in ("color", "fontWeight", "fontStyle"))
    soft, name, keyword = "rgb(91, 100, 114)", "rgb(138, 58, 12)", "rgb(42, 79, 174)"
    line = author.page.locator(".cm-line")
    for number, expected in [(0, name), (1, name), (2, name), (9, keyword), (11, keyword)]:
        assert line.nth(number).locator("span").first.evaluate(colour) == expected, number
    assert line.nth(4).get_by_text("##").evaluate(colour) == soft
    assert line.nth(4).get_by_text("Why is it").evaluate(weight) == "700"
    assert line.nth(4).get_by_text("slow", exact=True).evaluate(style) == "italic"
    assert line.nth(7).get_by_text("[x]").evaluate(colour) == name


def test_problems_are_marked_by_shape_and_said_in_words_until_the_next_check(open_editor: Callable[..., Author]):
    author = open_editor("\n".join(TEXT.split("\n")[:9]))
    author.mark([*PROBLEMS, {"line": 6, "column": 2, "message": "and no options", "warning": True}])
    expect(author.marked("error")).to_have_count(1)
    expect(author.marked("warning")).to_have_text("- [x] It waits")
    expect(author.page.locator(".sign")).to_have_text(["×", "!"])
    expect(author.page.locator(".sign.error")).to_have_attribute("title", re.compile("no id Warning: and no options"))

    author.text.focus()
    author.press("Control+Home")
    expect(author.said).to_have_text("")
    author.press(*["ArrowDown"] * 5)
    expect(author.said).to_have_text("Error: this question has no id Warning: and no options")

    author.press("Control+Home", "Enter")  # the marks move with their lines
    expect(author.marked("warning")).to_have_text("- [x] It waits")
    assert len(author.told) == 1  # to mark is no change

    author.mark([{"line": 99, "column": 1, "message": "the text ends too early", "warning": False}])
    expect(author.marked("warning")).to_have_count(0)
    expect(author.page.locator(".sign")).to_have_text(["×"])
    author.press("Control+End")
    expect(author.said).to_have_text("Error: the text ends too early")
    author.mark([])
    expect(author.said).to_have_text("")
    expect(author.page.locator(".problem, .sign")).to_have_count(0)


def test_problems_can_be_marked_while_the_textarea_tells_of_a_change(open_editor: Callable[..., Author]):
    author = open_editor("one\ntwo")
    author.page.evaluate("""() => document.querySelector("textarea").addEventListener("input", ({ target }) =>
        window.editor.mark([{ line: 1, column: 1, message: `${target.value.length} signs`, warning: true }]))""")
    author.text.focus()
    author.press("Control+Home", "a")
    expect(author.said).to_have_text("Warning: 8 signs")
    author.press("b")
    expect(author.said).to_have_text("Warning: 9 signs")


def test_it_goes_to_a_line_and_a_column_and_scrolls_there(open_editor: Callable[..., Author]):
    author = open_editor(f"🐢🐢 slow\n{LONG}")
    assert "2900" not in author.text.inner_text()
    author.go_to(2901, 6)
    expect(author.text).to_be_focused()
    expect(author.page.get_by_text("Line 2901, column 6")).to_be_visible()
    expect(author.page.get_by_text("Line 2900 says something of its own.", exact=True)).to_be_in_viewport()
    author.press("X")
    assert "\nLine X2900 says" in author.kept
    author.go_to(1, 4)  # counted as Python does: the signs before it are two
    author.press("X")
    assert author.kept.startswith("🐢🐢 Xslow")
    author.go_to(99_999, 99)
    author.press("X")
    assert author.kept.endswith("of its own.X")


def test_a_search_is_no_change_of_the_text_and_a_replacement_is(open_editor: Callable[..., Author]):
    author = open_editor("one two one")
    author.text.focus()
    author.press("Control+f")
    author.page.get_by_role("textbox", name="Find").fill("one")
    author.page.get_by_role("textbox", name="Replace").fill("three")
    assert author.told == []
    author.press("Enter")
    author.page.get_by_role("button", name="Replace all").click()
    assert author.kept == "three two three"
    assert set(author.told) == {"text"}
    author.press("Escape")
    expect(author.page.get_by_role("textbox", name="Find")).to_have_count(0)
    expect(author.text).to_be_focused()


def test_a_long_text_is_typed_searched_selected_and_scrolled_without_a_violation(open_editor: Callable[..., Author]):
    author = open_editor(LONG)
    author.mark([{"line": line, "column": 1, "message": "so", "warning": line % 2} for line in range(1, 3001, 7)])
    author.text.focus()
    author.page.mouse.move(400, 400)
    for _ in range(5):
        author.page.mouse.wheel(0, 20_000)
    author.reader.wait_until(lambda: "Line 3000" in author.text.inner_text(), "the end is shown")
    author.press("Control+Home", "Shift+PageDown", "Shift+PageDown")
    author.page.keyboard.insert_text("In their place.")
    author.press("Control+f")
    author.page.keyboard.type("line 29")
    author.press("Enter", "Enter", "Escape")
    author.press("Control+a", "Control+x")
    assert author.kept == author.shown == ""
    author.press("Control+z")
    assert author.kept.startswith("In their place.")
    author.check()


def test_what_the_browser_kept_over_back_is_what_the_editor_starts_from(open_editor: Callable[..., Author]):
    author = open_editor("as it was stored")
    author.text.focus()
    author.press("Control+End")
    author.page.keyboard.insert_text(", and changed")
    author.page.get_by_role("link", name="Elsewhere").click()
    expect(author.page.get_by_role("textbox")).to_have_count(0)
    author.page.go_back()
    expect(author.text).to_have_text("as it was stored, and changed")
    assert author.kept == "as it was stored, and changed"


def test_what_a_browser_puts_back_late_is_taken_over(open_editor: Callable[..., Author]):
    author = open_editor("as it was stored")
    put_back = (
        "document.querySelector('textarea').value = 'put back'; dispatchEvent(new PageTransitionEvent('pageshow'))"
    )
    author.page.evaluate(put_back)
    expect(author.text).to_have_text("put back")
    assert author.kept == "put back"


def test_a_form_that_is_reset_resets_the_editor(open_editor: Callable[..., Author]):
    author = open_editor("as it was stored")
    author.text.focus()
    author.press("Control+End", "!")
    author.page.get_by_role("button", name="Undo all").click()
    expect(author.text).to_have_text("as it was stored")
    assert author.kept == "as it was stored"


def test_the_textarea_stays_in_a_browser_that_is_too_old_and_problems_can_be_gone_to(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site)
    reader.page.add_init_script("delete Document.prototype.adoptedStyleSheets;")
    author = Author(reader, "one\n🐢 two\nthree")
    expect(author.page.locator("textarea")).to_be_visible()
    author.mark(PROBLEMS)
    author.go_to(2, 3)
    author.press("X")
    assert author.kept == author.shown == "one\n🐢 Xtwo\nthree"
    author.go_to(1, 2)
    author.press("Y")
    assert author.kept == "oYne\n🐢 Xtwo\nthree"
    author.check()
