"""Django's settings. What a user can set comes from the environment, by way of config/environment.py."""

import logging
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from pythonjsonlogger.core import RESERVED_ATTRS

from config import data_dir, databases, environment, mail, queues

ENVIRONMENT = environment.read()

BASE_DIR = environment.ROOT
DATA_DIR: Path = ENVIRONMENT.data_dir
CONTENT_DIR: Path = ENVIRONMENT.content_dir
# What instructors write here (teach/). Its files stand in place of those of CONTENT_DIR, path by path.
OWN_CONTENT_DIR: Path = DATA_DIR / "content"
SEATS = ENVIRONMENT.seats
DEBUG = ENVIRONMENT.debug
PUBLIC_URL = ENVIRONMENT.public_url
SECRET_KEY = data_dir.secret_key(DATA_DIR, ENVIRONMENT.secret_key)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
WEB_PROCESSES = ENVIRONMENT.web_processes
WEB_MACHINES = ENVIRONMENT.web_machines
WEB_THREADS = ENVIRONMENT.web_threads  # of each process

# The queue of the demo's runs and of mail, and that of the experiments (config/queues.py).
WAITING_QUEUE = queues.WAITING
EXPERIMENTS_QUEUE = queues.EXPERIMENTS
# Runs that may wait in it. With every seat working for the longest time, 10 s, the last of them starts after 20 s.
QUEUED_RUNS = SEATS * 2
# Runs that may be started in a minute, both demos together: by one learner, who could not watch more than one a second,
# and from one address, behind which a class of so many seats may sit.
LEARNER_RUNS_A_MINUTE = 60
ADDRESS_RUNS_A_MINUTE = SEATS * 30
# Answers to questions of a quiz that may be given in a minute. Each one is written to the database.
LEARNER_ANSWERS_A_MINUTE = 120
ADDRESS_ANSWERS_A_MINUTE = SEATS * 60
# Measurements that browsers may post in a minute: one for each run, and as many again for those that are refused.
LEARNER_MEASUREMENTS_A_MINUTE = 2 * LEARNER_RUNS_A_MINUTE
ADDRESS_MEASUREMENTS_A_MINUTE = 2 * ADDRESS_RUNS_A_MINUTE
# Marks of what was read that may be set or taken back in a minute.
LEARNER_MARKS_A_MINUTE = 60
ADDRESS_MARKS_A_MINUTE = SEATS * 30

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    # Accounts. The table of `sessions` stays empty, for ours name their account (learners/sessions.py); what is used of
    # it is `manage.py clearsessions`.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_htmx",
    "csp",
    "frontdoor",
    "learners",
    "lessons",
    "stopwatch",
    "demos",
    "quiz",
    "review",
    "progress",
    "teach",
]

MIDDLEWARE = [
    # These seven read no body. The first says who asks, for what is counted by address. The second gives each request
    # an id and takes its time, also where one of the others refuses it. The next and the two after static files put
    # their headers on every response, also on a refusal of the seventh, which bounds bodies before anything reads them.
    # A style sheet or a script has no use for the policies of pages, with which each weighs 200 bytes more.
    *(["frontdoor.address.TrustedProxies"] if TRUSTED_PROXIES else []),
    "frontdoor.observing.ObservedRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "frontdoor.bodies.BoundedBodies",
    # Fragments, which are for one reader and so compressed for each.
    "frontdoor.compression.CompressedResponses",
    "lessons.watching.UpToDate",
    "django.middleware.common.CommonMiddleware",
    # All three are lazy: a page that does not ask who reads it, or who is signed in, reads no cookie and no session.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learners.identity.KnownLearner",
    # Anonymous pages are guarded by where a request comes from (frontdoor/guards.py) and set no cookie; the token
    # guards whatever acts for an account.
    "django.middleware.csrf.CsrfViewMiddleware",
    "frontdoor.database.DatabaseAway",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A kind of question and an experiment bring their own: "kinds/order/…", "bystanders/templates/about.html".
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "quiz", BASE_DIR / "demos" / "experiments"],
        "OPTIONS": {},  # pages are rendered for nobody in particular, so no context processor has a request to look at
    }
]

# What begins so is polled, and not compressed.
UNCOMPRESSED = ("/demos/",)

# The largest body, in bytes, that a path may be sent. The longest prefix that fits decides.
# A text of 200 KB that an instructor types may take three times that in a form, and a picture 1 MB.
BODY_BOUNDS = {"/": 8 * 1024, "/teach/": 1200 * 1024}
# A body that has not arrived after this many seconds is given up.
BODY_SECONDS = 5.0
# So an upload is always small, and no upload is ever written to disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


DATABASES = {
    "default": databases.from_url(ENVIRONMENT.database_url)
    if ENVIRONMENT.database_url
    else databases.sqlite(DATA_DIR / "offload.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The embedded Valkey listens on a socket in DATA_DIR, so that it takes no port and serves this checkout alone.
REDIS_URL = ENVIRONMENT.redis_url or f"redis+socket://{quote(str(data_dir.valkey_socket(DATA_DIR)))}"

STATIC_URL = "static/"
STATIC_ROOT = data_dir.static_root(DATA_DIR)
STATICFILES_DIRS = [environment.STATIC]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page needs them, and each would carry a header that says so

# --- Accounts -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "learners.Account"
PASSWORD_HASHERS = ["learners.hashing.PBKDF2InTurn"]  # Django's default, one at a time
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "email")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# Mail is sent by the worker. Without a server, it prints what it would send.
if ENVIRONMENT.email_url:
    _server = mail.server_of(ENVIRONMENT.email_url)
    EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _server.starts_tls, _server.is_tls
    EMAIL_TIMEOUT = mail.SECONDS
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from or "offload@localhost"
PASSWORD_RESET_TIMEOUT = 3600  # seconds for which a link to a new password is good

SESSION_ENGINE = "learners.sessions"
SESSION_COOKIE_NAME = "offload_session"
SESSION_COOKIE_AGE = 400 * 24 * 3600  # seconds: as long as the learner's own cookie (learners/identity.py)
CSRF_COOKIE_NAME = "offload_form"
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "teach.instructors.token_missing"

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

# --- Security -------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

if ENVIRONMENT.is_public:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # a platform asks for these from inside, over http
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # kept only from TRUSTED_PROXIES
    SECURE_HSTS_SECONDS = 30 * 24 * 3600
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
SECURE_COOKIES = ENVIRONMENT.is_public
# What a whole domain promises (its subdomains, a place in the browsers' own list) is not ours to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Logging --------------------------------------------------------------------------------------------------------


def _without_traceback(record: logging.LogRecord) -> bool:
    """Django refused a request that made no sense: one line says which, and a traceback only leads into Django."""
    if record.name.startswith("django.security."):
        record.exc_info = record.exc_text = None
    return True


METRICS_DIR = DATA_DIR / "metrics"  # where web processes keep what they count (frontdoor/metrics.py)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "frontdoor.log_lines.Line", "format": "{levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{levelname}{name}{message}{process}",  # the rest is what a record has besides
            "style": "{",
            "timestamp": "time",
            "reserved_attrs": [*RESERVED_ATTRS, "request"],  # with its whole address, which may have 8 KB
            "rename_fields": {"levelname": "level", "name": "logger", "process": "pid", "exc_info": "exception"},
        },
    },
    # A response of 503 is decided and explained where it is given; what nobody decided has an exception.
    "filters": {
        "exceptions": {"()": "django.utils.log.CallbackFilter", "callback": lambda record: record.exc_info},
        "ids": {"()": "frontdoor.log_lines.WithIds"},
        "without traceback": {"()": "django.utils.log.CallbackFilter", "callback": _without_traceback},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": ENVIRONMENT.log_format,
            "filters": ["without traceback", "ids"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would mail the administrators, of whom there are none.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # A 404 is the reader's to see; what matters of a 4xx is logged where it is decided.
        "django.request": {"level": "ERROR", "filters": ["exceptions"]},
        # What a connection failed for is said where it was needed (frontdoor/database.py).
        "psycopg.pool": {"level": "ERROR"},
        # Celery would write two lines for every run that goes well.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
