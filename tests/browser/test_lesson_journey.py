"""The whole first lesson in one go: every figure that was measured is the one that every place shows."""

import pytest
from playwright.sync_api import expect

from tests.browser.measuring import Posts, in_words, note
from tests.browser.reader import LESSON, Reader
from tests.browser.running_both import FREE, HOLD, run_both
from tests.record.journey import Journey

WORK = 3000.0  # ms
PREDICTED = ("sooner", "poor: above 500 ms", "nothing: it takes 5 ms as ever")


def inp(figures: dict[str, float]) -> str:
    """The INP of a click as places show it."""
    return in_words(figures["inp"]) if "inp" in figures else "16"


def p95s(reader: Reader) -> list[float]:
    """The stranger's p95 in ms as the experiment shows them: with the work in the view, and with Celery."""
    figures = reader.page.locator("#experiment-1-part .experiment-headline .figure").all_inner_texts()
    return [float(figure.replace(",", "")) for figure in figures]


def check_the_click(posts: Posts) -> None:
    """What was measured of the one click on *Run both* fits together, and the site took it."""
    blocking, celery = posts.of("blocking"), posts.of("celery")
    assert blocking["click-to-response"] >= WORK
    assert blocking.get("inp", 16) < 200
    assert celery["click-to-response"] < blocking["click-to-response"] / 10
    assert celery["click-to-report"] >= WORK
    assert blocking.get("inp") == celery.get("inp")  # it was one click
    for figures in (blocking, celery):
        parts = [figures.get(name, 0) for name in ("input-delay", "handler", "presentation")]
        assert sum(parts) == pytest.approx(figures.get("inp", 0), abs=0.5)
        assert figures["request-start"] < figures["first-byte"] < figures["response-end"] < figures["click-to-response"]
    assert posts.answers == [201, 201]


@pytest.mark.alone
def test_one_run_of_the_lesson_measures_everything_and_every_place_shows_it(reader: Reader):
    posts = Posts(reader)
    journey = Journey(reader.page, reader.site.url + LESSON)
    page = reader.page
    for answer in PREDICTED:
        page.get_by_role("radio", name=answer).check()
        expect(page.get_by_text(f"Kept: {answer}")).to_be_visible()
    run_both(reader)
    for lane in (HOLD, FREE):
        expect(note(reader.lane(lane))).to_contain_text("INP of this click")
        expect(note(reader.lane(lane))).to_contain_text("Server-Timing, as your browser read it")
    reader.check_accessible()
    reader.check_width()
    check_the_click(posts)
    journey.ways()
    journey.experiment()
    expect(page.locator("#experiment-1-run").get_by_text("Done.")).to_be_visible()
    reader.check_accessible()

    blocking, celery = posts.of("blocking"), posts.of("celery")
    form, link, fetched, sync = (posts.of(way) for way in ("form", "link", "fetch", "sync"))
    assert fetched["click-to-response"] >= WORK
    assert fetched.get("inp", 16) < 200
    assert sync["inp"] >= WORK
    assert form["ttfb"] >= WORK
    assert link["ttfb"] >= WORK
    in_the_view, with_celery = p95s(reader)
    assert in_the_view >= 10 * with_celery

    expected = {
        "timeline-1": [blocking["click-to-response"], celery["click-to-response"], celery["click-to-report"]],
        "comparison-1": [blocking["click-to-response"], celery["click-to-response"], celery["click-to-report"]],
        "verdicts-1": [blocking["click-to-response"], celery["click-to-response"], celery["click-to-report"]],
        "measured-1": [blocking["click-to-report"], celery["click-to-response"], celery["click-to-report"]],
        "claim-1": [blocking["click-to-response"], celery["click-to-response"], sync["inp"]],
        "outcomes-1": [blocking["click-to-report"], celery["click-to-report"], in_the_view, with_celery],
        "measured-2": [in_the_view, with_celery],
        "ways-1": [sync["inp"], form["ttfb"], link["ttfb"], fetched["click-to-response"], fetched["request"]],
    }
    said = {
        "timeline-1": ["your click", inp(blocking)],
        "claim-1": ["Not true here", inp(blocking)],
        "outcomes-1": ["at the same time", "you said sooner", "good: at most 200 ms", "they may wait for seconds"],
        "comparison-1": [inp(blocking), inp(celery)],
    }
    for _ in ("as it was drawn after the last run", "as it is drawn after a reload"):
        for place, figures in expected.items():
            for words in [*map(in_words, figures), *said.get(place, [])]:
                expect(page.locator(f"#{place}")).to_contain_text(words)
        assert p95s(reader) == [in_the_view, with_celery]
        with page.expect_response("**/stopwatch/defining-tasks/performance/"):
            page.reload()
    expect(page.locator("#measured-1 .measured.recorded")).to_have_count(0)
    reader.check_accessible()
