"""Putting steps into order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from lessons.scanning import Problem
from quiz.kinds.answers import AnswerRow, AnswersTable, Counted
from quiz.kinds.exchange import ARROW, Carrying, Exchange, Lose, NoPlace, NotCarried, Part
from quiz.kinds.kind import MOST, Form, Kind, StudioForm, Unclear, positions, wrong_count
from quiz.kinds.options import ShownOption
from quiz.kinds.order.places import picked, unplaced
from quiz.progress import Asked
from quiz.questions import Given, Option, Question, shown_order
from quiz.written import DraftedOption, WrittenOption, WrittenQuestion

FEWEST = 3  # steps: they are never shown in the right order, so of two the other order would be it


def in_order(question: Question) -> list[Option]:
    """The steps in the right order."""
    return sorted(question.options, key=lambda option: option.place)


def matched(question: Question, given: Given) -> frozenset[str]:
    """The steps that stand where they belong."""
    pairs = zip(in_order(question), given, strict=False)
    return frozenset(option.key for option, key in pairs if option.key == key)


def grade(question: Question, given: Given) -> float:
    """Of the pairs of neighbours in the right order, the share that follow each other in this one.

    For n steps in an order drawn at random, (n - 1) / n of one pair is to be expected: little is gained by guessing.
    """
    right = [option.key for option in in_order(question)]
    pairs = set(pairwise(right))
    if sorted(given) != sorted(right):
        return 0.0  # the steps are no longer those that were put into order
    return sum(pair in pairs for pair in pairwise(given)) / len(pairs)


def take(question: Question, form: Form) -> Given:
    """The keys of the steps, in the order in which they were put.

    A program sends the steps in that order. The page's form sends a place for each step.
    """
    if form.getlist("move"):
        # The page was opened when its buttons still sent a form, and its "Up" is no answer.
        raise Unclear("The steps are moved in another way now. Here they are again.")
    numbers = range(1, len(question.options) + 1)
    placed = positions(form, "step")
    if not placed and (places := picked(question, form)):
        if sorted(places) != list(numbers):
            raise Unclear(unplaced(question, places))
        placed = sorted(numbers, key=lambda position: places[position - 1])
    if sorted(placed) != list(numbers):
        raise Unclear("Send every step once. Here they are again.")
    if placed == list(numbers):
        # Where a script numbers the steps as they lie, this is a form of which nothing was touched. It is never right.
        raise Unclear("Move the steps first: this is the order in which they were shown. This cost no try.")
    return [question.options[position - 1].key for position in placed]


def shown(asked: Asked, form: Form) -> Iterable[ShownOption]:
    """The steps: as they lie while it is open, and in the right order once it is settled."""
    options = asked.question.options
    last = asked.attempts[-1].given if asked.attempts else []
    if asked.is_settled:
        for option in in_order(asked.question):
            at = last.index(option.key) + 1 if option.key in last else 0
            in_place = at == option.place
            yield ShownOption(
                letter=str(option.place),
                position=options.index(option) + 1,
                html=option.html,
                mark="in its place" if in_place else f"you put it in place {at}" if at else "new since you answered",
                verdict="right" if in_place else "wrong",
                feedback_html=option.feedback_html,
            )
        return
    everything = list(range(1, len(options) + 1))
    lying = [position for key in last for position, option in enumerate(options, 1) if option.key == key]
    placed = next((way for way in (positions(form, "step"), lying) if sorted(way) == everything), [])
    sent = picked(asked.question, form)
    places = sent or [placed.index(position) + 1 if placed else 0 for position in everything]
    for position in placed or everything:
        place = places[position - 1]
        mark = "" if not sent else "no place yet" if not place else "shares its place" if sent.count(place) > 1 else ""
        yield ShownOption(str(place or ""), position, options[position - 1].html, mark)


def remark(question: Question, given: Given, grade: float) -> str:
    """How many steps stand where they belong. Those that follow each other are worth something wherever they stand."""
    count = len(question.options)
    if len(given) != count or {option.key for option in question.options} != set(given):
        return ""  # the steps are no longer those that were put into order
    right = len(matched(question, given))
    which = f"{right} of {count}" if right else f"None of the {count}"
    said = f"{which} steps {'stand in their' if right > 1 else 'stands in its'} right place."
    return f"{said} Some follow the right one already." if grade else said


def key(question: Question) -> list[Any]:
    """The positions of the steps, in the right order."""
    return [question.options.index(option) + 1 for option in in_order(question)]


def how(question: Question) -> str:
    return "Put the steps into order: pick the place of each, 1 for the first."


def problems(question: WrittenQuestion) -> Iterable[Problem]:
    """What keeps steps from having one order."""
    yield from wrong_count(question, FEWEST)
    seen: dict[int, int] = {}
    count = len(question.options)
    for option in question.options:
        place = int(option.mark)
        if place in seen:
            yield Problem(option.line, 4, f"the place {place} is that of the step on line {seen[place]}")
        elif place > count:
            yield Problem(option.line, 4, f"the steps have the places 1 to {count}, each once, not {place}")
        seen.setdefault(place, option.line)
    by_place = sorted(question.options, key=lambda option: int(option.mark))
    if by_place == shown_order(question.id, question.options):
        message = "the steps happen to be drawn in their right order: reword one, or give a new question another id"
        yield Problem(question.line, 1, message)


def answer_rows(question: Question | None, is_current: bool, counted: Counted) -> Iterable[AnswerRow]:  # noqa: FBT001 - see AnswersTable
    """The steps in their right order, which is not known of an earlier version."""
    if question is None or not is_current:
        return
    counts: Counter[str] = Counter()
    for given, _, count in counted:
        counts.update(dict.fromkeys(matched(question, given), count))
    for option in in_order(question):
        yield AnswerRow(option.words, counts[option.key], label=f"{option.place}. ")


def carried(carrying: Carrying) -> Iterable[DraftedOption]:
    """Pairs of a step and its place, which is an order. Any other matching has no form here."""
    answers = carrying.foreign.answers
    places = [answer.match.strip() for answer in answers]
    if sorted(places) != sorted(str(place) for place in range(1, len(answers) + 1)) or len(answers) < FEWEST:
        pairs = "; ".join(f"{carrying.plain(answer.text)[:60]} → {answer.match[:60]}" for answer in answers[:MOST])
        raise NotCarried(f"it is a matching, which has no form here ({pairs})")
    return [
        DraftedOption(carrying.option(answer.text), place, "")
        for place, answer in sorted(zip(places, answers, strict=True), key=lambda pair: int(pair[0]))
    ]


def is_drawn_apart(question_id: str, options: Sequence[DraftedOption]) -> bool:
    """Whether steps that stand in their right order are drawn in another one for a question of this id."""
    steps = [WrittenOption(0, option.mark, option.text) for option in options]
    return shown_order(question_id, steps) != steps


def parts(question: WrittenQuestion, lose: Lose) -> Iterator[Part]:
    """Each step and its place. A step that holds the mark of a pair cannot be told from one."""
    for option in sorted(question.options, key=lambda option: int(option.mark)):
        if ARROW in option.text:
            raise NoPlace(f"the step on line {option.line} holds ->, which joins pairs there")
        if option.feedback:
            lose(option.line, "a matching has no feedback in GIFT, so that of the step is lost")
        yield Part("=", option.text, match=option.mark, line=option.line)


KIND = Kind(
    "order",
    boxes="[1-9][0-9]?",
    has_blanks=False,
    problems=problems,
    order="drawn",
    place=lambda option: int(option.mark),
    fields="kinds/order/fields.html",
    settled="kinds/order/settled.html",
    paper="kinds/order/paper.html",
    how=how,
    send="step",
    take=take,
    grade=grade,
    shown=shown,
    remark=remark,
    key=key,
    answers=AnswersTable(
        "steps", "How often each step was put where it belongs", "Step", answer_rows, says_right=False
    ),
    exchange=Exchange(("matching",), carried, parts, suits=is_drawn_apart),
    form=StudioForm(
        "An order", "puts steps into order; write them in the right one", "Step", "", "whoever had it elsewhere"
    ),
)
