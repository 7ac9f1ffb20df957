"""The places that a form has for the steps of an order, one field each, and what is said when they are no order."""

from collections.abc import Sequence

from quiz.kinds.kind import Form, positions
from quiz.questions import Question

NAMED = 3  # steps that a message names
LONGEST_NAME = 50  # characters of a step in a message


def picked(question: Question, form: Form) -> list[int]:
    """The place that a form has for each step as they are shown, 0 for none. Empty when it has no such fields."""
    sent = [positions(form, f"place-{position}") for position in range(1, len(question.options) + 1)]
    if not any(sent):
        return []
    return [places[0] if len(places) == 1 and places[0] <= len(sent) else 0 for places in sent]


def unplaced(question: Question, places: Sequence[int]) -> str:
    """Which steps have no place, and which ones share one, in words."""
    if not any(places):
        return f"Pick a place for each step first, from 1 to {len(places)}."
    at: dict[int, list[str]] = {}
    for option, place in zip(question.options, places, strict=True):
        at.setdefault(place, []).append(option.words)
    said = [f"Place {place} is that of {listed(at[place])}." for place in sorted(at) if place and len(at[place]) > 1]
    if without := at.get(0):
        said.append(f"{listed(without)} {'has' if len(without) == 1 else 'have'} none yet.")
    return " ".join(["Each step needs a place of its own.", *said, "This cost no try."])


def listed(steps: Sequence[str]) -> str:
    """A few of the steps in quotes, and how many more there are."""
    quoted = [f"“{shortened(step)}”" for step in steps[:NAMED]]
    if len(steps) > NAMED:
        quoted.append(f"{len(steps) - NAMED} more")
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def shortened(step: str) -> str:
    """The beginning of a step that is long."""
    return step if len(step) <= LONGEST_NAME else f"{step[: LONGEST_NAME - 1].rstrip()}…"
