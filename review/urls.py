from django.urls import path

from review import views

app_name = "review"
urlpatterns = [
    path("", views.review, name="all"),
    path("items/due/", views.due, name="due"),  # two parts, so that it is no lesson's address
    path("<slug:lesson>/", views.review, name="lesson"),
    path("<slug:lesson>/cards/", views.begin, name="begin"),
]
