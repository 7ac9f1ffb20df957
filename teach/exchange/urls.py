from django.urls import URLPattern, path

from teach.exchange import views

urlpatterns: list[URLPattern] = [
    path("", views.exchange, name="exchange"),
    path("gift/", views.export, name="export-gift"),
]
