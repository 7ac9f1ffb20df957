from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"

    def ready(self) -> None:
        """Put where a reader is on the course page and on every lesson's, and tell what is kept for it."""
        from learners.personal_data import PersonalData, register_personal_data
        from lessons.registry import Insert, register_insert
        from progress import readings
        from progress.models import Reading

        script = ("js/progress.js",)
        register_insert(Insert("home", "progress/_on_home.html", script))
        register_insert(Insert("lesson top", "progress/_on_lesson.html", script))
        register_insert(Insert("lesson end", "progress/_at_end.html"))
        register_personal_data(
            PersonalData(
                name="readings",
                title="What you have read",
                says="So that the course can show what you have read, and where to go on.",
                model=Reading,
                rows=readings.rows,
                merge=readings.merge,
            )
        )
