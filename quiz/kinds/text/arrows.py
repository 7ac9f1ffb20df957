"""Arrows in what is said to an answer. GIFT takes a short text in which -> stands anywhere for a matching.

So they go out written in another way that shows the same, and one that an author wrote in that way in the next one:
whatever a text holds, it comes back as it was. In code each character is seen, so nothing is changed beside any.
"""

import re

from quiz.foreign import Answer
from quiz.kinds.exchange import Carrying

ARROW = re.compile(r"-(?:>|&gt;|&#(?P<zeros>0*+)62;)")
CODE = ("`", "~~~")
SPELLED = 2  # the way of "&gt;" is 1, of "&#62;" 2, of "&#062;" 3, and so on


def feedback(answer: Answer, carrying: Carrying) -> str:
    """What is said to an answer that comes in, with its arrows as they were."""
    said = carrying.marked(answer.feedback)
    return incoming(said) if answer.feedback and answer.feedback.format == "markdown" else said


def outgoing(text: str) -> str:
    """The text without ->, unless code is in it."""
    return _rewritten(text, 1)


def incoming(text: str) -> str:
    """The text that gave this one: `incoming(outgoing(text))` is `text`."""
    return _rewritten(text, -1)


def _rewritten(text: str, step: int) -> str:
    if any(mark in text for mark in CODE):
        return text
    return ARROW.sub(lambda found: _arrow(max(0, _way(found) + step)), text)


def _way(found: re.Match[str]) -> int:
    if found["zeros"] is not None:
        return SPELLED + len(found["zeros"])
    return 0 if found[0].endswith(">") else 1


def _arrow(way: int) -> str:
    if way < SPELLED:
        return ("->", "-&gt;")[way]
    return f"-&#{'0' * (way - SPELLED)}62;"
