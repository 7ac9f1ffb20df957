"""Answers that are typed, as they come from other systems: each is right or wrong here, and never in part."""

from quiz.foreign import Answer
from quiz.kinds.exchange import FULL, Carrying, NotCarried, per_cent
from quiz.written import DraftedOption


def mark_of(answer: Answer, right: str, carrying: Carrying) -> str:
    """What stands in its box: `right`, or nothing."""
    if 0 < answer.weight < FULL:
        carrying.say(answer.text.line, f"the weight {per_cent(answer.weight)} is not carried: the answer is wrong here")
    return right if answer.weight >= FULL else " "


def with_a_right_one(options: list[DraftedOption], right: str) -> list[DraftedOption]:
    """The same, with a right one first, which is how a reader finds it."""
    if not any(option.mark == right for option in options):
        raise NotCarried("no answer that can be carried is right")
    return sorted(options, key=lambda option: option.mark != right)
