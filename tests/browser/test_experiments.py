"""Bystanders by a reader: a real click, the chart that grows, the keyboard, a narrow screen, and no JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Locator, Route, expect

from tests.browser.reader import Reader
from tests.running import RunningSite

PAGE = "/demos/experiments/bystanders/"

WHAT_MOVED = """
() => new Promise((resolve) => {
  const found = [];
  new PerformanceObserver((list) => found.push(...list.getEntries().map((entry) =>
    [entry.value, ...entry.sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 90))])))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(found), 100);
})
"""


def dots(reader: Reader) -> int:
    """How many requests the visible chart shows as answered."""
    drawn = reader.page.locator("svg:visible path.chart-dots").all()
    return sum((path.get_attribute("d") or "").count("M") for path in drawn)


def panel(reader: Reader, title: str) -> Locator:
    return reader.page.get_by_role("img", name=f"Latency of the stranger's page over time: {title}")


@pytest.mark.alone
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_a_reader_starts_it_sees_the_chart_grow_and_has_the_figures(
    sit_down: Callable[..., Reader], site: RunningSite, width: int, scheme: str
):
    reader = sit_down(site, viewport={"width": width, "height": 900}, color_scheme=scheme)
    reader.open(PAGE)
    expect(panel(reader, "The work in the view")).to_be_visible()
    expect(panel(reader, "The work by Celery")).to_be_visible()
    reader.check_accessible()
    reader.check_width()
    status = reader.page.get_by_role("status")
    start = reader.page.get_by_role("button", name="Run the experiment")
    start.focus()
    reader.page.keyboard.press("Enter")
    expect(status).to_contain_text("It is running.", timeout=30_000)  # others may be before
    expect(reader.page.get_by_text("ms so far").first).to_be_visible()
    some = dots(reader)
    expect(status).to_contain_text("Second phase", timeout=10_000)
    assert dots(reader) > some
    expect(status).to_contain_text(re.compile(r"Done\. .* within [\d,.]+ ms"), timeout=15_000)
    expect(start).to_be_focused()
    assert dots(reader) == 180
    assert reader.shifts() == 0, reader.page.evaluate(WHAT_MOVED)
    reader.page.get_by_text("The same figures as a table").click()
    expect(reader.page.get_by_role("row", name="The stranger's page, p95")).to_be_visible()
    reader.check_accessible()
    reader.check_width()
    large = [
        float(text.replace(",", "")) for text in reader.page.locator(".experiment-headline .figure").all_inner_texts()
    ]
    assert large[0] >= 10 * large[1]


def test_the_keyboard_cancels_it_and_comes_back_to_the_start(reader: Reader):
    reader.open(PAGE)
    reader.page.get_by_role("button", name="Run the experiment").click()
    expect(reader.page.get_by_text("ms so far").first).to_be_visible(timeout=30_000)  # others may be before
    reader.check_accessible()  # here, where nobody wants its figures: it takes a core for a second
    cancel = reader.page.get_by_role("button", name="Cancel this run")
    cancel.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("status")).to_contain_text("Cancelled.")
    expect(cancel).to_have_count(0)
    expect(reader.page.get_by_role("button", name="Run the experiment")).to_be_focused()


@pytest.mark.parametrize("late", ["/cancel/", "?seen="])
def test_of_a_poll_and_a_cancel_that_cross_the_later_answer_is_dropped(reader: Reader, late: str):
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        """Let the site answer to the first that is to be late, and keep its answer."""
        if held or late not in route.request.url:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    page = reader.page
    reader.open(PAGE)
    page.get_by_role("button", name="Run the experiment").click()
    cancel = page.get_by_role("button", name="Cancel this run")
    cancel.focus()
    page.route("**/demos/experiments/runs/**", hold)
    if late == "?seen=":
        reader.wait_until(lambda: held, "the site has answered a poll")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Cancelled.")
    expect(cancel).to_have_count(0)
    reader.wait_until(lambda: held, "the site has given the answer that is to be late")
    ((route, answer),) = held
    with page.expect_response(lambda response: late in response.url):
        route.fulfill(response=answer)
    expect(page.get_by_role("status")).to_contain_text("Cancelled.")
    expect(page.get_by_role("button", name="Run the experiment")).to_be_focused()


@pytest.mark.alone  # it needs a run that comes to its end, and so to its figures in time
def test_without_javascript_the_run_has_a_page_that_loads_itself_again(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site, java_script_enabled=False)
    reader.open(PAGE)
    reader.page.get_by_role("button", name="Run the experiment").click()
    expect(reader.page).to_have_url(re.compile(r"/demos/experiments/runs/[\w-]+/$"))
    expect(reader.page.get_by_text("loads itself again")).to_be_visible()
    expect(reader.page.get_by_text("Done.", exact=True)).to_be_visible(timeout=40_000)
    expect(reader.page.get_by_role("button", name="Run again")).to_be_visible()
    reader.page.get_by_text("The same figures as a table").click()
    expect(reader.page.get_by_role("row", name="The stranger's page, p95")).to_be_visible()
    reader.check_width()
