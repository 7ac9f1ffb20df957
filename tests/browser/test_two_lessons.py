"""Two lessons with demos, predictions and an experiment: neither shows a word or a figure of the other."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.measuring import Posts, in_words, note
from tests.browser.reader import Reader
from tests.quiz.conftest import PREDICTED
from tests.running import QUICK, RunningSite, running_site

ALPHA, BETA = "/lessons/alpha/performance/", "/lessons/beta/performance/"
PAGE = """---
title: {title}
summary: What the two lanes do.
framework: Django
minutes: 8
impact: medium
affects: "Affects: background work."
---

## Try it

/// predict | What will happen?
///

{demos}

/// timeline
///

/// outcomes
///

/// comparison | {title} compared
| In the request | In the background |
| --- | --- |
| [[blocking click-to-response]] | [[celery click-to-report]] |
///

/// class
///

/// experiment | {title} and the bystanders
:name: bystanders
///

/// definitions
///
"""
DEMO = "/// demo | {title}\n:seconds: {seconds}\n///"
TWICE = (
    "return [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, ids) => ids.indexOf(id) < at)"
)


@pytest.fixture(scope="module")
def two_lessons(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site with a lesson of one demo, and one of two; the same predictions are asked in both."""
    folder = tmp_path_factory.mktemp("two-lessons")
    content = folder / "content"
    demos = {
        "alpha": [DEMO.format(title="One second", seconds=1)],
        "beta": [DEMO.format(title="Half a second", seconds=0.5), DEMO.format(title="A moment", seconds=0.2)],
    }
    for slug, blocks in demos.items():
        (content / slug).mkdir(parents=True)
        page = PAGE.format(title=slug.title(), demos="\n\n".join(blocks))
        (content / slug / "performance.md").write_text(page)
        (content / slug / "predictions.md").write_text(PREDICTED)
    (content / "course.toml").write_text('title = "A course"\nlessons = ["alpha", "beta"]\n')
    with running_site(folder, prepared, CONTENT_DIR=content, **QUICK) as running:
        yield running


def demo(reader: Reader, title: str) -> Locator:
    return reader.page.locator(".lanes").filter(has_text=title)


def run_both(reader: Reader, title: str) -> Posts:
    """Press both, and wait until both are measured."""
    posts = Posts(reader)
    demo(reader, title).get_by_role("button", name="Run both").click()
    for lane in demo(reader, title).locator(".lane").all():
        expect(note(lane)).to_contain_text("INP of this click")
    reader.wait_until_answered()
    return posts


def is_as_if_never_run(reader: Reader) -> None:
    """Nothing on the page is the reader's own, and everything may still be predicted."""
    expect(reader.page.locator(".measured.own")).to_have_count(0)
    expect(reader.page.get_by_text("Your last run here")).to_have_count(0)
    expect(reader.page.locator("#comparison-1")).to_contain_text("You have not run this yet, and no run was recorded.")
    expect(reader.page.locator("#outcome-ready")).to_contain_text("Run both, and this shows what you measured.")
    expect(reader.page.locator("#outcome-ready .you-said")).to_have_count(0)
    expect(reader.page.locator("#predictions input:disabled")).to_have_count(0)


def check_ids(reader: Reader) -> None:
    """No id stands twice, and whatever an element names as its label is there."""
    assert reader.page.evaluate(f"() => {{ {TWICE} }}") == []
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for named in reader.page.locator(f"[{name}]").all():
            for target in str(named.get_attribute(name)).split():
                assert reader.page.locator(f"[id='{target}']").count() == 1, f"{name}={target}"


@pytest.mark.alone
def test_what_was_run_in_one_lesson_is_neither_shown_nor_told_in_another(
    sit_down: Callable[..., Reader], two_lessons: RunningSite
):
    reader = sit_down(two_lessons)
    reader.open(ALPHA)
    is_as_if_never_run(reader)
    reader.page.locator("#predictions").get_by_role("radio", name="at that time").check()
    expect(reader.page.locator("#kept-ready")).to_have_text("Kept: at that time.")
    posts = run_both(reader, "One second")
    expect(reader.page.locator("#outcome-ready .you-said")).to_have_text("· you said at that time")
    response = in_words(posts.of("blocking")["click-to-response"])
    expect(reader.page.locator("#comparison-1")).to_contain_text(response)

    reader.open(BETA)
    is_as_if_never_run(reader)
    check_ids(reader)
    reader.check_accessible()
    quick = run_both(reader, "A moment")
    expect(reader.page.locator("#outcome-ready .you-said")).to_have_text("· you made no prediction")
    shown = in_words(quick.of("blocking")["click-to-response"])
    expect(reader.page.locator("#comparison-1")).to_contain_text(shown)
    expect(reader.page.locator("#comparison-1")).not_to_contain_text(response)
    expect(demo(reader, "Half a second")).to_contain_text("Nothing measured here yet.")
    check_ids(reader)
    reader.check_accessible()

    reader.open(ALPHA)
    expect(reader.page.locator("#comparison-1")).to_contain_text(response)
    for lane in demo(reader, "One second").locator(".lane").all():
        expect(lane).to_contain_text("Your last run here, 1 s of work.")
        expect(lane).not_to_contain_text("Nothing measured here yet.")
    expect(demo(reader, "One second").locator("[data-lane=blocking]")).to_contain_text(f"{response} ms")
    expect(reader.page.locator("#outcome-ready .you-said")).to_have_text("· you said at that time")
    check_ids(reader)
    reader.check_accessible()
    assert reader.shifts() < 0.1


@pytest.mark.alone
@pytest.mark.parametrize("is_known", [True, False], ids=["a learner's", "a visitor's"])
def test_two_tabs_that_run_at_once_each_measure_their_own_run(
    sit_down: Callable[..., Reader], two_lessons: RunningSite, is_known: bool
):
    first = sit_down(two_lessons)
    second = Reader(first.page.context, two_lessons)
    tabs = (first, second)
    first.open(ALPHA)
    if is_known:
        first.page.locator("#predictions").get_by_role("radio", name="at that time").check()
        expect(first.page.locator("#kept-ready")).to_have_text("Kept: at that time.")
    second.open(ALPHA)
    posts = Posts(first)  # of both: they share a browser
    for tab in tabs:
        tab.page.get_by_role("button", name="Run both").click()
    for tab in tabs:
        for lane in tab.page.locator(".lane").all():
            expect(note(lane)).to_contain_text(re.compile("INP of this click"))
        tab.wait_until_answered()
    assert posts.answers == [201] * 4
    ends = [float(sent["response-end"]) for sent in posts.sent if sent["case"] == "blocking"]
    # The paint is not looked at: the browser draws the tab that is not in front once a second.
    assert [1000 <= end < 1600 for end in ends] == [True, True], ends
    assert second.unexpected() == []


def test_where_no_cookie_is_kept_the_outcomes_show_what_came_of_the_runs_and_that_nothing_is_kept(
    sit_down: Callable[..., Reader], two_lessons: RunningSite
):
    reader = sit_down(two_lessons)
    for room in ("demos", "stopwatch"):
        reader.lose_cookies(room)
    reader.open(BETA)
    posts = run_both(reader, "A moment")
    came = reader.page.locator("#outcome-ready")
    expect(came.locator(".came")).not_to_be_empty()
    expect(came.locator(".whose")).to_have_text(
        "Your own run. Nothing of it is kept: your browser sends no cookie back."
    )
    expect(reader.page.locator("#comparison-1")).to_contain_text("Measured by your own clicks in this lesson")
    assert posts.answers[-1] == 200
    reader.check_accessible()
    reader.open(BETA)
    is_as_if_never_run(reader)
