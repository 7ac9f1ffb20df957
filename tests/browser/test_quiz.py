"""The quiz in a browser: in the lesson with htmx, alone without JavaScript, by keyboard, and clicked twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Route, expect

from quiz.questions import Question, Quiz
from quiz.reading import read
from tests.browser.answering import (
    answer,
    answer_by_keyboard,
    choose,
    double_click,
    lay,
    letters,
    move,
    option,
    positions_in_order,
    press_answer,
    row,
    steps,
)
from tests.browser.reader import LESSON, NARROW, Reader
from tests.running import RunningSite

QUIZ = "/quiz/defining-tasks/"
CONTENT = "lines => lines.map(line => getComputedStyle(line, '::before').content)"
COPIED = "code => { getSelection().selectAllChildren(code); return getSelection().toString(); }"
KINDS = {"choice", "number", "text", "order", "output", "process"}


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return read((Path(settings.BASE_DIR) / "content/defining-tasks/quiz.md").read_text(), "defining-tasks")[0]


def verdicts(reader: Reader) -> Locator:
    return reader.page.locator(".feedback > p:first-child strong")


def go_to_the_first(reader: Reader, quiz: Quiz, kind: str) -> Question:
    """Answer rightly until a question of that kind is open."""
    for question in quiz.questions:
        if question.kind == kind:
            expect(reader.page.locator(f"#question-{question.id}")).to_have_class("question open")
            return question
        answer(reader, question, right=True)
    raise AssertionError(f"no question is of kind {kind}")


@pytest.fixture(params=["in the lesson", "without JavaScript"])
def learner(request: pytest.FixtureRequest, sit_down: Callable[..., Reader], site: RunningSite) -> Reader:
    """Somebody in front of the first question."""
    if request.param == "in the lesson":
        reader = sit_down(site)
        reader.open(LESSON)
    else:
        reader = sit_down(site, java_script_enabled=False, viewport=NARROW)
        reader.open(LESSON)
        reader.page.get_by_role("link", name="Take the quiz").click()
    expect(reader.page.get_by_role("button", name="Answer")).to_be_visible()
    return reader


def test_a_learner_misses_one_sees_the_score_and_tries_again(learner: Reader, quiz: Quiz):
    page = learner.page
    first, second = letters(quiz.questions[0], right=False)[:2]
    choose(learner, first)
    expect(verdicts(learner)).to_have_text(["Not yet."])
    expect(page.locator(".hint")).to_be_visible()
    learner.check_width()
    choose(learner, second)
    expect(verdicts(learner)).to_have_text(["Wrong."])
    expect(page.locator(".hint")).to_have_count(0)
    expect(page.locator(".why")).to_be_visible()
    for place, question in enumerate(quiz.questions[1:], 2):
        answer(learner, question, right=True)
        expect(verdicts(learner)).to_have_count(place)
    learner.check_width()
    count = len(quiz.questions)
    expect(page.locator(".score")).to_contain_text(f"{count - 1} of {count} on the first try")
    page.get_by_role("button", name="Try the missed one again").click()
    expect(page.locator(".question")).to_have_count(1)
    answer(learner, quiz.questions[0], right=True)
    expect(page.locator(".score")).to_contain_text("1 of 1 on the first try")
    expect(page.locator(".score")).to_contain_text("Nothing is left to try again.")
    page.reload()
    expect(page.locator(".score")).to_contain_text(f"{count - 1} of {count}")
    page.get_by_role("button", name="Start fresh").click()
    expect(page.get_by_role("button", name="Answer")).to_be_visible()
    expect(page.get_by_text(f"Question 1 of {count}")).to_be_visible()
    expect(page.get_by_role("button", name="Start fresh")).to_have_count(0)


def test_what_is_nearly_right_or_has_two_readings_is_asked_back_and_costs_no_try(learner: Reader, quiz: Quiz):
    page = learner.page
    learner.expected.append("status of 422")
    message, field = page.locator("#quiz-message"), page.get_by_role("textbox")
    number = go_to_the_first(learner, quiz, "number")
    for text, said in (("1.500 ms", "is that 1500 ms or 1.5 ms?"), ("3,000", "is that 3000 s or 3 s?")):
        field.fill(text)
        press_answer(learner)
        expect(message).to_contain_text(said)
        expect(field).to_have_value(text)
    learner.check_width()
    answer(learner, number, right=True)
    text_question = next(question for question in quiz.questions if question.kind == "text")
    expect(page.locator(f"#question-{text_question.id}")).to_have_class("question open")  # it comes next
    field.fill("a message brocker")
    press_answer(learner)
    expect(message).to_contain_text("Check the spelling")
    expect(message).to_be_focused()
    learner.check_width()
    expect(field).to_have_value("a message brocker")
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Not yet.")
    field.fill("“The message broker.”")
    press_answer(learner)
    expect(verdicts(learner).last).to_have_text("Right, on the second try.")


def test_the_lesson_asks_every_kind_of_question(quiz: Quiz):
    assert {question.kind for question in quiz.questions} == KINDS
    assert any(question.kind == "choice" and question.has_several_right for question in quiz.questions)


def test_each_kind_can_be_answered_wrongly_and_then_rightly(learner: Reader, quiz: Quiz):
    said: list[str] = []
    for question in quiz.questions:
        answer(learner, question, right=False)
        expect(verdicts(learner)).to_have_text([*said, "Not yet."])
        expect(learner.page.locator(".hint")).to_be_visible()
        learner.check_width()
        answer(learner, question, right=True)
        said.append("Right, on the second try.")
        expect(verdicts(learner)).to_have_text(said)
    # Only the wrong answer to an order is worth something: all of its pairs but one were right.
    expect(learner.page.locator(".score")).to_contain_text(f"0.8 of {len(quiz.questions)} on the first try")


def test_a_line_is_found_by_its_number_also_on_paper_and_no_number_is_copied(learner: Reader, quiz: Quiz):
    question = go_to_the_first(learner, quiz, "process")
    assert question.trace
    code = learner.page.locator(f"#question-{question.id} code.numbered")
    for medium in ("screen", "print"):
        learner.page.emulate_media(media=medium)
        count = question.trace.program.count("\n")
        assert code.locator(".line").evaluate_all(CONTENT) == ["counter(line)"] * count
    learner.page.emulate_media(media="screen")
    assert code.evaluate(COPIED).strip() == question.trace.program.strip()
    learner.check_width()


def test_no_choice_gets_a_message_in_place_and_what_was_chosen_later_counts(learner: Reader, quiz: Quiz):
    with learner.expecting("status of 422"):
        learner.page.get_by_role("button", name="Answer").click()
        expect(learner.page.get_by_role("alert").filter(has_text="Choose an answer first.")).to_be_visible()
    learner.check_width()
    answer(learner, quiz.questions[0], right=True)
    expect(verdicts(learner)).to_have_text(["Right."])


def test_a_double_click_counts_once(learner: Reader, quiz: Quiz):
    with learner.expecting("status of 409"):
        option(learner, letters(quiz.questions[0], right=False)[0]).click()
        double_click(learner, learner.page.get_by_role("button", name="Answer"))
        expect(verdicts(learner)).to_have_text(["Not yet."])
        learner.page.reload()
        expect(verdicts(learner)).to_have_text(["Not yet."])
    expect(learner.page.locator(".mark")).to_have_text(["your first answer"])


def test_back_shows_the_same_state(learner: Reader, quiz: Quiz):
    answer(learner, quiz.questions[0], right=True)
    expect(verdicts(learner)).to_have_text(["Right."])
    learner.page.goto(learner.site.url + "/")
    learner.page.go_back()
    expect(verdicts(learner)).to_have_text(["Right."])
    expect(learner.page.get_by_text(f"Question 2 of {len(quiz.questions)}")).to_be_visible()


def test_a_second_tab_cannot_answer_again(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    other = Reader(reader.page.context, reader.site)
    other.open(QUIZ)
    answer(reader, quiz.questions[0], right=False)
    expect(verdicts(reader)).to_have_text(["Not yet."])
    answer(other, quiz.questions[0], right=True)
    expect(other.page.get_by_role("alert").filter(has_text="You had already answered this")).to_be_visible()
    expect(verdicts(other)).to_have_text(["Not yet."])
    expect(other.page.locator(".mark")).to_have_text(["your first answer"])


def test_what_was_said_of_an_answer_that_did_not_count_goes_away_with_one_that_does(reader: Reader, quiz: Quiz):
    page = reader.page
    reader.open(QUIZ)
    answer(
        reader, quiz.questions[0], right=True
    )  # only who is known is sent what changed alone, and not the whole quiz
    expect(verdicts(reader)).to_have_text(["Right."])
    page.route("**/answer/", lambda route: route.fulfill(status=500, body="<p>elsewhere</p>"))
    with reader.expecting("status of 500"):
        answer(reader, quiz.questions[1], right=True)
        said = page.get_by_role("alert").get_by_text("the site answered with 500")
        expect(said).to_be_visible()
    page.unroute("**/answer/")
    press_answer(reader)
    expect(verdicts(reader)).to_have_text(["Right.", "Right."])
    expect(said).to_have_count(0)


def test_the_keyboard_is_enough_for_every_kind_and_the_focus_follows(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    for place, question in enumerate(quiz.questions):
        answer_by_keyboard(reader, question)
        expect(verdicts(reader)).to_have_text(["Right."] * (place + 1))
        expect(reader.page.locator(".feedback").nth(place)).to_be_focused()
    count = len(quiz.questions)
    expect(reader.page.locator(".score")).to_contain_text(f"{count} of {count} on the first try")


SEND_ON_ARRIVAL = """
(id) => {
  window.stayed = true;
  new MutationObserver((_, observer) => {
    const form = document.querySelector(`#question-${id} form.answer`);
    if (!form) return;
    observer.disconnect();
    form.requestSubmit();
  }).observe(document.querySelector(".quiz").parentElement, { childList: true, subtree: true });
}
"""


def test_a_key_pressed_in_the_moment_a_question_arrives_does_not_leave_the_page(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    reader.page.evaluate(SEND_ON_ARRIVAL, quiz.questions[1].id)
    with reader.expecting("status of 422"):
        answer(reader, quiz.questions[0], right=True)
        expect(reader.page.get_by_role("alert").filter(has_text="Choose an answer first.")).to_be_focused()
    assert reader.page.evaluate("window.stayed") is True


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


def test_a_number_in_words_is_refused_kindly_and_what_was_typed_stays(learner: Reader, quiz: Quiz):
    page = learner.page
    number = go_to_the_first(learner, quiz, "number")
    with learner.expecting("status of 422"):
        page.get_by_role("textbox").fill("three")
        press_answer(learner)
        expect(page.get_by_role("alert").filter(has_text="Write a number in digits")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("three")
    learner.check_width()
    answer(learner, number, right=True)
    expect(verdicts(learner).last).to_have_text("Right.")


def test_an_answer_that_cannot_be_sent_says_so_and_can_be_sent_again(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    with reader.expecting("net::ERR_INTERNET_DISCONNECTED"), reader.expecting("htmx:"):
        reader.page.context.set_offline(True)
        answer(reader, quiz.questions[0], right=True)
        expect(reader.page.get_by_role("alert").get_by_text("could not be sent")).to_be_focused()
    reader.page.context.set_offline(False)
    reader.page.get_by_role("button", name="Answer").click()
    expect(verdicts(reader)).to_have_text(["Right."])


@pytest.mark.parametrize(("status", "words"), [(503, "was not taken"), (404, "no longer part of the course")])
def test_a_refusal_of_the_site_leaves_the_quiz_where_it_is(reader: Reader, quiz: Quiz, status: int, words: str):
    reader.open(QUIZ)
    reader.page.route("**/answer/", lambda route: route.fulfill(status=status, body="<p>elsewhere</p>"))
    with reader.expecting(f"status of {status}"):
        answer(reader, quiz.questions[0], right=True)
        expect(reader.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    expect(reader.page.locator("form.answer :checked")).to_have_count(1)


def test_every_state_is_accessible_and_fits_at_both_widths_in_both_schemes(reader: Reader, quiz: Quiz):
    reader.open(QUIZ)
    option(reader, letters(quiz.questions[0], right=False)[0]).click()
    reader.check_every_look()
    for place, question in enumerate(quiz.questions, 1):
        for is_right in (False, True):
            answer(reader, question, right=is_right)
            expect(verdicts(reader)).to_have_count(place)
            expect(verdicts(reader).last).to_have_text("Right, on the second try." if is_right else "Not yet.")
            reader.check_wide_and_narrow()
    reader.check_every_look()


@pytest.mark.parametrize("java_script", [True, False])
def test_a_browser_without_cookies_goes_through_the_quiz_and_is_told_that_nothing_stays(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz, *, java_script: bool
):
    reader = sit_down(site, java_script_enabled=java_script, viewport=NARROW)
    reader.page.add_init_script("Object.defineProperty(navigator, 'cookieEnabled', { get: () => false })")
    reader.lose_cookies()
    reader.open(QUIZ)
    for place, question in enumerate(quiz.questions[:3], 1):
        answer(reader, question, right=True)
        expect(verdicts(reader)).to_have_text(["Right."] * place)
        expect(reader.page.get_by_text("so nothing that you answer here is kept")).to_have_count(1)
    if java_script:
        reader.check_accessible()
    reader.check_width()
    assert reader.page.context.cookies() == []
    reader.open(QUIZ)
    expect(verdicts(reader)).to_have_count(0)
