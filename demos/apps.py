from django.apps import AppConfig

# What does the work and takes its times: when one of these changes, a recorded run is stale. Answers and pictures
# may change without that.
MEASURED = (
    *(f"demos/{name}.py" for name in ("bulkhead", "publishing", "run_updates", "tasks", "views", "waiting", "worker")),
    *(f"demos/bench/{name}.py" for name in ("brokers", "load", "processes", "runner")),
    *(f"demos/experiments/bystanders/{name}.py" for name in ("__main__", "background", "phases", "plan", "small_site")),
    "demos/experiments/bystanders/views.py",
    "demos/store/*.py",
    "demos/store/*.lua",
    "config/celery.py",
    *(f"static/js/{name}.js" for name in ("arrival", "lanes", "stopwatch", "ways")),
)


class DemosConfig(AppConfig):
    name = "demos"

    def ready(self) -> None:
        from demos import directives
        from demos.experiments import directives as experiments
        from stopwatch.recorded import register_code

        register_code(*MEASURED)

        directives.register()
        experiments.register()
