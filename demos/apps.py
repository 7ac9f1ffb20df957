from django.apps import AppConfig


class DemosConfig(AppConfig):
    name = "demos"

    def ready(self) -> None:
        """Tell the stopwatch of what can be measured here, and the lessons of the blocks that run and draw it."""
        from demos import cases, directives, rules
        from demos.experiments import directives as experiments

        cases.register()
        rules.register()
        directives.register()
        experiments.register()
