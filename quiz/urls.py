from django.urls import path

from quiz import views
from quiz.predictions import views as prediction_views

app_name = "quiz"
urlpatterns = [
    path("<slug:lesson>/", views.quiz, name="quiz"),
    path("<slug:lesson>/paper/", views.paper, name="paper"),
    path("<slug:lesson>/answer/", views.answer, name="answer"),
    path("<slug:lesson>/again/", views.again, name="again"),
    path("<slug:lesson>/predictions/", prediction_views.predictions, name="predictions"),
    path("<slug:lesson>/predictions/reason/", prediction_views.reason, name="reason"),
]
