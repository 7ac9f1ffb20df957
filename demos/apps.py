from django.apps import AppConfig


class DemosConfig(AppConfig):
    name = "demos"

    def ready(self) -> None:
        from demos import directives
        from demos.experiments import directives as experiments
        from stopwatch.recorded import register_code

        # What a recorded run measured. Words and looks may change without making it stale.
        register_code(
            "demos/*.py", "demos/store/*.py", "demos/store/*.lua", "demos/experiments/**/*.py", "config/celery.py"
        )
        register_code("static/js/stopwatch.js", "static/js/lanes.js", "static/js/ways.js", "static/js/arrival.js")

        directives.register()
        experiments.register()
