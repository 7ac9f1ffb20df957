from django.urls import include, path

from teach import views

app_name = "teach"
urlpatterns = [
    path("", views.studio, name="studio"),
    path("lessons/<slug:lesson>/statistics/", include("teach.statistics.urls")),
    path("lessons/<slug:lesson>/exchange/", include("teach.exchange.urls")),
]
