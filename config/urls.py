"""Every address of the site."""

from django.urls import include, path

from config import health

urlpatterns = [
    # What is polled comes first: each pattern that does not match costs a request some microseconds.
    path("demos/", include("demos.urls")),
    path("", include("lessons.urls")),
    path("quiz/", include("quiz.urls")),
    path("stopwatch/", include("stopwatch.urls")),
    path("learners/", include("learners.urls")),
    path("review/", include("review.urls")),
    path("progress/", include("progress.urls")),
    path("teach/", include("teach.urls")),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]

handler400 = "frontdoor.problems.bad_request"
handler403 = "frontdoor.problems.forbidden"
handler404 = "frontdoor.problems.not_found"
handler500 = "frontdoor.problems.server_error"
