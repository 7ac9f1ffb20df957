"""How predictions came out: what was measured, beside what was said, with its feedback, and then the reason.

Nothing is given away before it is earned: an outcome stands open once the reader measured it, the recorded one is
folded away, and what is said about a reason comes after the reason was given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from lessons.registry import Files, RenderedBlock
from quiz.form_tokens import version_token
from quiz.predictions.reading import PREDICTIONS, Prediction
from quiz.predictions.recording import PredictionState, nothing_said, settle
from quiz.presenters import NOTHING
from quiz.questions import Option
from stopwatch.measured import Board
from stopwatch.recorded import board_of
from stopwatch.registry import OutcomeRule, cases
from stopwatch.sentences import plainly


@dataclass(frozen=True)
class Outcome:
    """What came out, by one board.

    `says` has places for figures, `plainly` is the same with the figures as text, and `recorded` says when, where and
    with what they were recorded.
    """

    outcome: str
    html: SafeString
    says: str
    plainly: str
    recorded: str


@dataclass(frozen=True)
class ShownReason:
    """The reason, to be chosen by one tap, or as it was chosen."""

    question: str
    text_html: SafeString
    stem_html: SafeString
    options: tuple[tuple[int, SafeString], ...]
    form_token: str
    is_given: bool = False
    verdict: str = ""
    verdict_class: str = ""
    chosen_html: SafeString = NOTHING
    feedback_html: SafeString = NOTHING
    right: Option | None = None
    why_html: SafeString = NOTHING


@dataclass(frozen=True)
class ShownOutcome:
    """A prediction and how it came out.

    Attributes:
        how: what the reader does to measure it.
        own: what the reader measured, or None.
        unmeasured: why what the reader ran decides nothing yet, or empty.
        recorded: what the recorded run measured, or None.
        said: what the reader said, in words before the option; empty for somebody of whom nothing is kept.
        verdict: whether it came out as predicted; empty unless it was predicted and measured.
    """

    id: str
    text_html: SafeString
    stem_html: SafeString
    how: str
    own: Outcome | None
    unmeasured: str
    recorded: Outcome | None
    said: str
    said_html: SafeString
    has_changed: bool
    verdict: str
    verdict_class: str
    feedback_html: SafeString
    recorded_feedback_html: SafeString
    reason: ShownReason


def context(block: RenderedBlock, board: Board, learner: UUID | None, files: Files) -> Mapping[str, Any]:
    """What the block shows to a learner, or to everyone. What the learner's run has decided is recorded with that."""
    asked = PREDICTIONS.of(files)
    if asked is None:
        return {"outcomes": ()}
    found = settle(asked, learner) if learner else nothing_said(asked)
    recorded = board_of(files)
    return {"outcomes": shown(found, board, recorded), "recorded": recorded, "lesson": block.lesson}


def shown(found: Iterable[PredictionState], board: Board, recorded: Board) -> tuple[ShownOutcome, ...]:
    """How each prediction came out, by the reader's board and by the recorded one."""
    return tuple(_shown(state, board, recorded) for state in found)


def _shown(state: PredictionState, board: Board, recorded: Board) -> ShownOutcome:
    prediction = state.prediction
    deciding = prediction.deciding
    is_own = board.is_own(*deciding.cases)
    own = _came(prediction, board) if is_own else None
    by_record = _came(prediction, recorded)
    verdict = _verdict(state, own)
    said, said_html = _said(state)
    return ShownOutcome(
        id=prediction.id,
        text_html=prediction.question.text_html,
        stem_html=prediction.question.stem_html,
        how=deciding.how,
        own=own,
        unmeasured="" if own else _unmeasured(deciding, board),
        recorded=by_record,
        said=said,
        said_html=said_html,
        has_changed=state.has_changed,
        verdict=verdict,
        verdict_class={"As you predicted.": "right", "Not as you predicted.": "wrong"}.get(verdict, ""),
        feedback_html=_feedback(prediction, (state.chosen.key if state.chosen else ""), own),
        recorded_feedback_html=_feedback(prediction, "", by_record),
        reason=shown_reason(state),
    )


def _unmeasured(deciding: OutcomeRule, board: Board) -> str:
    ran = [case for case in deciding.cases if board.is_own(case)]
    missing = [case for case in deciding.cases if case not in ran]
    if ran and missing:
        done, to_do = (" and ".join(f"“{cases[case].title}”" for case in names) for names in (ran, missing))
        return f"So far you ran {done}. Run {to_do} too, and this shows how it came out."
    return plainly(deciding.says(board), board) if ran else ""


def _came(prediction: Prediction, board: Board) -> Outcome | None:
    outcome = prediction.deciding.judge(board)
    option = prediction.option(outcome) if outcome else None
    if outcome is None or option is None:
        return None
    says = prediction.deciding.says(board)
    return Outcome(outcome, option.html, says, plainly(says, board), board.labels(*prediction.deciding.cases))


def _said(state: PredictionState) -> tuple[str, SafeString]:
    if not state.is_said:
        return "", NOTHING
    if state.is_skipped:
        return "you skipped this", NOTHING
    if state.chosen is None:
        return "what you said is no longer among the choices", NOTHING
    return "you said", state.chosen.html


def _verdict(state: PredictionState, own: Outcome | None) -> str:
    if own is None or state.row is None or not state.row.chosen:
        return ""
    if state.row.late:
        return "You said so after your run had begun, so it counts as no prediction."
    return "As you predicted." if state.row.chosen == own.outcome else "Not as you predicted."


def _feedback(prediction: Prediction, said: str, came: Outcome | None) -> SafeString:
    """What there is to say to whoever said it; to everybody else, to what came out."""
    option = prediction.option(said or came.outcome) if came else None
    return option.feedback_html if option else NOTHING


def shown_reason(state: PredictionState) -> ShownReason:
    """The reason of a prediction, as far as it was earned."""
    reason, row = state.prediction.reason, state.row
    asked = ShownReason(
        question=state.prediction.id,
        text_html=reason.text_html,
        stem_html=reason.stem_html,
        options=tuple((position, option.html) for position, option in enumerate(reason.options, 1)),
        form_token=version_token(reason),
    )
    if row is None or not row.reason:
        return asked
    chosen = state.reason
    is_right = chosen is not None and chosen.is_right
    right = next(option for option in reason.options if option.is_right)
    return replace(
        asked,
        is_given=True,
        verdict="Right." if is_right else "Wrong." if chosen else "What you chose is no longer among the choices.",
        verdict_class="right" if is_right else "wrong",
        chosen_html=chosen.html if chosen else NOTHING,
        feedback_html=chosen.feedback_html if chosen else NOTHING,
        right=None if is_right else right,
        why_html=reason.why_html,
    )


def as_json(found: Iterable[PredictionState], board: Board) -> list[dict[str, Any]]:
    """The same for programs."""
    return [_as_json(state, board) for state in found]


def _as_json(state: PredictionState, board: Board) -> dict[str, Any]:
    prediction = state.prediction
    question, reason = prediction.question, prediction.reason
    own = _came(prediction, board) if board.is_own(*prediction.deciding.cases) else None
    figures = {f"{case} {name}": board.get(case, name) for case, name in prediction.deciding.figures}
    known: dict[str, Any] = {
        "question": prediction.id,
        "text": question.text,
        "options": {place: option.text for place, option in enumerate(question.options, 1)},
        "version": version_token(question),
        "open": state.closed is None,
        "predicted": (state.row.chosen or "skipped") if state.row else None,
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
