"""The small site, as gunicorn loads it. It has settings of its own, and nothing of the site around it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="nothing here is signed",  # noqa: S106 - and nothing here is kept
    USE_I18N=False,
    # What fails is counted and said by the driver, and not by a traceback in the log of the site around this one.
    LOGGING={"version": 1, "loggers": {"django.request": {"level": "CRITICAL"}}},
)

from demos.experiments.bystanders import views  # noqa: E402 - the settings come first

urlpatterns = [
    path("page", views.page),
    path("view", views.slow_in_the_view),
    path("celery", views.slow_by_celery),
    path("warm-up", views.warm_up),
]

application = get_wsgi_application()
