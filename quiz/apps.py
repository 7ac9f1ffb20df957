from typing import Any

from django.apps import AppConfig


class QuizConfig(AppConfig):
    name = "quiz"

    def ready(self) -> None:
        """Tell the catalog what a quiz.md and a predictions.md are, lessons how to embed them, and what is kept."""
        from lessons.registry import Directive, register_directive, register_kind, register_lesson_check
        from quiz import personal_data, reading
        from quiz.predictions import form, outcomes
        from quiz.predictions import reading as predictions
        from stopwatch.places import register_place

        register_kind(reading.QUIZ, run=_run)
        register_kind(predictions.PREDICTIONS)
        register_lesson_check(predictions.ids_of_questions)
        register_directive(
            Directive(
                name="quiz",
                template="quiz/_embed.html",
                takes_prose=False,
                needs_file=reading.QUIZ.filename,
                scripts=("js/quiz.js",),
                styles=("css/quiz.css",),
            )
        )
        register_directive(
            Directive(
                name="predict",
                template="quiz/_predict.html",
                needs_argument=True,
                takes_prose=False,
                needs_file=predictions.PREDICTIONS.filename,
                scripts=("js/quiz.js",),
                styles=("css/quiz.css",),
                context=form.context,
            )
        )
        register_place(
            Directive(
                name="outcomes",
                template="quiz/_outcomes.html",
                takes_prose=False,
                needs_file=predictions.PREDICTIONS.filename,
                scripts=("js/quiz.js",),
                styles=("css/quiz.css",),
            ),
            outcomes.context,
        )
        personal_data.register()


def _run(quiz: Any) -> list[Any]:
    """Imported when it is asked for, and so never by what serves readers."""
    from quiz.tracing.keys import problems

    return problems(quiz)
