from django.apps import AppConfig


class StopwatchConfig(AppConfig):
    name = "stopwatch"

    def ready(self) -> None:
        """Tell the catalog of the blocks that show what was measured, and of the file that holds a recorded run; and
        learners, what is kept.
        """
        from stopwatch import directives, personal_data

        directives.register()
        personal_data.register()
