"""What makes choices better, though they can be asked as they are: warnings about options that give the key away.

The rules are those of Haladyna, Downing & Rodriguez (2002), "A Review of Multiple-Choice Item-Writing Guidelines for
Classroom Assessment", Applied Measurement in Education 15(3), 309-334: vary the place of the right option, keep the
options about equally long, avoid "all of the above", and let no right option stand out. Where a rule needs a number,
the number is ours, and its reason stands beside it.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence

from lessons.scanning import Problem
from lessons.words import words_of
from quiz.kinds.options import letter_of
from quiz.questions import shown_order
from quiz.written import WrittenQuestion

FEWEST = 4  # single choices: of fewer, what they have in common is likely to be chance
LONGER = 1.25  # times as long as the next one, so that it shows at a glance
LONGER_BY = 5  # characters: "yes" is not much longer than "no"
BEYOND_CHANCE = 1.28  # standard deviations: as many come about by chance in fewer than one quiz of ten

OTHERS = r"(?:answers?|options?|choices?|statements?)"
LETTERS = r"\(?(?-i:[A-F])\)?"
ABOUT_OTHERS = re.compile(
    rf"""(?: (?:all|none|neither|both|any|either|nothing)\ (?:of\ )?(?:the\ )?(?:other\ )?(?:{OTHERS}\ )?
             (?: above | these | those | below | preceding | foregoing | {OTHERS} | others? )
           | (?: (?:both|only|either|neither)\ (?:{OTHERS}\ )? | {OTHERS}\ )
             {LETTERS} (?: ,\ {LETTERS} )* \ (?:and|or|nor)\ {LETTERS}
         )
         (?: \ (?:is|are|apply|applies) (?:\ (?:right|correct|true|wrong|false))? )?""",
    re.VERBOSE | re.IGNORECASE,
)


def advice(questions: Sequence[WrittenQuestion], keeping: Collection[str]) -> Iterator[Problem]:
    """What would make the choices of a file better; `keeping` are those that are shown as they stand there."""
    for question in questions:
        yield from _about_others(question, keeps_order=question.id in keeping)
    single = [question for question in questions if sum(option.is_right for option in question.options) == 1]
    if len(single) >= FEWEST:
        yield from _longest(single)
        yield from _same_place(single, keeping)


def _about_others(question: WrittenQuestion, *, keeps_order: bool) -> Iterator[Problem]:
    """Options about other options, like "all of the above".

    Who knows that two of the others are right, or one wrong, has the answer without the rest. And unless the question
    keeps its order, nothing that stands above in the file stands above when it is asked.
    """
    for option in question.options:
        said = words_of(option.text).strip(" .!")
        if ABOUT_OTHERS.fullmatch(said):
            why = "" if keeps_order else ", and options are shown in another order than here"
            message = f"“{said}” is about the other options: what is known of two of them gives it away{why}"
            yield Problem(option.line, 7, message, warning=True)


def _longest(single: Sequence[WrittenQuestion]) -> Iterator[Problem]:
    """Single choices whose right option is the longest too often: whoever takes the longest is right without knowing.

    By chance, the right one of k options is the longest in 1 of k questions. The warning comes when it is in more than
    half of them, and that is more than chance would make it.
    """
    cued = [question for question in single if _is_longest(question)]
    chances = [1 / len(question.options) for question in single]
    spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
    # A count is whole: 3 is what lies between 2.5 and 3.5.
    is_beyond_chance = len(cued) - 0.5 - sum(chances) > BEYOND_CHANCE * spread
    if 2 * len(cued) > len(single) and is_beyond_chance:
        message = (
            f"in {len(cued)} of {len(single)} single choices, as in this one, the right option is much longer than the"
            " others: whoever takes the longest is right without knowing. Shorten it, or say more in the others"
        )
        yield Problem(cued[0].line, 1, message, warning=True)


def _is_longest(question: WrittenQuestion) -> bool:
    lengths = [(len(words_of(option.text)), option.is_right) for option in question.options]
    right = max(length for length, is_right in lengths if is_right)
    other = max(length for length, is_right in lengths if not is_right)
    return right >= LONGER * other and right >= other + LONGER_BY


def _same_place(single: Sequence[WrittenQuestion], keeping: Collection[str]) -> Iterator[Problem]:
    """Single choices whose right option is shown at the same place in all of them.

    The place in the file does not matter, as options are shown in an order that is drawn (quiz/questions.py), so only
    what is shown is looked at. It can still come about: with `keep-order`, or by an unlucky draw.
    """
    places = {_place(question, keeping) for question in single}
    if len(places) == 1:
        letter = letter_of(places.pop())
        message = (
            f"the right option is shown as {letter} in all {len(single)} single choices: give a question that nobody"
            " has answered yet another id, so that another order is drawn, or move the option where keep-order holds it"
        )
        yield Problem(single[0].line, 1, message, warning=True)


def _place(question: WrittenQuestion, keeping: Collection[str]) -> int:
    """The place, from 0, at which the right option of a single choice is shown."""
    options = question.options if question.id in keeping else shown_order(question.id, question.options)
    return next(place for place, option in enumerate(options) if option.is_right)
