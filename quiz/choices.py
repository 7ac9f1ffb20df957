"""The form in which predictions are made, as a learner sees it, or as everyone does."""

from collections.abc import Iterable, Mapping
from typing import Any

from lessons.registry import Files, RenderedBlock
from quiz.predicting import Standing, nothing_said
from quiz.predictions import FILE, Predictions
from quiz.seals import version_seal


def context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    """What the block shows before anybody said anything."""
    asked = files.get(FILE)
    found = nothing_said(asked) if isinstance(asked, Predictions) else []
    return {**form_context(found, {}), "lesson": block.lesson}


def form_context(found: Iterable[Standing], messages: Mapping[str, str]) -> dict[str, Any]:
    """What the form of the predictions shows."""
    there = list(found)
    return {
        "predictions": [shown_choice(standing, messages.get(standing.prediction.id, "")) for standing in there],
        "is_open": any(standing.closed is None for standing in there),
    }


def shown_choice(standing: Standing, message: str = "") -> dict[str, Any]:
    """One prediction in the form: the question, what was said, and whether it may still be changed."""
    question = standing.prediction.question
    return {
        "id": question.id,
        "text_html": question.text_html,
        "stem_html": question.stem_html,
        "seal": version_seal(question),
        "options": [
            (position, option, standing.chosen is option) for position, option in enumerate(question.options, 1)
        ],
        "chosen": standing.chosen,
        "is_skipped": standing.is_skipped,
        "is_closed": standing.closed is not None,
        "is_run": standing.began is not None,
        "has_changed": standing.has_changed,
        "message": message,
    }
