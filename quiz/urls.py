from django.urls import path
app_name = "quiz"
urlpatterns: list = []
