from django.apps import AppConfig


class DemosConfig(AppConfig):
    name = "demos"

    def ready(self) -> None:
        """Tell the stopwatch of what can be measured here, the lessons of the blocks that run and draw it, and the
        front door of a store that all machines reach.
        """
        from demos import cases, directives, rules
        from demos.experiments import directives as experiments
        from demos.store import in_common

        cases.register()
        rules.register()
        directives.register()
        experiments.register()
        in_common.register()
