from django.urls import path, re_path

from lessons import views
from lessons.pictures import PATTERN

app_name = "lessons"
urlpatterns = [
    # In the order in which they are asked for: each pattern that does not match costs a request some microseconds.
    path("lessons/<slug:slug>/<slug:mode>/", views.lesson, name="mode"),
    path("lessons/<slug:slug>/", views.lesson, name="lesson"),
    path("", views.home, name="home"),
    re_path(rf"^lessons/(?P<slug>[-a-zA-Z0-9_]+)/(?P<name>{PATTERN})$", views.picture, name="picture"),
]
