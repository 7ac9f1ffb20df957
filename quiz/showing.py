"""What a learner is shown of a quiz: exactly what they have earned, ready for a template or as plain data.

Hint, feedback, key and why pass through here and nowhere else: this is where to look for what may leave the server.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from quiz.progress import Asked, Progress, Score
from quiz.questions import Option, Question, Quiz
from quiz.seals import version_seal

NOTHING = SafeString()


@dataclass(frozen=True)
class ShownOption:
    """An option with its letter, its position in the form (from 1), and what may be said about it."""

    letter: str
    position: int
    html: SafeString
    mark: str
    verdict: str  # "right" or "wrong" once that is earned, else empty
    feedback_html: SafeString
    is_ticked: bool


@dataclass(frozen=True)
class ShownQuestion:
    """A question, settled or open. `feedback` and `others` are options whose feedback is to be shown."""

    id: str
    number: int
    total: int
    text_html: SafeString
    stem_html: SafeString
    is_multiple: bool
    is_settled: bool
    has_changed: bool
    options: tuple[ShownOption, ...]
    verdict: str
    verdict_class: str
    remark: str
    hint_html: SafeString
    why_html: SafeString
    attempt: int
    seal: str

    @property
    def feedback(self) -> tuple[ShownOption, ...]:
        """What the learner chose and, in the end, what is right."""
        return tuple(option for option in self.options if option.feedback_html and (option.mark or self.is_open))

    @property
    def others(self) -> tuple[ShownOption, ...]:
        """In the end, the options that nobody asked about yet."""
        return tuple(option for option in self.options if option.feedback_html and not option.mark and self.is_settled)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return not self.is_settled


@dataclass(frozen=True)
class ShownQuiz:
    """The questions of a go up to the open one, and in the end the score."""

    title: str
    go: int
    questions: tuple[ShownQuestion, ...]
    is_over: bool
    score: Score
    score_now: Score
    missed: int
    latest: int

    def has(self, question_id: str) -> bool:
        """Whether that question is shown."""
        return any(question.id == question_id for question in self.questions)


def shown(quiz: Quiz, state: Progress, ticked: Iterable[int] = ()) -> ShownQuiz:
    """What is to be shown of a state. `ticked` are positions that the open question's form sent and gets back."""
    go = state.go
    visible = [*go.settled, go.current] if go.current else list(go.settled)
    visible.sort(key=lambda asked: asked.number)
    kept = frozenset(ticked)
    return ShownQuiz(
        title=quiz.title,
        go=go.number,
        questions=tuple(
            _shown_question(asked, len(go.asked), frozenset() if asked.is_settled else kept) for asked in visible
        ),
        is_over=state.is_over,
        score=state.score,
        score_now=go.score,
        missed=len(state.missed) if state.is_over else 0,
        latest=state.latest,
    )


def _shown_question(asked: Asked, total: int, ticked: frozenset[int]) -> ShownQuestion:
    question = asked.question
    verdict, verdict_class = _verdict(asked)
    tried_in_vain = bool(asked.attempts) and not asked.is_settled
    return ShownQuestion(
        id=question.id,
        number=asked.number,
        total=total,
        text_html=question.text_html,
        stem_html=question.stem_html,
        is_multiple=question.is_multiple,
        is_settled=asked.is_settled,
        has_changed=asked.has_changed,
        options=tuple(
            _shown_option(option, position, asked, is_ticked=position in ticked)
            for position, option in enumerate(question.options, 1)
        ),
        verdict=verdict,
        verdict_class=verdict_class,
        remark=_remark(asked) if tried_in_vain else "",
        hint_html=question.hint_html if tried_in_vain else NOTHING,
        why_html=question.why_html if asked.is_settled else NOTHING,
        attempt=len(asked.attempts) + 1,
        seal=version_seal(question),
    )


def _shown_option(option: Option, position: int, asked: Asked, *, is_ticked: bool) -> ShownOption:
    chosen = [option.key in attempt.chosen for attempt in asked.attempts]
    # After a first try that was wrong, only what was wrong about it is told: a learner who chose several, some of them
    # right, has the rest of the key yet to find.
    is_earned = asked.is_settled or (any(chosen) and not option.is_right)
    verdict = ("right" if option.is_right else "wrong") if asked.is_settled else ""
    return ShownOption(
        letter=chr(ord("A") + position - 1),
        position=position,
        html=option.html,
        mark=", ".join(_marks(option, chosen, is_settled=asked.is_settled)),
        verdict=verdict if option.is_right or any(chosen) else "",
        feedback_html=option.feedback_html if is_earned else NOTHING,
        is_ticked=is_ticked,
    )


def _marks(option: Option, chosen: list[bool], *, is_settled: bool) -> Iterable[str]:
    match chosen:
        case [True, True]:
            yield "your answer both times"
        case [True, *rest]:
            yield "your first answer" if rest or not is_settled else "your answer"
        case [False, True]:
            yield "your second answer"
    if is_settled and option.is_right:
        yield "right"
    elif is_settled and any(chosen):
        yield "wrong"


def _verdict(asked: Asked) -> tuple[str, str]:
    """The verdict as a word, and its class."""
    if not asked.attempts:
        return "", ""
    if asked.is_right:
        return ("Right." if asked.is_right_first else "Right, on the second try."), "right"
    return ("Wrong." if asked.is_settled else "Not yet."), "wrong"


def _remark(asked: Asked) -> str:
    """What is said of a wrong choice of several, in which nothing has to be wrong."""
    chosen = asked.attempts[0].chosen
    wrong = any(option.key in chosen and not option.is_right for option in asked.question.options)
    if not asked.question.is_multiple or wrong:
        return ""
    return "Nothing that you chose is wrong, but something is missing."


def as_json(quiz: Quiz, state: Progress) -> dict[str, Any]:
    """The state for programs: what is settled, and the open question without its key."""
    go = state.go
    current = go.current
    return {
        "lesson": quiz.lesson,
        "go": go.number,
        "settled": [
            {
                "question": asked.question.id,
                "right": asked.is_right,
                "right_on_first_try": asked.is_right_first,
                "key": [place for place, option in enumerate(asked.question.options, 1) if option.is_right],
            }
            for asked in go.settled
        ],
        "current": _as_json(current.question, go.number, len(current.attempts) + 1) if current else None,
        "score": {"right": state.score.right, "total": state.score.total} if state.is_over else None,
        "missed": list(state.missed) if state.is_over else None,
    }


def _as_json(question: Question, go: int, attempt: int) -> dict[str, Any]:
    return {
        "question": question.id,
        "text": question.text,
        "options": {place: option.text for place, option in enumerate(question.options, 1)},
        "choose": "all that apply" if question.is_multiple else "one",
        "go": go,
        "attempt": attempt,
        "version": version_seal(question),
    }
