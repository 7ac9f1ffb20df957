"""A quiz that is answered where nothing is kept: in a preview, and in a browser that keeps no cookie.

There the forms carry what was answered so far, and the site records none of it. What they carry is what the reader
gave, and no grade of it: nothing can be read from it that they have not earned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core import signing

from quiz.progress import Attempt, Progress, progress
from quiz.questions import Quiz
from quiz.recording import NotRecorded, Refusal, SubmittedAnswer, attempt_at, judged, missed_after

SALT = "quiz.unkept"
LONGEST = 3500  # characters; a form has 8 KB, and an answer needs the rest


@dataclass(frozen=True)
class UnkeptAnswers:
    """Answers to a quiz, by the rules by which they are recorded elsewhere (quiz/recording.py).

    `seed` decides which questions are drawn, and `goes` holds the questions of each later go, by its number.
    """

    seed: UUID
    attempts: tuple[Attempt, ...] = ()
    goes: Mapping[int, Iterable[str]] = field(default_factory=dict)

    def progress(self, quiz: Quiz) -> Progress:
        """How far its reader is."""
        return progress(quiz, self.seed, self.attempts, self.goes)

    def with_answer(self, quiz: Quiz, sent: SubmittedAnswer) -> "UnkeptAnswers":
        """The same and one more answer. Raises NotRecorded."""
        return replace(self, attempts=(*self.attempts, judged(quiz, self.progress(quiz), sent)))

    def with_go(self, quiz: Quiz, after: int) -> "UnkeptAnswers":
        """The same and a fresh go at what was missed. Raises NotRecorded."""
        return replace(self, goes={**self.goes, after + 1: missed_after(self.progress(quiz), after)})


def as_unkept(state: Progress, learner: UUID) -> UnkeptAnswers:
    """What a learner answered, as if none of it had been kept."""
    goes = {go.number: [asked.question.id for asked in go.asked] for go in state.goes[1:]}
    return UnkeptAnswers(learner, state.attempts, goes)


def carried(answers: UnkeptAnswers) -> str:
    """What a form carries.

    Raises:
        NotRecorded: it is more than a form can carry.
    """
    given = [(attempt.question, attempt.go, attempt.number, attempt.given) for attempt in answers.attempts]
    text = signing.dumps([answers.seed.hex, given, list(answers.goes.items())], salt=SALT, compress=True)
    if len(text) > LONGEST:
        raise NotRecorded(Refusal.TOO_MUCH)
    return text


def answers_carried(quiz: Quiz, text: str) -> UnkeptAnswers | None:
    """What a form carried, judged by the quiz as it is now; None for what no form of ours has."""
    try:
        seed, given, goes = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return UnkeptAnswers(UUID(seed), tuple(_attempts(quiz, given)), dict(goes))


def _attempts(quiz: Quiz, given: Iterable[tuple[str, int, int, str | list[str]]]) -> Iterable[Attempt]:
    for question_id, go, number, said in given:
        if question := quiz.find(question_id):
            yield attempt_at(question, go, number, said)
