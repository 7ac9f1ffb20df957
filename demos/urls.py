from django.urls import path
app_name = "demos"
urlpatterns: list = []
