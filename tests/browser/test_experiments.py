"""Bystanders by a reader: a real click, the chart that grows, the keyboard, a narrow screen, and no JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Locator, Route, expect

from demos.experiments.bystanders import model
from tests.browser.reader import Reader
from tests.running import RunningSite

PAGE = "/demos/experiments/bystanders/"
QUICK = "/demos/experiments/saturation/"

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


def choose_work(reader: Reader, seconds: int) -> None:
    """Choose how much work each slow request needs; a run takes three times as long, and 4 s more."""
    work = reader.page.get_by_role("group", name="Work of each")
    work.get_by_role("radio", name=f"{seconds} s").check()


@pytest.mark.alone
@pytest.mark.parametrize(("width", "scheme", "seconds"), [(1280, "light", 3), (360, "dark", 1)])
def test_a_reader_starts_it_sees_the_chart_grow_and_has_the_figures(
    sit_down: Callable[..., Reader], site: RunningSite, width: int, scheme: str, seconds: int
):
    reader = sit_down(site, viewport={"width": width, "height": 900}, color_scheme=scheme)
    reader.open(PAGE)
    expect(panel(reader, "The work in the view")).to_be_visible()
    expect(panel(reader, "The work by Celery")).to_be_visible()
    reader.check_accessible()
    reader.check_width()
    choose_work(reader, seconds)
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
    assert dots(reader) == 2 * model.RATE * model.Plan(seconds=seconds).phase_seconds("view")
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
    choose_work(reader, 1)
    reader.page.get_by_role("button", name="Run the experiment").click()
    expect(reader.page).to_have_url(re.compile(r"/demos/experiments/runs/[\w-]+/$"))
    expect(reader.page.get_by_text("loads itself again")).to_be_visible()
    expect(reader.page.get_by_text("Done.", exact=True)).to_be_visible(timeout=40_000)
    expect(reader.page.get_by_role("button", name="Run again")).to_be_visible()
    reader.page.get_by_text("The same figures as a table").click()
    expect(reader.page.get_by_role("row", name="The stranger's page, p95")).to_be_visible()
    reader.check_width()


def test_what_is_chosen_by_the_keyboard_is_run_named_kept_and_laid_beside_another_run(reader: Reader):
    page, status = reader.page, reader.page.get_by_role("status")
    reader.open(QUICK)
    threads = page.get_by_role("group", name="Threads of the worker")
    threads.get_by_role("radio", name="1").focus()
    page.keyboard.press("ArrowRight")
    expect(threads.get_by_role("radio", name="2")).to_be_checked()
    rate = page.get_by_role("textbox", name="Tasks a second")
    rate.fill("99")
    with reader.expecting("422"):
        page.keyboard.press("Enter")
        expect(status).to_have_text("Tasks a second takes a number from 1 to 40.")
        reader.wait_until_answered()
    expect(rate).to_have_value("99")
    expect(rate).to_have_attribute("aria-invalid", "true")
    expect(rate).to_have_accessible_description("Tasks a second takes a number from 1 to 40.")
    expect(threads.get_by_role("radio", name="2")).to_be_checked()
    reader.check_accessible()
    for number in ("5", "30"):
        rate.fill(number)
        page.keyboard.press("Enter")
        expect(
            page.get_by_text(f"Tasks a second: {number}, Threads of the worker: 2", exact=False).first
        ).to_be_visible()
        expect(status).to_contain_text("Done.", timeout=60_000)  # others may be before
    runs = page.get_by_role("region", name="Your runs")
    expect(runs.get_by_role("row")).to_have_count(3)
    for box in runs.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Lay two beside each other").click()
    expect(page.get_by_role("heading", name="Two runs on the same scales")).to_be_visible()
    first, second = (page.get_by_role("img", name=re.compile(f": {name}: Queue waits at")) for name in "AB")

    def scale(picture: Locator) -> list[str]:
        return picture.locator("text.chart-tick").all_inner_texts()

    assert scale(first) == scale(second)
    page.get_by_text("Both as a table").click()
    both = page.get_by_role("row", name=re.compile("^Queue wait, mean"))
    expect(both.last.get_by_role("cell")).to_have_count(3)
    reader.check_wide_and_narrow()


def test_a_run_that_goes_on_is_found_again_on_its_page_and_in_a_lesson_and_cancelled_from_there(reader: Reader):
    page = reader.page
    before = reader.site.post(PAGE, {})  # so that the reader's run lasts for as long as a busy machine takes for this
    reader.open(PAGE)
    page.get_by_role("button", name="Run the experiment").click()
    expect(page.get_by_role("button", name="Cancel this run")).to_be_visible()
    reader.open(PAGE)
    expect(page.get_by_text("Not run yet.")).to_have_count(0)
    expect(page.locator(".run-state").get_by_text(re.compile("It is running|Waiting for its turn"))).to_be_visible()
    reader.open()
    part = page.locator("#experiment-1-part")
    expect(part.get_by_text(re.compile("It is running|Waiting for its turn")).first).to_be_visible()
    expect(part.get_by_text("Not run yet.")).to_have_count(0)
    part.get_by_role("button", name="Cancel this run").click()
    expect(part.get_by_role("status")).to_contain_text("Cancelled.")
    cookie = {"Cookie": before.headers["Set-Cookie"].split(";")[0]}
    assert reader.site.post(f"{before.headers['Location']}cancel/", {}, cookie).json()["state"] == "cancelled"


def test_without_javascript_a_refused_choice_stays_and_says_what_is_allowed(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site, java_script_enabled=False)
    page = reader.page
    reader.open(QUICK)
    page.get_by_role("textbox", name="Tasks a second").fill("0")
    page.get_by_role("radio", name="200 ms").check()
    with reader.expecting("422"):
        page.get_by_role("button", name="Run the experiment").click()
    expect(page.get_by_text("Tasks a second takes a number from 1 to 40.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Tasks a second")).to_have_value("0")
    expect(page.get_by_role("radio", name="200 ms")).to_be_checked()


LESSON = """---
title: {title}
summary: Experiments.
framework: Django
minutes: 8
impact: medium
affects: "Affects: background work."
---

## Two experiments

/// experiment | Who pays in {title}
:name: bystanders
///

/// experiment | How long tasks wait in {title}
:name: saturation
///

/// definitions
///
"""


def test_two_experiments_of_a_page_and_of_another_lesson_have_ids_of_their_own_and_do_not_meet(
    sit_down: Callable[..., Reader], start_site: Callable[..., RunningSite], tmp_path: Path
):
    content = tmp_path / "content"
    for lesson in ("alpha", "beta"):
        (content / lesson).mkdir(parents=True)
        (content / lesson / "performance.md").write_text(LESSON.format(title=lesson.title()))
    (content / "course.toml").write_text('title = "A course"\nlessons = ["alpha", "beta"]\n')
    reader = sit_down(start_site(CONTENT_DIR=content))
    page = reader.page
    reader.open("/lessons/alpha/performance/")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))
    reader.check_accessible()
    bystanders = page.get_by_role("region", name="Who pays in Alpha")
    saturation = page.get_by_role("region", name="How long tasks wait in Alpha")
    saturation.get_by_role("button", name="Run the experiment").click()
    expect(saturation.get_by_role("status")).to_contain_text("Tasks arrive", timeout=20_000)
    expect(bystanders.get_by_role("status")).to_have_text("")
    expect(bystanders.get_by_role("button", name="Cancel this run")).to_have_count(0)
    with reader.expecting("409"):
        bystanders.get_by_role("button", name="Run the experiment").click()
        expect(bystanders.get_by_text("Your run of “Saturation” waits or goes on")).to_be_visible()
    expect(saturation.get_by_text("Done.", exact=True)).to_be_visible(timeout=20_000)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids))

    saturation.get_by_role("link", name="This run by itself").click()
    run = page.context.wait_for_event("page") if len(page.context.pages) == 1 else page.context.pages[-1]
    run.get_by_role("link", name="Back to the lesson").click()
    expect(run).to_have_url(re.compile(r"/lessons/alpha/performance/#experiment-2-part$"))
    run.goto(reader.site.url + "/lessons/beta/performance/")
    own = run.get_by_role("region", name="How long tasks wait in Beta")
    expect(own.get_by_text("Done.", exact=True)).to_be_visible()  # a run belongs to the whole site
    expect(run.get_by_role("region", name="Who pays in Beta").get_by_text("Not run yet.")).to_be_visible()
