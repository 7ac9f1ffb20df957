"""What is kept about a learner here: answers, later goes, predictions. For "My data" and for merging."""

from uuid import UUID

from learners.personal_data import PersonalData, Row, register_personal_data
from lessons.catalog import course
from lessons.shown import words_in
from quiz import merging
from quiz.form_tokens import token_of_version
from quiz.models import Answer, Go, Prediction
from quiz.predictions import reading
from quiz.questions import Given, Question
from quiz.reading import QUIZ
from quiz.recording import progress_of


def register() -> None:
    """Tell learners of it."""
    # Merging answers looks at whose goes they were, so they come first.
    for data in (ANSWERS, GOES, PREDICTIONS):
        register_personal_data(data)


def answers(learner: UUID) -> list[Row]:
    """Every answer of a learner, the oldest first. A grade is told when its question is settled, as in the quiz."""
    recorded = list(Answer.objects.filter(learner_id=learner).order_by("created", "pk"))
    quizzes = {answer.lesson: course().get(answer.lesson, QUIZ) for answer in recorded}
    still_open = {
        (quiz.lesson, asked.question.id, go.number)
        for quiz in quizzes.values()
        if quiz is not None
        for go in progress_of(quiz, learner).goes
        for asked in go.asked
        if not asked.is_settled
    }

    def row(answer: Answer) -> Row:
        quiz = quizzes[answer.lesson]
        question = quiz.find(answer.question) if quiz else None
        is_open = (answer.lesson, answer.question, answer.go) in still_open
        return {
            "answered": answer.created.isoformat(),
            "lesson": answer.lesson,
            "question": asked_in_words(question) or answer.question,
            "go": answer.go,
            "attempt": answer.attempt,
            "given": in_words(answer.given, question),
            "right": answer.correct,
            "grade": "told when the question is settled" if is_open else answer.grade,
            "id": answer.question,
            "version": token_of_version(answer.question, answer.version),
        }

    return [row(answer) for answer in recorded]


def goes(learner: UUID) -> list[Row]:
    """Every later go that a learner began, the oldest first."""
    recorded = list(Go.objects.filter(learner_id=learner).order_by("created", "pk"))
    quizzes = {go.lesson: course().get(go.lesson, QUIZ) for go in recorded}

    def row(go: Go) -> Row:
        quiz = quizzes[go.lesson]
        texts = [asked_in_words(quiz.find(name) if quiz else None) or name for name in go.questions]
        return {
            "begun": go.created.isoformat(),
            "lesson": go.lesson,
            "go": go.number,
            "questions": texts,
            "ids": go.questions,
        }

    return [row(go) for go in recorded]


def predictions(learner: UUID) -> list[Row]:
    """Every prediction of a learner and its reason, the oldest first."""
    recorded = list(Prediction.objects.filter(learner_id=learner).order_by("created", "pk"))
    by_lesson = {row.lesson: course().get(row.lesson, reading.PREDICTIONS) for row in recorded}

    def row(made: Prediction) -> Row:
        in_lesson = by_lesson[made.lesson]
        prediction = in_lesson.find(made.question) if in_lesson else None
        return {
            "said": made.changed.isoformat(),
            "lesson": made.lesson,
            "question": asked_in_words(prediction.question if prediction else None) or made.question,
            "predicted": in_words([made.chosen], prediction.question if prediction else None)[0] or "nothing",
            "after the run": made.late,
            "reason": in_words([made.reason], prediction.reason if prediction else None)[0],
            "reason given": made.reason_at.isoformat() if made.reason_at else None,
            "id": made.question,
            "version": token_of_version(made.question, made.version),
            "version of the reason": made.reason_version and token_of_version(made.question, made.reason_version),
            "first kept": made.created.isoformat(),
        }

    return [row(kept) for kept in recorded]


def asked_in_words(question: Question | None) -> str:
    """What a question asks, as its learner read it; empty where it is not there any more."""
    return words_in(question.text_html) if question else ""


def in_words(given: Given, question: Question | None) -> Given:
    """What was given, with the keys of options as their texts, as far as they are still there."""
    if isinstance(given, str):
        return given
    texts = {option.key: option.words for option in (question.options if question else ())}
    return [texts.get(key, key) for key in given]


ANSWERS = PersonalData(
    name="answers",
    title="Answers to questions",
    says=(
        "Every try at a question of a quiz. Your progress follows from these, and the first try at each counts for your"
        " score. Go 1 is the first time through; go 0 holds what was answered again in another browser, and counts"
        " nowhere."
    ),
    model=Answer,
    rows=answers,
    merge=merging.merge_answers,
)
GOES = PersonalData(
    name="goes",
    title="Questions taken again",
    says="Which questions you took again after you had missed them.",
    model=Go,
    rows=goes,
    merge=merging.merge_goes,
)
PREDICTIONS = PersonalData(
    name="predictions",
    title="Predictions",
    says=(
        "What you predicted before a run, and the reason that you gave after it. One counts for each question: when two"
        " browsers are joined, what was said first stays, and anything stays rather than a skip."
    ),
    model=Prediction,
    rows=predictions,
    merge=merging.merge_predictions,
)
