from django.urls import path

from progress import views

app_name = "progress"
urlpatterns = [
    path("", views.whole, name="whole"),
    path("<slug:lesson>/<slug:mode>/", views.page, name="page"),
    path("<slug:lesson>/<slug:mode>/read/", views.read, name="read"),
    path("<slug:lesson>/<slug:mode>/not-read/", views.not_read, name="not-read"),
]
