"""The form in which predictions are made, as a learner sees it, or as everyone does."""

from collections.abc import Iterable, Mapping
from typing import Any

from lessons.registry import Files, RenderedBlock
from quiz.form_tokens import version_token
from quiz.predictions.reading import PREDICTIONS
from quiz.predictions.recording import PredictionState, nothing_predicted


def context(block: RenderedBlock, files: Files) -> Mapping[str, Any]:
    """What the block shows before anybody predicted anything."""
    predictions = PREDICTIONS.of(files)
    states = nothing_predicted(predictions) if predictions else []
    return {**form_context(states, {}), "lesson": block.lesson}


def form_context(states: Iterable[PredictionState], messages: Mapping[str, str]) -> dict[str, Any]:
    """What the form of the predictions shows."""
    states = list(states)
    return {
        "predictions": [shown_choice(state, messages.get(state.prediction.id, "")) for state in states],
        "is_open": any(state.closed is None for state in states),
    }


def shown_choice(state: PredictionState, message: str = "") -> dict[str, Any]:
    """One prediction in the form: the question, what was chosen, and whether it may still be changed."""
    question = state.prediction.question
    return {
        "id": question.id,
        "text_html": question.text_html,
        "stem_html": question.stem_html,
        "form_token": version_token(question),
        "options": [(position, option, state.chosen is option) for position, option in enumerate(question.options, 1)],
        "chosen": state.chosen,
        "is_skipped": state.is_skipped,
        "is_closed": state.closed is not None,
        "is_run": state.began is not None,
        "has_changed": state.has_changed,
        "message": message,
    }
