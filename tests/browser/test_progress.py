"""Where a reader is, in a browser: on the course page and in the lesson, with and without JavaScript. Nothing jumps."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Route, expect

from tests.browser.reader import LESSON, NARROW, Reader
from tests.running import RunningSite

HOME = "/"
QUIZ = "/quiz/defining-tasks/"
RECALL = "/lessons/defining-tasks/recall/"
ITEM = "#my-lesson-defining-tasks"


def button(reader: Reader) -> Locator:
    return reader.page.get_by_role("button", name="Mark as")


def said(reader: Reader) -> Locator:
    return reader.page.locator("#my-mark-said")


def expect_said(reader: Reader, words: str) -> None:
    """These words are said and have the focus."""
    expect(said(reader).get_by_text(words)).to_be_focused()


def some(read: int) -> re.Pattern[str]:
    """What is said of a lesson that is under way, so many of whose modes are read."""
    return re.compile(rf"Under way\. {read} of \d+ pages? read\.")


def become_known(reader: Reader) -> None:
    """Give the first answer, on the quiz's own page."""
    reader.open(QUIZ)
    reader.page.locator("label.option").first.click()
    reader.page.get_by_role("button", name="Answer").click()
    expect(reader.page.locator(".feedback")).to_have_count(1)


def scroll_to_the_end(reader: Reader) -> None:
    """Bring the end of the text into view, and wait until whatever asks because of that has its answer."""
    with reader.page.expect_response("**/review/items/due/**"):
        reader.page.locator("#my-mark").scroll_into_view_if_needed()
    reader.wait_until_answered()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_visitors_scrolling_keeps_nothing_and_their_press_does(
    sit_down: Callable[..., Reader], site: RunningSite, width: int
):
    reader = sit_down(site, viewport={"width": width, "height": 800})
    reader.open(LESSON)
    scroll_to_the_end(reader)
    expect(button(reader)).to_have_text("Mark as read")
    assert reader.page.context.cookies() == []
    button(reader).click()
    expect(said(reader)).to_have_text("Marked as read.")
    expect(button(reader)).to_have_text("Mark as not read")
    expect_said(reader, "Marked as read.")
    expect(reader.page.locator("#my-tab-performance")).to_contain_text("read")
    expect(reader.page.locator("#my-lesson-progress")).to_contain_text(some(1))
    reader.check_accessible()
    reader.check_width()
    assert len(reader.page.context.cookies()) == 1
    reader.page.reload()
    expect(button(reader)).to_have_text("Mark as not read")


def test_the_end_coming_into_view_marks_the_page_of_a_known_reader_until_they_take_it_back(reader: Reader):
    become_known(reader)
    reader.open(LESSON)
    expect(reader.page.locator("#my-lesson-progress")).to_contain_text(some(0))
    expect(reader.page.locator("#my-tab-performance")).to_be_empty()
    scroll_to_the_end(reader)
    expect(said(reader)).to_have_text("Marked as read: the end of the text came into view.")
    expect(reader.page.locator("#my-lesson-progress")).to_contain_text(some(1))
    button(reader).click()
    expect(said(reader)).to_contain_text("Marked as not read.")
    expect(button(reader)).to_have_text("Mark as read")
    reader.open(LESSON)
    scroll_to_the_end(reader)
    expect(button(reader)).to_have_text("Mark as read")
    expect(said(reader)).to_be_empty()


def test_the_keyboard_is_enough(reader: Reader):
    reader.open(LESSON)
    keys = reader.page.keyboard
    button(reader).focus()
    keys.press("Enter")
    expect_said(reader, "Marked as read.")
    keys.press("Enter")
    keys.press("Shift+Tab")
    expect(button(reader)).to_be_focused()
    expect(button(reader)).to_have_text("Mark as not read")
    keys.press("Space")
    expect_said(reader, "Marked as not read.")


def test_a_double_click_marks_once_and_does_not_take_it_back(reader: Reader):
    reader.open(LESSON)
    scroll_to_the_end(reader)
    button(reader).dblclick()
    expect_said(reader, "Marked as read.")
    reader.page.reload()
    expect(button(reader)).to_have_text("Mark as not read")


def test_the_second_press_of_a_double_click_does_nothing_also_when_the_answer_to_the_first_came_before_it(
    reader: Reader,
):
    reader.open(LESSON)
    scroll_to_the_end(reader)
    box = button(reader).bounding_box()
    assert box
    mouse, (x, y) = reader.page.mouse, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.click(x, y)
    expect_said(reader, "Marked as read.")
    there = button(reader).bounding_box()
    assert there
    x, y = there["x"] + there["width"] / 2, there["y"] + there["height"] / 2  # the worst place there is
    mouse.move(x, y)
    mouse.down(click_count=2)
    mouse.up(click_count=2)
    reader.wait_until_answered()
    expect_said(reader, "Marked as read.")
    mouse.click(x, y)  # a press of its own counts
    expect_said(reader, "Marked as not read.")


def test_without_javascript_a_form_marks_and_pages_say_where_the_reader_is(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site, java_script_enabled=False, viewport=NARROW)
    page = reader.page
    reader.open(HOME)
    page.get_by_role("link", name="Your progress").click()
    expect(page.get_by_text("Nothing is kept about you yet.")).to_be_visible()
    page.get_by_role("link", name="Defining tasks in Django").first.click()
    button(reader).click()
    expect(page.get_by_text("You have read this page.")).to_be_visible()
    reader.check_width()
    page.reload()
    expect(button(reader)).to_have_text("Mark as not read")
    page.get_by_role("link", name="Your progress").click()
    expect(page.get_by_text(some(1))).to_be_visible()
    expect(page.get_by_text("Read: Performance.")).to_be_visible()
    reader.check_width()
    page.get_by_text("Continue:").get_by_role("link").click()
    expect(page.get_by_role("navigation", name="Ways to learn this lesson")).to_be_visible()
    page.go_back()
    page.go_back()
    button(reader).click()
    expect(page.get_by_text("when you have read it to the end.")).to_be_visible()


def test_the_course_page_says_where_the_reader_is_and_leads_on_also_after_back(reader: Reader):
    page = reader.page
    reader.open(HOME)
    expect(page.locator(ITEM)).to_have_text(re.compile(r"^\d+ ways? to learn it\.$"))
    become_known(reader)
    reader.open(HOME)
    expect(page.locator(ITEM)).to_contain_text(some(0))
    page.locator("#my-progress").get_by_role("link", name="Defining tasks in Django: Quiz").click()
    page.wait_for_url("**/lessons/defining-tasks/performance/#quiz")
    expect(page.locator("#quiz")).to_be_in_viewport()
    # What comes late into its place may push the end of the text away again.
    expect(page.locator("#my-lesson-progress")).to_contain_text(some(0))
    expect(page.get_by_role("button", name="Answer")).to_be_visible()
    scroll_to_the_end(reader)
    expect(button(reader)).to_have_text("Mark as not read")
    page.go_back()
    expect(page.locator(ITEM)).to_contain_text(some(1))


def test_a_page_that_the_browser_kept_whole_asks_again_when_it_comes_back(reader: Reader):
    become_known(reader)
    reader.open(HOME)
    with reader.page.expect_response("**/progress/"):
        reader.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


@pytest.mark.parametrize("width", [1280, 768, 360])
@pytest.mark.parametrize("path", [HOME, LESSON])
def test_nothing_jumps_when_the_readers_own_comes_late(
    sit_down: Callable[..., Reader], site: RunningSite, path: str, width: int
):
    reader = sit_down(site, viewport={"width": width, "height": 800})
    become_known(reader)
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    reader.page.route("**/progress/**", keep)
    with reader.page.expect_request("**/progress/**"):
        reader.page.goto(site.url + path)
    place = reader.page.locator("#my-progress, #my-lesson-progress")
    expect(place).to_contain_text("is kept from your first answer")
    item = reader.page.locator(ITEM if path == HOME else "#my-lesson-progress")
    before = item.bounding_box()
    for route in waiting:
        route.continue_()
    expect(item).to_contain_text("Under way.")
    assert item.bounding_box() == before
    assert reader.shifts() == 0


LONGEST = (
    'Under way. 9 of 9 pages read. Quiz: 6.67 of 9 points on the first try. <a href="/review/">12 due for review</a>.'
)
LINKS = '<p>Continue: <a href="/">Defining tasks in Django: Performance</a></p><p><a href="/">Your progress</a></p>'


def answering(body: str) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html")

    return answer


def test_the_longest_that_can_be_said_has_its_room_at_every_width(reader: Reader):
    page = reader.page
    for path, place, body in (
        (HOME, "#my-progress", f'{LINKS}<p id="{ITEM[1:]}" hx-swap-oob="innerHTML">{LONGEST}</p>'),
        (LESSON, "#my-lesson-progress", f"<p>{LONGEST}</p>{LINKS.replace('</p><p>', ' · ')}"),
    ):
        places = [page.locator(place), *([page.locator(ITEM)] if path == HOME else [])]
        page.route("**/progress/**", lambda route: route.fulfill(status=204))
        reader.open(path)
        before = boxes_at_every_width(reader, places)
        page.unroute_all()
        page.route("**/progress/**", answering(body))
        reader.open(path)
        expect(places[-1]).to_contain_text("12 due for review")
        assert boxes_at_every_width(reader, places) == before
        page.unroute_all()


def boxes_at_every_width(reader: Reader, places: list[Locator]) -> dict[int, list[FloatRect | None]]:
    """Where the places are on the page as it is now, by its width in px: also beside where its layout changes."""
    found = {}
    for width in (1280, 1024, 769, 768, 600, 481, 480, 360):
        reader.page.set_viewport_size({"width": width, "height": 800})
        found[width] = [place.bounding_box() for place in places]
    return found


def test_a_mark_that_cannot_be_sent_says_so_and_can_be_sent_again(reader: Reader):
    reader.open(LESSON)
    with reader.expecting("net::ERR_INTERNET_DISCONNECTED"), reader.expecting("htmx:"):
        reader.page.context.set_offline(True)
        button(reader).click()
        expect(said(reader)).to_contain_text("could not be sent")
    reader.page.context.set_offline(False)
    button(reader).click()
    expect(said(reader)).to_have_text("Marked as read.")


def test_while_the_site_cannot_say_where_the_reader_is_the_page_stays_as_everyones(reader: Reader):
    reader.page.route("**/progress/**", lambda route: route.fulfill(status=503, body="<p>elsewhere</p>"))
    with reader.expecting("status of 503"), reader.expecting("htmx:"):
        reader.open(HOME)
        expect(reader.page.locator("#my-progress")).to_contain_text("is kept from your first answer")
        reader.open(LESSON)
        expect(reader.page.locator("#my-lesson-progress")).to_contain_text("is kept from your first answer")
        button(reader).click()
        expect(said(reader)).to_contain_text("elsewhere")


def test_every_page_is_accessible_and_fits_at_both_widths_in_both_schemes(reader: Reader):
    become_known(reader)
    for path in ("/progress/", "/progress/defining-tasks/performance/", HOME):
        reader.open(path)
        reader.check_every_look()


def test_a_page_with_cards_is_read_when_each_was_turned(reader: Reader):
    become_known(reader)
    reader.open(RECALL)
    expect(reader.page.locator("#my-lesson-progress")).to_contain_text(some(0))
    scroll_to_the_end(reader)
    expect(said(reader)).to_be_empty()
    fronts = reader.page.get_by_text("Show the answer", exact=True)
    for number in range(fronts.count()):
        expect(said(reader)).to_be_empty()
        fronts.nth(number).click()
    expect(said(reader)).to_have_text("Marked as read: you have turned each of its cards.")
    expect(reader.page.locator("#my-lesson-progress")).to_contain_text(some(1))
    button(reader).click()
    expect(said(reader)).to_contain_text("Marked as not read.")
    fronts.first.dblclick()  # closed, and turned once more
    reader.wait_until_answered()
    expect(said(reader)).to_contain_text("Marked as not read.")


def test_cards_that_were_turned_before_the_page_knew_its_reader_count(reader: Reader):
    become_known(reader)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.page.route("**/progress/defining-tasks/recall/", hold)
    reader.page.goto(reader.site.url + RECALL)
    fronts = reader.page.get_by_text("Show the answer", exact=True)
    for number in range(fronts.count()):
        fronts.nth(number).click()
    reader.wait_until(lambda: held, "the page asks where its reader is")
    expect(said(reader)).to_be_empty()
    held[0].continue_()
    expect(said(reader)).to_have_text("Marked as read: you have turned each of its cards.")
