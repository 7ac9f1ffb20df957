"""Steps are put into order in a browser: by picking places, with buttons, by dragging, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from quiz.questions import Question, Quiz
from tests.browser.answering import (
    lay,
    move,
    positions_in_order,
    press_answer,
    row,
    steps,
)
from tests.browser.quiz.conftest import QUIZ, go_to_the_first, verdicts
from tests.browser.reader import NARROW, Reader
from tests.running import RunningSite


@pytest.fixture
def at_order(learner: Reader, quiz: Quiz) -> tuple[Reader, Question]:
    """Somebody in front of the steps."""
    question = go_to_the_first(learner, quiz, "order")
    expect(learner.page.locator("ordered-steps")).to_be_visible()
    if is_scripted(learner):
        expect(learner.page.locator("ordered-steps .grip").first).to_be_visible()
    return learner, question


def is_scripted(reader: Reader) -> bool:
    return bool(reader.page.evaluate("'htmx' in window"))


def posts(reader: Reader) -> list[str]:
    """The forms that are sent from now on, by their addresses."""
    sent: list[str] = []
    reader.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def places(reader: Reader) -> list[str]:
    """The places that are picked, in the order in which the steps lie."""
    return [select.input_value() for select in reader.page.locator("form.answer li.step select").all()]


def drag(reader: Reader, position: str, onto: str, *, grip: bool, let_go: bool = True) -> None:
    """Drag a step with the mouse over another one, beyond its middle."""
    mouse = reader.page.mouse
    held = row(reader, position).locator(".grip" if grip else ".option-text")
    held.scroll_into_view_if_needed()
    start, end = held.bounding_box(), row(reader, onto).bounding_box()
    assert start
    assert end
    is_down = end["y"] > start["y"]
    x, y = start["x"] + 5, start["y"] + start["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y + (10 if is_down else -10))
    mouse.move(x, end["y"] + end["height"] * (0.8 if is_down else 0.2), steps=5)
    if let_go:
        mouse.up()


def test_steps_are_put_into_order_with_one_form(at_order: tuple[Reader, Question]):
    learner, question = at_order
    page, sent = learner.page, posts(learner)
    wanted = positions_in_order(question)
    learner.page.set_viewport_size({"width": 320, "height": 800})
    learner.check_width()
    if is_scripted(learner):
        assert places(learner) == [str(place) for place, _ in enumerate(wanted, 1)]
    else:
        assert set(places(learner)) == {""}
        expect(page.get_by_role("button", name="Up")).to_have_count(0)
        expect(page.locator(".grip:visible")).to_have_count(0)
    assert steps(learner) != wanted
    # The first two change places.
    tried = [wanted[1], wanted[0], *wanted[2:]]
    lay(learner, tried)
    assert sent == []
    learner.check()
    press_answer(learner)
    said = page.locator(".feedback").last
    expect(said).to_contain_text(f"Not yet. {len(wanted) - 2} of {len(wanted)} steps stand in their right place.")
    expect(said).to_be_in_viewport()
    assert steps(learner) == tried
    assert places(learner) == [str(place) for place, _ in enumerate(tried, 1)]
    lay(learner, wanted)
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Right, on the second try.")
    expect(verdicts(learner).last).to_be_in_viewport()
    assert len(sent) == 2
    learner.check()


def test_answer_with_nothing_moved_costs_no_try(at_order: tuple[Reader, Question]):
    learner, question = at_order
    learner.page.set_viewport_size(NARROW)
    with learner.expecting("status of 422"):
        press_answer(learner)
        words = "Move the steps first" if is_scripted(learner) else "Pick a place for each step first"
        said = learner.page.get_by_role("alert").filter(has_text=words)
        expect(said).to_be_focused()
        expect(said).to_be_in_viewport(ratio=1)
    lay(learner, positions_in_order(question))
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Right.")


def test_what_was_said_of_steps_is_in_sight_on_a_phone(at_order: tuple[Reader, Question]):
    learner, question = at_order
    learner.page.set_viewport_size(NARROW)
    wanted = positions_in_order(question)
    for said in ("Not yet.", "Partly right."):
        lay(learner, [wanted[-1], *wanted[:-1]])
        press_answer(learner)
        expect(verdicts(learner).last).to_have_text(said)
        expect(verdicts(learner).last).to_be_in_viewport()
        expect(learner.page.locator(".feedback").last).to_be_focused()


def test_two_steps_in_one_place_are_named_and_what_was_picked_stays(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    learner = sit_down(site, java_script_enabled=False, viewport=NARROW)  # with it, no two can have one place
    learner.open(QUIZ)
    question = go_to_the_first(learner, quiz, "order")
    first, second, third = steps(learner)[:3]
    for position in (first, second):
        row(learner, position).get_by_role("combobox").select_option("2")
    row(learner, third).get_by_role("combobox").select_option("1")
    press_answer(learner)
    with learner.expecting("status of 422"):
        message = learner.page.get_by_role("alert").filter(has_text="Each step needs a place of its own.")
        expect(message).to_be_visible()
    words = [question.options[int(position) - 1].words for position in (first, second)]
    expect(message).to_contain_text(f"Place 2 is that of “{words[0]}” and “{words[1]}”.")
    assert places(learner) == ["2", "2", "1", *[""] * (len(question.options) - 3)]
    learner.check_width()
    lay(learner, positions_in_order(question))
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Right.")


@pytest.fixture
def mover(reader: Reader, quiz: Quiz) -> tuple[Reader, Question]:
    """Somebody with JavaScript in front of the steps, on the page of the quiz."""
    reader.open(QUIZ)
    question = go_to_the_first(reader, quiz, "order")
    expect(reader.page.locator("ordered-steps .grip").first).to_be_visible()
    return reader, question


def test_a_step_that_is_moved_keeps_the_focus_and_is_announced(mover: tuple[Reader, Question]):
    reader, question = mover
    page, sent = reader.page, posts(reader)
    status = page.locator("form.answer").get_by_role("status")
    before = steps(reader)
    first, count = before[0], len(before)
    words = question.options[int(first) - 1].words
    move(reader, first, "Down")
    expect(status).to_have_text(f"Now in place 2 of {count}: {words}")
    expect(row(reader, first).get_by_role("button", name="Down")).to_be_focused()
    assert steps(reader) == [before[1], first, *before[2:]]
    up = row(reader, first).get_by_role("button", name="Up")
    up.focus()
    page.keyboard.press("Enter")
    expect(status).to_have_text(f"Now in place 1 of {count}: {words}")
    # At the top there is no way up. It says so, and the focus stays all the same.
    expect(up).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Space")
    expect(status).to_have_text(f"Still in place 1 of {count}: {words}")
    expect(up).to_be_focused()
    reader.check_wide_and_narrow()
    # A place that is picked takes the step there at once.
    row(reader, first).get_by_role("combobox").select_option(str(count))
    expect(status).to_have_text(f"Now in place {count} of {count}: {words}")
    assert steps(reader) == [*before[1:], first]
    assert places(reader) == [str(place) for place in range(1, count + 1)]
    row(reader, first).get_by_role("combobox").focus()
    page.keyboard.press("Home")
    assert steps(reader) == before
    expect(row(reader, first).get_by_role("combobox")).to_be_focused()
    assert sent == []


@pytest.mark.parametrize("grip", [True, False])
def test_a_step_can_be_dragged_with_a_mouse(mover: tuple[Reader, Question], *, grip: bool):
    reader, question = mover
    sent, before = posts(reader), steps(reader)
    status = reader.page.locator("form.answer").get_by_role("status")
    drag(reader, before[0], before[2], grip=grip)
    assert steps(reader) == [before[1], before[2], before[0], *before[3:]]
    words = question.options[int(before[0]) - 1].words
    expect(status).to_have_text(f"Now in place 3 of {len(before)}: {words}")
    drag(reader, before[0], before[1], grip=grip)
    assert steps(reader) == before
    drag(reader, before[0], before[3], grip=grip, let_go=False)
    assert steps(reader) != before
    reader.page.keyboard.press("Escape")
    reader.page.mouse.up()
    assert steps(reader) == before
    expect(status).to_have_text(f"Still in place 1 of {len(before)}: {words}")
    assert places(reader) == [str(place) for place, _ in enumerate(before, 1)]
    expect(reader.page.locator(".dragged")).to_have_count(0)
    assert sent == []


def test_a_step_can_be_dragged_with_a_finger_by_its_grip_and_its_text_scrolls_the_page(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    reader = sit_down(site, viewport=NARROW, has_touch=True)
    reader.open(QUIZ)
    go_to_the_first(reader, quiz, "order")
    expect(reader.page.locator("ordered-steps .grip").first).to_be_visible()
    session = reader.page.context.new_cdp_session(reader.page)

    def swipe(position: str, part: str, over: str) -> None:
        held = row(reader, position).locator(part)
        held.scroll_into_view_if_needed()
        start, end = held.bounding_box(), row(reader, over).bounding_box()
        assert start
        assert end
        x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
        for kind, to in (
            ("touchStart", y),
            ("touchMove", y + 20),
            ("touchMove", y + 60),
            ("touchMove", end["y"] + end["height"] * 0.8),
            ("touchEnd", 0),
        ):
            points = [] if kind == "touchEnd" else [{"x": x, "y": to}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = steps(reader)
    swipe(before[0], ".grip", before[1])
    expect(reader.page.locator("form.answer").get_by_role("status")).to_contain_text("Now in place 2 of")
    after = [before[1], before[0], *before[2:]]
    assert steps(reader) == after
    top = reader.page.evaluate("scrollY")
    swipe(after[1], ".option-text", after[2])
    reader.wait_until(lambda: reader.page.evaluate("scrollY") < top, "the page is scrolled")
    assert steps(reader) == after
    reader.check_width()


def test_how_the_steps_lie_outlasts_a_reload_and_a_way_back(mover: tuple[Reader, Question]):
    reader, question = mover
    wanted = positions_in_order(question)
    lay(reader, wanted)
    reader.page.reload()
    expect(reader.page.locator("ordered-steps .grip").first).to_be_visible()
    assert steps(reader) == wanted
    assert places(reader) == [str(place) for place, _ in enumerate(wanted, 1)]
    reader.page.goto(reader.site.url + "/")
    reader.page.go_back()
    expect(reader.page.locator("ordered-steps .grip").first).to_be_visible()
    assert steps(reader) == wanted
    press_answer(reader)
    expect(verdicts(reader).last).to_have_text("Right.")


def test_steps_slide_to_their_places_only_where_motion_is_welcome(mover: tuple[Reader, Question]):
    reader, _ = mover
    count = "() => document.querySelector('ordered-steps').getAnimations({ subtree: true }).length"
    press = "() => document.querySelector('.moves button:last-child, .moves button + button').click()"
    assert reader.page.evaluate(f"() => {{ ({press})(); return ({count})(); }}") == 2
    reader.page.emulate_media(reduced_motion="reduce")
    reader.wait_until(lambda: reader.page.evaluate(count) == 0, "both are where they belong")
    assert reader.page.evaluate(f"() => {{ ({press})(); return ({count})(); }}") == 0


def test_places_that_were_picked_before_the_script_came_stay(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    reader = sit_down(site)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.page.route("**/order*.js", hold)
    reader.open(QUIZ)
    go_to_the_first(reader, quiz, "order")
    reader.wait_until(lambda: held, "the script is asked for")
    expect(reader.page.get_by_role("button", name="Up")).to_have_count(0)
    lying = steps(reader)
    row(reader, lying[0]).get_by_role("combobox").select_option("3")
    held[0].continue_()
    expect(reader.page.locator("ordered-steps .grip").first).to_be_visible()
    assert steps(reader) == [lying[1], lying[2], lying[0], *lying[3:]]
    expect(row(reader, lying[0]).get_by_role("combobox")).to_have_value("3")
