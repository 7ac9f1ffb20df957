"""What is printed: a lesson with its folds open, both sides of cards, and a quiz with its key on a sheet of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from lessons.shown import words_in
from quiz.kinds import kind_of
from quiz.questions import Quiz
from tests.browser import wide
from tests.browser.answering import answer
from tests.browser.printing import Size, last_lines, printed, without_spaces
from tests.browser.reader import LESSON, Reader
from tests.browser.teaching import become_instructor
from tests.running import QUICK, RunningSite, running_site

RECALL, QUIZ, PAPER = "/lessons/defining-tasks/recall/", "/quiz/defining-tasks/", "/quiz/defining-tasks/paper/"
TEACHERS = "/teach/lessons/defining-tasks/paper/"
SHEET: ViewportSize = {"width": 680, "height": 1000}  # what is between the margins of A4, in px
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, summary, legend, dt, .predict-title")]
  .map(({ innerText }) => innerText)"""
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


def test_a_lesson_is_printed_whole_with_its_folds_open_and_its_sources(learner: Reader):
    learner.open(LESSON)
    headings = {without_spaces(heading) for heading in learner.page.locator("html").evaluate(HEADINGS)}
    for size in SIZES:
        sheets = printed(learner, size)
        text = without_spaces("".join(sheets))
        assert [words for words in PRINTED if without_spaces(words) not in text] == []
        assert [words for words in NOT_PRINTED if f"\n{words}\n" in "\n".join(sheets)] == []
        assert [line for line in last_lines(sheets) if without_spaces(line) in headings] == []


@pytest.mark.parametrize("path", [LESSON, RECALL, QUIZ, PAPER, "/review/", "/learners/my-data/"])
def test_on_paper_nothing_can_be_pressed_and_colours_are_those_of_paper(learner: Reader, path: str):
    page = learner.page
    learner.open(path)
    page.emulate_media(media="print", color_scheme="dark")
    assert [control.inner_text() for control in page.locator(CONTROLS).all() if control.is_visible()] == []
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).color") == "rgb(29, 33, 41)"


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
    learner.open(QUIZ)
    learner.page.get_by_role("link", name="On paper").click()
    expect(learner.page.get_by_role("heading", level=1)).to_have_text("Quiz: Defining tasks in Django")
    learner.check_wide_and_narrow()
    sheets = printed(learner)
    text = without_spaces("".join(sheets))
    for question in quiz.questions:
        for option in () if kind_of(question).is_typed else question.options:
            assert without_spaces(option.words) in text
    assert "Key" not in "".join(sheets)
    learner.open(QUIZ)
    answer(learner, quiz.questions[0], right=True)
    expect(learner.page.locator(".question.settled")).to_be_visible()
    learner.open(PAPER)
    learner.check_wide_and_narrow()
    sheets = printed(learner)
    assert sheets[-1].startswith("Key: Defining tasks in Django")
    assert "Why" in sheets[-1]
    assert "2." not in sheets[-1]
    assert "Key:" not in "".join(sheets[:-1])


def test_an_instructor_hands_out_the_questions_and_keeps_the_key(
    sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz
):
    teacher = sit_down(site)
    become_instructor(teacher)
    teacher.open("/teach/")
    teacher.page.get_by_role("link", name="Questions on paper").click()
    teacher.check_every_look()
    sheets = printed(teacher, "Letter")
    first = next(number for number, sheet in enumerate(sheets) if sheet.startswith("Key:"))
    questions, key = sheets[:first], sheets[first:]
    assert "Name" in questions[0]
    assert "Studio" not in questions[0]
    for question in quiz.questions:
        assert without_spaces(words_in(question.text_html)) in without_spaces("".join(key))
    assert "Why" not in "".join(questions)
    assert "".join(key).count("Why") == len(quiz.questions)


def test_no_question_and_no_answer_of_the_key_is_torn(sit_down: Callable[..., Reader], site: RunningSite, quiz: Quiz):
    teacher = sit_down(site)
    become_instructor(teacher)
    teacher.open(TEACHERS)
    for size in SIZES:
        sheets = [without_spaces(sheet) for sheet in printed(teacher, size)]
        for question in quiz.questions:
            if kind_of(question).is_typed:
                continue
            options = [without_spaces(option.words) for option in question.options]
            assert any(all(option in sheet for option in options) for sheet in sheets), question.id


@pytest.fixture(scope="module")
def wide_site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("wide")
    wide.write(folder / "content")
    with running_site(folder, prepared, CONTENT_DIR=folder / "content", with_worker=False, **QUICK) as site:
        yield site


@pytest.mark.parametrize(
    "path",
    [
        f"/lessons/{wide.LESSON}/performance/",
        f"/lessons/{wide.LESSON}/recall/",
        f"/quiz/{wide.LESSON}/",
        f"/quiz/{wide.LESSON}/paper/",
        f"/quiz/{wide.LESSON}/predictions/",
    ],
)
def test_whatever_is_too_wide_for_a_sheet_wraps(sit_down: Callable[..., Reader], wide_site: RunningSite, path: str):
    reader = sit_down(wide_site, viewport=SHEET)
    reader.open(path)
    reader.page.emulate_media(media="print")
    wrong = reader.page.evaluate(CUT)
    assert not wrong, "\n".join(wrong)
    assert reader.page.evaluate("Math.max(0, ...[...document.images].map(({ height }) => height))") < SHEET["height"]
