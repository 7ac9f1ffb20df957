"""Steps and their places."""

from quiz.questions import Given, Option, Question

FEWEST = 3  # steps: they are never shown in the right order, so of two the other order would be it


def in_order(question: Question) -> list[Option]:
    """The steps in the right order."""
    return sorted(question.options, key=lambda option: option.place)


def matched(question: Question, given: Given) -> frozenset[str]:
    """The steps that stand where they belong."""
    pairs = zip(in_order(question), given, strict=False)
    return frozenset(option.key for option, key in pairs if option.key == key)
