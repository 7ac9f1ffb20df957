from django.urls import path

from demos import views
from demos.experiments import views as experiments

app_name = "demos"
urlpatterns = [
    path("runs/<slug:run_id>/", views.run, name="run"),
    path("blocking/", views.blocking, name="blocking"),
    path("celery/", views.celery, name="celery"),
    path("experiments/", experiments.index, name="experiments"),
    path("experiments/<slug:name>/", experiments.experiment, name="experiment"),
    path("experiments/runs/<slug:run_id>/", experiments.run, name="experiment-run"),
    path("experiments/runs/<slug:run_id>/cancel/", experiments.cancel, name="experiment-cancel"),
]
