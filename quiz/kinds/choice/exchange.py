"""Choices, as they come from other systems and go to Moodle, where each answer has a weight of its own."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from quiz.foreign import Answer
from quiz.kinds.exchange import FULL, Carrying, Exchange, Lose, NoPlace, Part, per_cent
from quiz.written import DraftedOption, WrittenQuestion

# What a part of an answer may be worth in Moodle, in per cent (question/engine/bank.php), as its files write it.
SHARES = {count: f"{100 / count:.7g}" for count in (*range(1, 11), 20)}
TENTHS = 10  # of so many shares and fewer, each has a weight of its own
MOST_SHARES = 20  # the least weight is 5 %


def carried(carrying: Carrying) -> Iterable[DraftedOption]:
    """The options, each right or wrong."""
    foreign = carrying.foreign
    right = [
        answer for answer in foreign.answers if (answer.weight >= FULL if foreign.is_single else answer.weight > 0)
    ]
    if foreign.is_single and len(right) > 1:
        message = "any one of the right answers is enough there; here all of them are to be chosen"
        carrying.say(right[1].text.line, message)
    if not foreign.is_single and len(right) == 1:
        message = "any number of answers can be chosen there, and one is right; here one is to be chosen"
        carrying.say(foreign.line, message)
    elif not foreign.is_single:
        _judge_weights(foreign.answers, carrying)
    for answer in foreign.answers:
        if foreign.is_single and answer.weight not in (0, FULL):
            message = f"the weight {per_cent(answer.weight)} is not carried: the answer is wrong here"
            carrying.say(answer.text.line, message)
        mark = "x" if answer in right else " "
        yield DraftedOption(carrying.option(answer.text), mark, carrying.marked(answer.feedback))


def _judge_weights(answers: Iterable[Answer], carrying: Carrying) -> None:
    """Say so when answers of a choice of several count otherwise here than there."""
    gains = [answer.weight for answer in answers if answer.weight > 0]
    losses = [-answer.weight for answer in answers if answer.weight <= 0]
    shares = _are_shares(gains) and _are_shares(losses)
    if gains and not shares:
        here = f"each of the {len(gains)} right answers counts 1/{len(gains)}"
        here += f", and each of the {len(losses)} wrong ones takes off 1/{len(losses)}" if losses else ""
        carrying.say(carrying.foreign.line, f"the weights are not carried: here {here}")


def _are_shares(weights: list[Fraction]) -> bool:
    """Whether each weight is the same share of 100 %, as far as Moodle's decimals say it. Of none it is true."""
    return all(abs(weight - FULL / len(weights)) < Fraction(1, 1000) for weight in weights)


def parts(question: WrittenQuestion, lose: Lose) -> Iterator[Part]:
    """The options. Of several right ones, each has a share, and each wrong one takes off a share."""
    right = sum(option.is_right for option in question.options)
    wrong = len(question.options) - right
    gains = _weights(right, question, lose) if right > 1 else iter(())
    loss = SHARES.get(wrong) or SHARES[TENTHS]
    if right > 1 and wrong and wrong not in SHARES:
        lose(question.line, f"Moodle has no weight of 1/{wrong}: each wrong answer takes off {loss} % there")
    for option in question.options:
        weight = (next(gains) if option.is_right else f"-{loss}") if right > 1 else ""
        mark: Literal["=", "~"] = "=" if option.is_right and right == 1 else "~"
        yield Part(mark, option.text, weight, option.feedback, line=option.line)


def _weights(count: int, question: WrittenQuestion, lose: Lose) -> Iterator[str]:
    """Weights that make 100 % together. Moodle has the shares of up to ten, and tenths and twentieths beyond."""
    if count in SHARES:
        return iter([SHARES[count]] * count)
    if count > MOST_SHARES:
        raise NoPlace(f"Moodle has no weights for {count} right answers")
    lose(question.line, f"Moodle has no weight of 1/{count}: some answers are worth 10 % there, and some 5 %")
    return iter(["10"] * (MOST_SHARES - count) + ["5"] * (2 * count - MOST_SHARES))


EXCHANGE = Exchange(("choice", "true or false"), carried, parts)
