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
            wanted = positions_in_order(question)
            # With the last one on top, all pairs but one still follow each other.
            lay(reader, wanted if right else [wanted[-1], *wanted[:-1]])
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


def row(reader: Reader, position: str) -> Locator:
    """A step of the open question, by its position in it."""
    return reader.page.locator(f'form.answer li.step:has(select[name="place-{position}"])')


def steps(reader: Reader) -> list[str]:
    """The positions of the steps of the open question, as they lie."""
    reader.page.wait_for_load_state("domcontentloaded")  # of a page that is still arriving, there may be some of them
    selects = reader.page.locator("form.answer li.step select").all()
    return [str(select.get_attribute("name")).removeprefix("place-") for select in selects]


def move(reader: Reader, position: str, direction: str) -> None:
    """Press a step's button."""
    row(reader, position).get_by_role("button", name=direction).click()


def lay(reader: Reader, wanted: list[str]) -> None:
    """Put the steps into an order: up, one place at a time, or by their places alone where there is no JavaScript."""
    if not reader.page.evaluate("'htmx' in window"):
        for place, position in enumerate(wanted, 1):
            row(reader, position).get_by_role("combobox").select_option(str(place))
        return
    for place, position in enumerate(wanted):
        while steps(reader).index(position) > place:
            move(reader, position, "Up")
    assert steps(reader) == wanted


def positions_in_order(question: Question) -> list[str]:
    """The positions of the steps in their right order."""
    return [str(question.options.index(step) + 1) for step in in_order(question)]


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
    for place, position in enumerate(positions_in_order(question)):
        while (at := steps(reader).index(position)) > place:
            tab_to(reader, f'li.step:has(select[name="place-{position}"]) button:first-child')
            reader.page.keyboard.press("Enter")
            assert steps(reader).index(position) == at - 1
        reader.page.locator(f"#question-{question.id}").focus()  # as Shift and Tab lead back


def right_places(question: Question) -> list[int]:
    """The places, from 1, of the options that are right."""
    return [place for place, option in enumerate(question.options, 1) if option.is_right]
