"""What a learner is shown of a quiz: exactly what they have earned, ready for a template.

Hint, feedback, key and why pass through here, through quiz/serializers.py for programs and through quiz/paper.py for
paper, and nowhere else: this is where to look for what may leave the server.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString

from quiz.form_tokens import version_token
from quiz.kinds import Form, Kind, kind_of
from quiz.kinds.options import NOTHING, ORDINALS, ShownOption
from quiz.progress import Asked, Attempt, Progress, Score
from quiz.questions import Given, Question, Quiz

NOTHING_SENT: Form = QueryDict()


@dataclass(frozen=True)
class ShownQuestion:
    """A question, settled or open.

    Attributes:
        options: to choose from, or steps as they lie; of answers that the author expects, only those that are earned.
        given: what was given so far, each as (whose, text): ("Your first answer", "3 ms"). Only for typed answers.
        typed: the text that stands in the field.
        tries_left: how many tries there are still, at an open question that was answered.
    """

    id: str
    number: int
    total: int
    text_html: SafeString
    stem_html: SafeString
    kind: Kind
    has_several_right: bool
    how: str
    is_settled: bool
    has_changed: bool
    options: tuple[ShownOption, ...]
    given: tuple[tuple[str, str], ...]
    typed: str
    verdict: str
    verdict_class: str
    remark: str
    hint_html: SafeString
    why_html: SafeString
    attempt: int
    tries_left: int
    form_token: str

    @property
    def feedback(self) -> tuple[ShownOption, ...]:
        """What the learner chose and, in the end, what is right."""
        return tuple(option for option in self.options if option.feedback_html and (option.mark or self.is_open))

    @property
    def others(self) -> tuple[ShownOption, ...]:
        """In the end, the options that nobody asked about yet."""
        return tuple(option for option in self.options if option.feedback_html and not option.mark and self.is_settled)

    @property
    def right(self) -> tuple[ShownOption, ...]:
        """In the end, the options that are right."""
        return tuple(option for option in self.options if option.verdict == "right")

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
    pass_mark: int
    has_passed: bool
    latest: int

    def has(self, question_id: str) -> bool:
        return any(question.id == question_id for question in self.questions)


def adds_at_the_end(before: Progress, after: Progress) -> bool:
    """Whether what an answer changed stands at the end of what was shown: the last question, and what follows it."""
    return before.go.number == after.go.number and before.go.visible[-1] is before.go.current


def shown(quiz: Quiz, state: Progress, typed: Form = NOTHING_SENT, since: str = "") -> ShownQuiz:
    """What is to be shown of a state.

    Args:
        quiz: the quiz.
        state: how far a learner is with it.
        typed: what the open question's form sent, and gets back.
        since: the id of the question with which to begin; empty for the first one.
    """
    go = state.go
    ids = [asked.question.id for asked in go.visible]
    visible = go.visible[ids.index(since) if since in ids else 0 :]
    return ShownQuiz(
        title=quiz.title,
        go=go.number,
        questions=tuple(
            shown_question(asked, len(go.asked), NOTHING_SENT if asked.is_settled else typed) for asked in visible
        ),
        is_over=state.is_over,
        score=state.score,
        score_now=go.score,
        missed=len(state.missed) if state.is_over else 0,
        pass_mark=state.pass_mark,
        has_passed=state.has_passed,
        latest=state.latest,
    )


def alone(question: Question, attempt: Attempt | None = None, typed: Form = NOTHING_SENT) -> ShownQuestion:
    """A question outside a quiz, with one try: open, or settled by an attempt."""
    return shown_question(Asked(question, 1, (attempt,) if attempt else (), tries=1), 1, typed)


def shown_question(asked: Asked, total: int, typed: Form = NOTHING_SENT) -> ShownQuestion:
    """A question of a go, as far as it is earned. `typed` is as for `shown`."""
    question = asked.question
    kind = kind_of(question)
    verdict, verdict_class = _verdict(asked)
    tried_in_vain = bool(asked.attempts) and not asked.is_settled
    return ShownQuestion(
        id=question.id,
        number=asked.number,
        total=total,
        text_html=question.text_html,
        stem_html=question.stem_html,
        kind=kind,
        has_several_right=question.has_several_right,
        how=kind.how(question),
        is_settled=asked.is_settled,
        has_changed=asked.has_changed,
        options=tuple(kind.shown(asked, typed)),
        given=tuple(_given(asked)) if kind.is_typed else (),
        typed="\n".join(typed.getlist("text")),
        verdict=verdict,
        verdict_class=verdict_class,
        remark=_remark(asked),
        hint_html=question.hint_html if tried_in_vain else NOTHING,
        why_html=question.why_html if asked.is_settled else NOTHING,
        attempt=len(asked.attempts) + 1,
        tries_left=asked.tries - len(asked.attempts),
        form_token=version_token(question),
    )


def _given(asked: Asked) -> Iterable[tuple[str, str]]:
    alone = len(asked.attempts) == 1
    for which, attempt in zip(ORDINALS, asked.attempts, strict=False):
        yield "Your answer" if alone else f"Your {which} answer", _as_text(attempt.given)


def _as_text(given: Given) -> str:
    return given if isinstance(given, str) else ", ".join(given)


def _verdict(asked: Asked) -> tuple[str, str]:
    """The verdict as words, and its class."""
    if not asked.attempts:
        return "", ""
    if asked.is_right:
        # A quiz gives five tries at most, but one who joins what they did in several browsers may have made more.
        which = dict(enumerate(ORDINALS, 1)).get(len(asked.attempts), "last")
        return ("Right." if asked.is_right_first else f"Right, on the {which} try."), "right"
    if not asked.is_settled:
        return "Not yet.", "wrong"
    return ("Partly right." if asked.attempts[-1].grade > 0 else "Wrong."), "wrong"


def _remark(asked: Asked) -> str:
    """What is said of an answer of several parts: in a choice of several that was wrong, nothing has to be wrong."""
    if not asked.attempts:
        return ""
    if asked.is_settled:
        points = round(asked.points, 2)
        return f"Your first answer counts {points:g} of 1 point." if 0 < points < 1 else ""
    last = asked.attempts[-1]
    return kind_of(asked.question).remark(asked.question, last.given, last.grade)
