from django.apps import AppConfig


class StopwatchConfig(AppConfig):
    name = "stopwatch"

    def ready(self) -> None:
        """Tell the catalog of the blocks that show what was measured, and of the file that holds a recorded run;
        learners, what is kept; and `manage.py check --deploy`, which recordings are stale.
        """
        from django.core import checks

        from stopwatch import directives, personal_data, site_recordings

        checks.register(site_recordings.stale_recordings, "recordings", deploy=True)
        directives.register()
        personal_data.register()
