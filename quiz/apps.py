from django.apps import AppConfig


class QuizConfig(AppConfig):
    name = "quiz"

    def ready(self) -> None:
        """Tell the catalog what a quiz.md is, and lessons how to embed one."""
        from lessons.registry import ContentKind, Directive, register_directive, register_kind
        from quiz.reading import read

        register_kind(ContentKind("quiz.md", read))
        register_directive(
            Directive(
                name="quiz",
                template="quiz/_embed.html",
                takes_prose=False,
                needs_file="quiz.md",
                scripts=("js/quiz.js",),
            )
        )
