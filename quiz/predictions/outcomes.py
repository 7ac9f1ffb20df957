"""How predictions came out: what was measured, beside what was predicted, with its feedback, and then the reason.

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
from quiz.kinds.options import NOTHING
from quiz.predictions.reading import PREDICTIONS, Prediction
from quiz.predictions.recording import PredictionState, nothing_predicted, settle
from quiz.questions import Option
from stopwatch.measured import Board
from stopwatch.recorded import board_of
from stopwatch.registry import OutcomeRule, cases
from stopwatch.sentences import plainly


@dataclass(frozen=True)
class Outcome:
    """An outcome by one board.

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
        said: what the reader said, in words before the option; empty for a visitor.
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
    predictions = PREDICTIONS.of(files)
    if predictions is None:
        return {"outcomes": ()}
    states = settle(predictions, learner) if learner else nothing_predicted(predictions)
    recorded = board_of(files)
    outcomes = shown(states, board, recorded)
    return {"outcomes": outcomes, "recorded": recorded, "lesson": block.lesson, "is_unkept": learner is None}


def shown(states: Iterable[PredictionState], board: Board, recorded: Board) -> tuple[ShownOutcome, ...]:
    """How each prediction came out, by the reader's board and by the recorded one."""
    return tuple(_shown(state, board, recorded) for state in states)


def _shown(state: PredictionState, board: Board, recorded: Board) -> ShownOutcome:
    prediction = state.prediction
    rule = prediction.rule
    own = outcome_of(prediction, board) if board.is_own(*rule.cases) else None
    by_record = outcome_of(prediction, recorded)
    verdict = _verdict(state, own)
    said, said_html = _choice_in_words(state)
    return ShownOutcome(
        id=prediction.id,
        text_html=prediction.question.text_html,
        stem_html=prediction.question.stem_html,
        how=rule.how,
        own=own,
        unmeasured="" if own else _unmeasured(rule, board),
        recorded=by_record,
        said=said,
        said_html=said_html,
        has_changed=state.has_changed,
        verdict=verdict,
        verdict_class={"As you predicted.": "right", "Not as you predicted.": "wrong"}.get(verdict, ""),
        feedback_html=_feedback(prediction, state.chosen, own),
        recorded_feedback_html=_feedback(prediction, None, by_record),
        reason=shown_reason(state),
    )


def _unmeasured(rule: OutcomeRule, board: Board) -> str:
    ran = [case for case in rule.cases if board.is_own(case)]
    missing = [case for case in rule.cases if case not in ran]
    if ran and missing:
        done, to_do = (" and ".join(f"“{cases[case].title}”" for case in names) for names in (ran, missing))
        return f"So far you ran {done}. Run {to_do} too, and this shows how it came out."
    return plainly(rule.says(board), board) if ran else ""


def outcome_of(prediction: Prediction, board: Board) -> Outcome | None:
    """How a prediction came out by a board; None where that does not decide it, or as no option stands for."""
    rule = prediction.rule
    outcome = rule.judge(board)
    option = prediction.option(outcome) if outcome else None
    if outcome is None or option is None:
        return None
    says = rule.says(board)
    return Outcome(outcome, option.html, says, plainly(says, board), board.labels(*rule.cases))


def _choice_in_words(state: PredictionState) -> tuple[str, SafeString]:
    """What a learner predicted: words, and the option that they are about."""
    if state.row is None:
        return "", NOTHING
    if not state.row.chosen:
        return ("you skipped this" if state.is_skipped else "you made no prediction"), NOTHING
    if state.chosen is None:
        return "what you said is no longer among the choices", NOTHING
    return "you said", state.chosen.html


def _verdict(state: PredictionState, own: Outcome | None) -> str:
    if own is None or state.row is None or not state.row.chosen:
        return ""
    if state.row.late:
        return "You said so after your run had begun, so it counts as no prediction."
    return "As you predicted." if state.row.chosen == own.outcome else "Not as you predicted."


def _feedback(prediction: Prediction, chosen: Option | None, outcome: Outcome | None) -> SafeString:
    """What there is to say to one who predicted it; to everybody else, to what came out."""
    option = (chosen or prediction.option(outcome.outcome)) if outcome else None
    return option.feedback_html if option else NOTHING


def shown_reason(state: PredictionState) -> ShownReason:
    """The reason of a prediction, as far as it was earned."""
    reason, row = state.prediction.reason, state.row
    unanswered = ShownReason(
        question=state.prediction.id,
        text_html=reason.text_html,
        stem_html=reason.stem_html,
        options=tuple((position, option.html) for position, option in enumerate(reason.options, 1)),
        form_token=version_token(reason),
    )
    if row is None or not row.reason:
        return unanswered
    chosen = state.reason
    is_right = chosen is not None and chosen.is_right
    right = next(option for option in reason.options if option.is_right)
    return replace(
        unanswered,
        is_given=True,
        verdict="Right." if is_right else "Wrong." if chosen else "What you chose is no longer among the choices.",
        verdict_class="right" if is_right else "wrong",
        chosen_html=chosen.html if chosen else NOTHING,
        feedback_html=chosen.feedback_html if chosen else NOTHING,
        right=None if is_right else right,
        why_html=reason.why_html,
    )
