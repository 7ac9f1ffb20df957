"""What is printed: a lesson with its folds open, both sides of cards, and a quiz with its key on a sheet of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize, expect

from lessons.shown import words_in
from quiz.kinds import kind_of
from quiz.questions import Quiz
from tests.browser import wide
from tests.browser.answering import answer
from tests.browser.printing import Size, alone_at_the_end, printed, torn, without_spaces
from tests.browser.reader import LESSON, Reader
from tests.browser.teaching import become_instructor
from tests.running import RunningSite
from tests.visitor import Visitor

RECALL, QUIZ, PAPER = "/lessons/defining-tasks/recall/", "/quiz/defining-tasks/", "/quiz/defining-tasks/paper/"
SHEET: ViewportSize = {"width": 680, "height": 1000}  # what is between the margins of A4, in px
HEADINGS = """() => [...document.querySelectorAll(
  "h1, h2, h3, h4, summary, legend, dt, .predict-title, .kicker, .reason-text, .stem, .definitions h3 + p")]
  .map(({ innerText }) => innerText).filter((text) => text.trim())"""
# What is asked, and what came out, by the lines that stand in each.
PIECES = """() => [...document.querySelectorAll(
  ".came-out, .stem, .options, .steps, .prediction, .question fieldset, .reason, .definitions dl > div")]
  .map(({ innerText }) => innerText.split("\\n").filter((line) => line.trim())).filter(({ length }) => length)"""
CIRCLES = """(labels) => labels.map((label) => Number.parseFloat(getComputedStyle(label, "::before").borderTopWidth))"""
FRAMES = """(options) => options.map((option) => Number.parseFloat(getComputedStyle(option).borderTopWidth))"""
# What a reader could press or fill in, but for what is ticked and filled in by hand.
CONTROLS = "button:not(.tap), .button, select, input:not([type=radio], [type=checkbox], .typed), nav a, .skip"
CUT = """
[...document.querySelectorAll("main *:not(svg, svg *)")]
  .filter((element) => element.checkVisibility() && getComputedStyle(element).clipPath === "none")
  .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
  .filter((element) => getComputedStyle(element).display !== "inline")
  .map((element) => `${element.tagName}.${element.className}: ${element.scrollWidth} of ${element.clientWidth} px`)
"""


# What is printed of a lesson, and what stands on a line of its own there on the screen and goes.
PRINTED = (
    "return HttpResponse",  # the second sample's last line
    "The recorded run says at the same time",  # a fold of an outcome
    "Where the estimates are put The server's thread",  # and of a picture
    "A form, full page",  # a table in a fold that holds controls
    "(https://web.dev/articles/inp)",  # the address of a source
    "Linux x86_64",  # where the figures come from
    "All questions to be printed: /quiz/defining-tasks/paper/",
)
NOT_PRINTED = (
    "Copy",
    "Run in the request",
    "Send the form",
    "Keep my predictions",
    "Mark as read",
    "My data",
    "Answer",
)
SIZES: tuple[Size, ...] = ("A4", "Letter")


@pytest.fixture(params=[{"color_scheme": "dark"}, {"java_script_enabled": False}], ids=["dark", "without JavaScript"])
def learner(request: pytest.FixtureRequest, sit_down: Callable[..., Reader], site: RunningSite) -> Reader:
    return sit_down(site, **request.param)


def in_print(reader: Reader, asked: str) -> list[list[str]]:
    """What a page says when it is made up for paper."""
    reader.page.emulate_media(media="print")
    found: list[list[str]] = reader.page.evaluate(asked)
    reader.page.emulate_media(media="null")
    return found


def settle(visitor: Visitor) -> None:
    """Answer all questions, most of them wrongly, and as often as one may."""
    for attempt in range(30):
        form = visitor.hidden(QUIZ)
        if "attempt" not in form:
            return
        places = {f"place-{step}": 7 - step for step in range(1, 7)}
        sent = visitor.send(f"{QUIZ}answer/", {**form, **places, "option": "1", "text": f"7{attempt}"})
        assert sent.status == 303, sent.text


def test_a_lesson_is_printed_whole_with_its_folds_open_and_its_sources(learner: Reader):
    learner.open(LESSON)
    headings, pieces = learner.page.evaluate(HEADINGS), in_print(learner, PIECES)
    assert sum("The recorded run says" in piece for piece in pieces) == 3, "the outcomes are there"
    for size in SIZES:
        sheets = printed(learner, size)
        text = without_spaces("".join(sheets))
        assert [words for words in PRINTED if without_spaces(words) not in text] == []
        assert [words for words in NOT_PRINTED if f"\n{words}\n" in "\n".join(sheets)] == []
        assert alone_at_the_end(sheets, headings) == []
        assert torn(sheets, pieces) == []


def test_a_quiz_that_was_answered_is_printed_with_each_question_whole(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    visitor = Visitor(site)
    settle(visitor)
    reader = sit_down(site)
    reader.page.context.add_cookies(
        [{"name": name, "value": value, "url": site.url} for name, value in visitor.cookies.items()]
    )
    reader.go_to(QUIZ)
    expect(reader.page.locator(".question.settled")).to_have_count(len(quiz.questions))
    headings, pieces = reader.page.evaluate(HEADINGS), in_print(reader, PIECES)
    assert len(pieces) >= len(quiz.questions)
    for size in SIZES:
        sheets = printed(reader, size)
        assert alone_at_the_end(sheets, headings) == []
        assert torn(sheets, pieces) == []


def test_on_paper_nothing_can_be_pressed_and_colours_are_those_of_paper(learner: Reader):
    page = learner.page
    page.emulate_media(media="print", color_scheme="dark")
    for path in (LESSON, RECALL, QUIZ, PAPER, "/review/", "/learners/my-data/"):
        learner.go_to(path)
        assert [control.inner_text() for control in page.locator(CONTROLS).all() if control.is_visible()] == [], path
        assert page.locator("body").evaluate("(body) => getComputedStyle(body).color") == "rgb(29, 33, 41)", path


def test_what_can_be_picked_is_a_list_on_paper_and_what_is_picked_stays_so(
    sit_down: Callable[..., Reader], site: RunningSite
):
    reader = sit_down(site)
    reader.open(LESSON)
    page = reader.page
    page.locator(".predictions label.option").nth(1).click()
    page.locator(".question label.option").nth(2).click()
    reader.wait_until_answered()
    page.emulate_media(media="print")
    for form, picked, count in ((".predictions", 1, 9), (".question", 2, 4)):
        circles = page.locator(f"{form} label.option").evaluate_all(CIRCLES)
        assert len(circles) == count
        assert [width > 2 for width in circles] == [place == picked for place in range(count)]
    frames = page.locator(".reason form .tap, label.option").evaluate_all(FRAMES)
    assert set(frames) == {0}
    assert page.locator(".reason form .tap").count() == 9


def test_cards_show_both_sides_and_are_not_turned_by_it(sit_down: Callable[..., Reader], site: RunningSite):
    reader = sit_down(site)
    reader.open(RECALL)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    text = without_spaces("".join(printed(reader)))
    fronts, backs = reader.page.locator(".card-front"), reader.page.locator(".card-back > :nth-child(2)")
    assert fronts.count() == backs.count() == 8
    for side in [*fronts.all(), *backs.all()]:
        # Two spaces are one, and a link has its address behind it.
        words = without_spaces((side.text_content() or "").split(",")[0])
        assert words in text, words
    assert "Showtheanswer" not in text
    assert "Putthesecards" not in text
    assert reader.page.locator("[data-turn=turned]").count() == 0
    assert asked == []
    expect(reader.page.locator(".card-back").first).not_to_have_attribute("open", "")


def test_a_learner_prints_all_questions_and_the_key_of_those_that_are_settled(learner: Reader, quiz: Quiz):
    learner.go_to(QUIZ)
    learner.page.get_by_role("link", name="On paper").click()
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Quiz: Defining tasks in Django")
    sheets = printed(learner)
    text = without_spaces("".join(sheets))
    for question in quiz.questions:
        for option in () if kind_of(question).is_typed else question.options:
            assert without_spaces(option.words) in text
    assert "Key" not in "".join(sheets)
    learner.open(QUIZ)
    answer(learner, quiz.questions[0], right=True)
    expect(learner.page.locator(".question.settled")).to_be_visible()
    learner.go_to(PAPER)
    learner.check_wide_and_narrow()
    sheets = printed(learner)
    assert sheets[-1].startswith("Key: Defining tasks in Django")
    assert "Why" in sheets[-1]
    assert "2." not in sheets[-1]
    assert "Key:" not in "".join(sheets[:-1])


def test_an_instructor_hands_out_the_questions_none_of_them_torn_and_keeps_the_key(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    teacher = sit_down(site)
    become_instructor(teacher)
    teacher.go_to("/teach/")
    teacher.page.get_by_role("link", name="Questions on paper").click()
    teacher.check_wide_and_narrow()
    options = [[option.words for option in one.options] for one in quiz.questions if not kind_of(one).is_typed]
    for size in SIZES:
        sheets = printed(teacher, size)
        first = next(number for number, sheet in enumerate(sheets) if sheet.startswith("Key:"))
        questions, key = sheets[:first], sheets[first:]
        assert "Name" in questions[0]
        assert "Studio" not in questions[0]
        for question in quiz.questions:
            assert without_spaces(words_in(question.text_html)) in without_spaces("".join(key))
        assert "Why" not in "".join(questions)
        assert "".join(key).count("Why") == len(quiz.questions)
        assert torn(questions, options) == []


@pytest.mark.xdist_group("wide")
def test_whatever_is_too_wide_for_a_sheet_wraps(sit_down: Callable[..., Reader], wide_site: RunningSite):
    reader = sit_down(wide_site, viewport=SHEET)
    reader.page.emulate_media(media="print")
    lesson, quiz = f"/lessons/{wide.LESSON}", f"/quiz/{wide.LESSON}"
    for path in (f"{lesson}/performance/", f"{lesson}/recall/", f"{quiz}/", f"{quiz}/paper/", f"{quiz}/predictions/"):
        reader.go_to(path)
        wrong = reader.page.evaluate(CUT)
        assert not wrong, "\n".join([path, *wrong])
        assert (
            reader.page.evaluate("Math.max(0, ...[...document.images].map(({ height }) => height))") < SHEET["height"]
        )
