from django.urls import path

from teach.statistics import views

# No id of a question begins with an underscore or has a dot in it (quiz/checking.py).
urlpatterns = [
    path("", views.lesson, name="statistics"),
    path("_readers/", views.of_readers, name="readers-statistics"),
    path("_runs/", views.of_runs, name="runs-statistics"),
    path("<slug:table>.csv", views.lesson_csv, name="statistics-csv"),
    path("<slug:question_id>/", views.of_question, name="question-statistics"),
    path("<slug:question_id>/<slug:table>.csv", views.question_csv, name="question-statistics-csv"),
]
