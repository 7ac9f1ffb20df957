"""Numbers, as they come from other systems and go to Moodle: without a unit, and without weights between 0 and 100.

There they are written "3:0.5" or "1..5", and here "3 ± 0.5". Exact: in fractions.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from quiz.kinds.exchange import FULL, Carrying, Exchange, Lose, NoPlace, NotCarried, Part
from quiz.kinds.kind import plain
from quiz.kinds.number.numerals import NotANumber, decimal, unmistakable
from quiz.kinds.number.quantities import Quantity, expected
from quiz.kinds.typed import mark_of, with_a_right_one
from quiz.written import DraftedOption, WrittenQuestion

GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
# With three digits behind the point, where somebody may see thousands. The other end of a range has two points before.
POINTED = re.compile(r"(?<![0-9])(?<![0-9]\.)[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9eE])")
WIDE = re.compile(r"[0-9]{16}")
MINUS = "\N{MINUS SIGN}"
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})(?:[eE][+-]?[0-9]{1,2})?")


class NoInterval(Exception):
    """The text is no number with a tolerance. Says why."""


def interval_of(text: str) -> Quantity:
    """What an answer to a question of GIFT's numerical kind says.

    Raises:
        NoInterval: it is no number, or one with more digits than are read here.
    """
    low, is_range, high = text.partition("..")
    if is_range:
        least, most = sorted((_number(low), _number(high)))
        found = Quantity((least + most) / 2, "", (most - least) / 2)
    else:
        middle, _, reach = text.partition(":")
        found = Quantity(_number(middle), "", _number(reach) if reach.strip() else Fraction(0))
    if found.tolerance < 0:
        raise NoInterval("its tolerance is below 0")
    try:
        _written(found)
    except NotANumber as reason:
        raise NoInterval(str(reason)) from None
    return found


def _written(interval: Quantity) -> str:
    """The interval as an author writes it. There 1.625 has a reading too many, which 1.6250 has not."""
    reach = f" ± {unmistakable(decimal(interval.tolerance))}" if interval.tolerance else ""
    return unmistakable(decimal(interval.value)) + reach


def _number(text: str) -> Fraction:
    text = text.strip()
    if GROUPED.fullmatch(text):
        two = f"{text.replace(',', '')} or {text.replace(',', '.').rstrip('0').rstrip('.')}"
        raise NoInterval(f"“{text}” can be read in two ways, and Moodle takes neither (write {two})")
    if WIDE.search(text) and set(text) <= set("0123456789.+-eE"):
        raise NoInterval(f"“{text[:40]}” has more than 15 digits before or behind the point")
    if not NUMBER.fullmatch(text):
        raise NoInterval(f"“{text[:40]}” (write digits and a decimal point, like 3.5)")
    return Fraction(text)


def carried(carrying: Carrying) -> Iterable[DraftedOption]:
    """The numbers, the right ones first. A mistake within a right one has no worth of its own here."""
    options: list[DraftedOption] = []
    right: list[Quantity] = []
    for answer in sorted(carrying.foreign.answers, key=lambda answer: answer.weight < FULL):
        line, text = answer.text.line, carrying.plain(answer.text)
        if text.partition(":")[0].strip() == "*":
            carrying.say(line, "what is said to any other number is not carried")
            continue
        if MINUS in text:
            text = text.replace(MINUS, "-")
            carrying.say(line, f"the sign {MINUS} (U+2212) is read as a minus, which Moodle does not: {text[:40]}")
        try:
            interval = interval_of(text)
        except NoInterval as reason:
            raise NotCarried(f"its answer on line {line} is no number that is read here: {reason}") from None
        for pointed in dict.fromkeys(POINTED.findall(text)):
            other = pointed.replace(".", "")
            carrying.say(line, f"{pointed} is read with a decimal point, as Moodle does, and not as {other}")
        is_right = answer.weight >= FULL
        if any(other.allows(interval.value) for other in right) and not is_right:
            message = f"the answer {text[:40]} is dropped: it lies within a right one, and has no partial worth here"
            carrying.say(line, message)
            continue
        written = _written(interval)
        if any(option.text == written for option in options):
            carrying.say(line, f"the answer {text[:40]} stands there twice")
            continue
        right += [interval] if is_right else []
        options.append(DraftedOption(written, mark_of(answer, "~", carrying), carrying.marked(answer.feedback)))
    return with_a_right_one(options, "~")


def parts(question: WrittenQuestion, lose: Lose) -> Iterator[Part]:
    """Each number with its tolerance, in the unit of the first right one."""
    unit = _unit(question)
    for option in question.options:
        quantity = expected(plain(option.text)).into(unit)
        if quantity is None:
            raise NoPlace(f"the answer on line {option.line} is in another unit")
        try:
            text = f"{unmistakable(decimal(quantity.value))}:{unmistakable(decimal(quantity.tolerance))}"
        except NotANumber as reason:
            raise NoPlace(f"the answer on line {option.line} cannot be written: {reason}") from None
        weight = "0" if option.mark == " " else "100"
        yield Part("=", text, weight, option.feedback, markup="none", line=option.line)


def addition(question: WrittenQuestion, lose: Lose) -> str:
    """A sentence with the unit, for which GIFT has no other place."""
    unit = _unit(question)
    if not unit:
        return ""
    lose(question.line, f"a number has no unit in GIFT: the text says that it is asked for in {unit}")
    return f"Write the number in {unit}."


def _unit(question: WrittenQuestion) -> str:
    right = next((option for option in question.options if option.mark == "~"), None)
    try:
        return expected(plain(right.text)).unit if right else ""
    except NotANumber:
        return ""


EXCHANGE = Exchange(("number",), carried, parts, opens="{#", addition=addition)
