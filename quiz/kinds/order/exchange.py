"""Orders, as they come from other systems and go to Moodle: as a matching of each step with its place."""

from collections.abc import Iterable, Iterator

from quiz.kinds.exchange import Carrying, Exchange, Lose, NoPlace, NotCarried, Part
from quiz.kinds.kind import MOST
from quiz.kinds.order.steps import FEWEST
from quiz.written import DraftedOption, WrittenQuestion

ARROW = "->"


def carried(carrying: Carrying) -> Iterable[DraftedOption]:
    """Pairs of a step and its place, which is an order. Any other matching has no form here."""
    answers = carrying.foreign.answers
    places = [answer.match.strip() for answer in answers]
    if sorted(places) != sorted(str(place) for place in range(1, len(answers) + 1)) or len(answers) < FEWEST:
        pairs = "; ".join(f"{carrying.plain(answer.text)[:60]} → {answer.match[:60]}" for answer in answers[:MOST])
        raise NotCarried(f"it is a matching, which has no form here ({pairs})")
    return [
        DraftedOption(carrying.marked(answer.text), place, "")
        for place, answer in sorted(zip(places, answers, strict=True), key=lambda pair: int(pair[0]))
    ]


def parts(question: WrittenQuestion, lose: Lose) -> Iterator[Part]:
    """Each step and its place. A step that holds the mark of a pair cannot be told from one."""
    for option in sorted(question.options, key=lambda option: int(option.mark)):
        if ARROW in option.text:
            raise NoPlace(f"the step on line {option.line} holds ->, which joins pairs there")
        if option.feedback:
            lose(option.line, "a matching has no feedback in GIFT, so that of the step is lost")
        yield Part("=", option.text, match=option.mark, line=option.line)


EXCHANGE = Exchange(("matching",), carried, parts)
