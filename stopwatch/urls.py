from django.urls import path

from stopwatch import views

app_name = "stopwatch"
urlpatterns = [
    path("measurements/", views.measure, name="measure"),
    path("<slug:lesson>/<slug:mode>/", views.measured, name="measured"),
]
