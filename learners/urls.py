from django.urls import path

from learners import views

app_name = "learners"
urlpatterns = [path("fresh/", views.fresh, name="fresh")]
