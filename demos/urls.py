from django.urls import path

from demos import views

app_name = "demos"
urlpatterns = [
    path("blocking/", views.blocking, name="blocking"),
    path("celery/", views.celery, name="celery"),
    path("runs/<slug:run_id>/", views.run, name="run"),
]
