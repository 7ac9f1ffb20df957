"""What a program is told of predictions, as plain data."""

from collections.abc import Iterable
from typing import Any

from quiz.form_tokens import version_token
from quiz.predictions.outcomes import outcome_of
from quiz.predictions.recording import PredictionState
from stopwatch.measured import Board


def as_json(states: Iterable[PredictionState], board: Board) -> list[dict[str, Any]]:
    """What was predicted and measured. The reason is asked for once the outcome is known."""
    return [_as_json(state, board) for state in states]


def _as_json(state: PredictionState, board: Board) -> dict[str, Any]:
    prediction = state.prediction
    question, reason, rule = prediction.question, prediction.reason, prediction.rule
    own = outcome_of(prediction, board) if board.is_own(*rule.cases) else None
    figures = {f"{case} {name}": board.get(case, name) for case, name in rule.figures}
    known: dict[str, Any] = {
        "question": prediction.id,
        "text": question.text,
        "options": {place: option.text for place, option in enumerate(question.options, 1)},
        "version": version_token(question),
        "open": state.closed is None,
        "predicted": "skipped" if state.is_skipped else state.row.chosen or None if state.row else None,
        "measured": own.outcome if own else None,
        "figures": figures if own else {},
        "reason": None,
    }
    if own or state.reason:
        known["reason"] = {
            "text": reason.text,
            "options": {place: option.text for place, option in enumerate(reason.options, 1)},
            "version": version_token(reason),
            "right": state.reason.is_right if state.reason else None,
        }
    return known
