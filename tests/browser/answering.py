"""Answers questions of every kind in a browser: clicks, types, moves. What to give, the quiz's own key says."""

from playwright.sync_api import Locator, Route, expect

from quiz.kinds.order import in_order
from quiz.questions import Option, Question
from tests.browser.reader import Reader

NO_ANSWER = "7001"  # where the author foresaw no mistake


def letters(question: Question, *, right: bool) -> list[str]:
    """The letters of a question's options that are right, or wrong."""
    return [chr(ord("A") + at) for at, option in enumerate(question.options) if option.is_right is right]


def option(reader: Reader, letter: str) -> Locator:
    """The label of an option of the open question."""
    return reader.page.locator("form.answer label.option").filter(has=reader.page.locator(".letter", has_text=letter))


def press_answer(reader: Reader) -> None:
    reader.page.get_by_role("button", name="Answer").click()


def double_click(reader: Reader, button: Locator) -> None:
    """Click a form's button twice, before the site has answered to the first click.

    htmx sends one request then. A plain form is sent twice, and what the site does with the second one is its matter.
    """
    if not reader.page.evaluate("'htmx' in window"):
        button.dblclick()
        return
    sent: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route)
        else:
            route.continue_()

    reader.page.route("**", hold)
    button.dblclick()
    reader.wait_until(lambda: sent, "the form is sent")
    (form,) = sent
    form.continue_()


def choose(reader: Reader, *chosen: str) -> None:
    """Choose these letters, and nothing else, and answer."""
    for box in reader.page.get_by_role("checkbox", checked=True).all():
        box.uncheck()
    for letter in chosen:
        option(reader, letter).click()
    press_answer(reader)


def answer(reader: Reader, question: Question, *, right: bool) -> None:
    """Answer the open question, which is this one."""
    expect(reader.page.locator(f"#question-{question.id}")).to_have_class("question open")
    match question.kind:
        case "order":
            put_in_order(reader, question)
            if not right:
                move_last_to_the_top(reader, question)
            press_answer(reader)
        case "number" | "text" | "output":
            mistakes = [typed(option) for option in question.options if not option.is_right]
            reader.page.get_by_role("textbox").fill(typed(question.right[0]) if right else (mistakes or [NO_ANSWER])[0])
            press_answer(reader)
        case _ if right:
            choose(reader, *letters(question, right=True))
        case _:
            choose(reader, letters(question, right=False)[0])


def typed(option: Option) -> str:
    """What a learner types to give this answer: of a number, the tolerance is the author's alone."""
    return option.plain.partition("±")[0].strip()


def steps(reader: Reader) -> list[str]:
    """The positions of the steps of the open question, as they lie."""
    reader.page.wait_for_load_state("domcontentloaded")  # of a page that is still arriving, there may be some of them
    return [str(step.input_value()) for step in reader.page.locator("form.answer input[name=step]").all()]


def move(reader: Reader, position: str, direction: str) -> None:
    """Press a step's button, and wait until the step has moved."""
    page = reader.page
    before = steps(reader)
    row = page.locator("li.step").filter(has=page.locator(f'input[name="step"][value="{position}"]'))
    row.get_by_role("button", name=direction).click()
    at = before.index(position) + (1 if direction == "Down" else -1)
    moved = page.locator("form.answer input[name=step]").nth(at)
    expect(moved).to_have_value(position)


def put_in_order(reader: Reader, question: Question) -> None:
    """Move the steps up, one place at a time, until they lie as they should."""
    wanted = [str(question.options.index(step) + 1) for step in in_order(question)]
    for place, position in enumerate(wanted):
        while steps(reader).index(position) > place:
            move(reader, position, "Up")


def move_last_to_the_top(reader: Reader, question: Question) -> None:
    """From the right order to one in which all pairs but one still follow each other."""
    last = str(question.options.index(in_order(question)[-1]) + 1)
    while steps(reader)[0] != last:
        move(reader, last, "Up")


def tab_to(reader: Reader, selector: str) -> None:
    """Press Tab until the focus is on something that fits, as somebody without a mouse does."""
    for _ in range(60):
        if reader.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        reader.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def answer_by_keyboard(reader: Reader, question: Question) -> None:
    """Answer the open question rightly with keys alone, from wherever the focus is."""
    keys = reader.page.keyboard
    form = f"#question-{question.id} form "
    match question.kind:
        case "order":
            order_by_keyboard(reader, question)
            tab_to(reader, f"{form}> button")
        case "number" | "text":
            tab_to(reader, f"{form}.typed")
            keys.insert_text(typed(question.right[0]))
        case "output":
            tab_to(reader, f"{form}.typed")
            keys.insert_text(typed(question.right[0]))
            tab_to(reader, f"{form}> button")  # Enter would make a new line
        case _ if question.has_several_right:
            for place in right_places(question):
                tab_to(reader, f'{form}input[value="{place}"]')
                keys.press("Space")
        case _:
            tab_to(reader, f"{form}input[type=radio]")
            keys.press("Space")
            for _ in range(right_places(question)[0] - 1):
                keys.press("ArrowDown")
    keys.press("Enter")


def order_by_keyboard(reader: Reader, question: Question) -> None:
    """Move the steps up with keys alone. The focus stays with a step until it is at the top."""
    for place, step in enumerate(in_order(question)):
        position = str(question.options.index(step) + 1)
        while (at := steps(reader).index(position)) > place:
            tab_to(reader, f'button[value="{position} up"]')
            reader.page.keyboard.press("Enter")
            expect(reader.page.locator("form.answer input[name=step]").nth(at - 1)).to_have_value(position)
        reader.page.locator(f"#question-{question.id}").focus()  # as Shift and Tab lead back


def right_places(question: Question) -> list[int]:
    """The places, from 1, of the options that are right."""
    return [place for place, option in enumerate(question.options, 1) if option.is_right]
