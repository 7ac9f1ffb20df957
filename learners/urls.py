from django.urls import path

from learners import account_views, my_data_views, password_views, views

app_name = "learners"
urlpatterns = [
    path("fresh/", views.fresh, name="fresh"),
    path("my-data/", my_data_views.my_data, name="my-data"),
    path("my-data.json", my_data_views.download, name="download"),
    path("my-data/delete/", my_data_views.delete, name="delete"),
    path("my-data/deleted/", my_data_views.deleted, name="deleted"),
    path("account/", account_views.account, name="account"),
    path("account/sign-up/", account_views.sign_up, name="sign-up"),
    path("account/sign-in/", account_views.sign_in, name="sign-in"),
    path("account/sign-out/", account_views.sign_out, name="sign-out"),
    path("account/password/", password_views.change, name="password"),
    path("account/email/", password_views.email, name="email"),
    path("account/reset/", password_views.reset, name="reset"),
    path("account/reset/sent/", password_views.reset_sent, name="reset-sent"),
    path("account/reset/<key>/<token>/", password_views.new_password, name="new-password"),
    path("time-zone/", views.time_zone, name="time-zone"),
]
