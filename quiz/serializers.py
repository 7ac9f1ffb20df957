"""What a program is told of a quiz, as plain data: what is settled, and the open question without its key."""

from typing import Any

from quiz.form_tokens import version_token
from quiz.kinds import kind_of
from quiz.progress import Asked, Progress
from quiz.questions import Question, Quiz


def as_json(quiz: Quiz, state: Progress) -> dict[str, Any]:
    """The state."""
    go = state.go
    current = go.current
    return {
        "lesson": quiz.lesson,
        "go": go.number,
        "settled": [_settled(asked) for asked in go.settled],
        "current": _open(current.question, go.number, len(current.attempts) + 1) if current else None,
        "score": {"points": round(state.score.points, 2), "total": state.score.total} if state.is_over else None,
        "missed": list(state.missed) if state.is_over else None,
        "passed": state.has_passed if state.is_over else None,
    }


def _settled(asked: Asked) -> dict[str, Any]:
    return {
        "question": asked.question.id,
        "right": asked.is_right,
        "right_on_first_try": asked.is_right_first,
        "points": round(asked.points, 2),
        "key": kind_of(asked.question).key(asked.question),
    }


def _open(question: Question, go: int, attempt: int) -> dict[str, Any]:
    return {**open_question(question), "go": go, "attempt": attempt, "version": version_token(question)}


def paper_as_json(quiz: Quiz, state: Progress) -> dict[str, Any]:
    """All questions that a learner is asked, and the key of those that are settled."""
    return {
        "lesson": quiz.lesson,
        "questions": [
            open_question(asked.question)
            | ({"key": kind_of(asked.question).key(asked.question)} if asked.is_settled else {})
            for asked in state.last_asked
        ],
    }


def open_question(question: Question) -> dict[str, Any]:
    """What a program is told of a question before it is answered, and under which name to send the answer."""
    kind = kind_of(question)
    options = {} if kind.is_typed else {place: option.text for place, option in enumerate(question.options, 1)}
    return {
        "question": question.id,
        "kind": kind.name,
        "text": question.text,
        "stem": question.stem,
        "options": options,
        "how": kind.how(question),
        "send": kind.send,
    }
