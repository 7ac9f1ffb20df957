from django.urls import path

from quiz import views

app_name = "quiz"
urlpatterns = [
    path("<slug:lesson>/", views.quiz, name="quiz"),
    path("<slug:lesson>/answer/", views.answer, name="answer"),
    path("<slug:lesson>/again/", views.again, name="again"),
]
