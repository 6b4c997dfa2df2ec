"""What all installations share. Values come from the environment; docs/settings.md lists them."""

import ssl
from datetime import timedelta

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from lms_project import addresses
from lms_project.mail import SENDER, read_mail_server
from platforms.retry import DEFAULT_POLICIES

from .meetings import *  # noqa: F403
from .reading import BASE_DIR, PRODUCTION, VAR_DIR, env

SECRET_KEY = env.secret("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", addresses.served_host, "a host's name without scheme, port or path"
)
CSRF_TRUSTED_ORIGINS = env.words(
    "CSRF_TRUSTED_ORIGINS", addresses.origin, "an origin such as https://lms.example.edu"
)

INSTALLED_APPS = [
    "lms_project.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "accounts",
    "syncing",
    "teams_integration",
    "conferences",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.ViewerTimezoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lms_project.urls"
WSGI_APPLICATION = "lms_project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# -- Database: the same code on SQLite and PostgreSQL -------------------------------------------
_database = env.database("DATABASE_URL", default=VAR_DIR / "db.sqlite3")
DATABASES = {"default": _database}
if _database["ENGINE"] == addresses.SQLITE:
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a deferred transaction fails at once when it upgrades
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "connect_timeout": 30,
        "keepalives": 1,
        "keepalives_idle": 120,
        "keepalives_interval": 20,
        "keepalives_count": 5,
        "tcp_user_timeout": 10_000,  # milliseconds: a black hole fails within 15 s
    } | _database.get("OPTIONS", {})  # of the URL, such as sslmode
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- People --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "accounts.sessions"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.EmailBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "conference_list"
LOGOUT_REDIRECT_URL = "login"
PROXIES = env.whole("PROXIES", default=0, at_most=20)
AXES_FAILURE_LIMIT = env.whole("LOGIN_FAILURES", default=10, at_least=1, at_most=1000)
AXES_COOLOFF_TIME = timedelta(
    minutes=env.whole("LOGIN_PAUSE_MINUTES", default=15, at_least=1, at_most=10_080)
)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.logins.name_of_attempt"
AXES_CLIENT_IP_CALLABLE = "accounts.logins.source_of_attempt"
AXES_LOCKOUT_CALLABLE = "accounts.logins.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger could lock for ever
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
AXES_VERBOSE = False

# -- Language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# -- Static files and security headers -----------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a roster of 1400 people, sent by the administration
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# -- Celery: the broker is only a doorbell, the database is the truth ----------------------------
REDIS = ("redis", "rediss")
CELERY_BROKER_URL = env.server(
    "CELERY_BROKER_URL",
    default="filesystem://localhost",
    schemes=REDIS if PRODUCTION else (*REDIS, "filesystem"),
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60.0  # on a busy machine a new process needs more than 4 s
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    # Ring again for what a person asked for and the broker lost; start nothing of their own.
    "sweep-runs": {"task": "syncing.tasks.sweep_runs", "schedule": 30.0},
    "sweep-changes": {"task": "conferences.tasks.sweep_changes", "schedule": 30.0},
}
if CELERY_BROKER_URL.startswith("filesystem://"):
    _queue = VAR_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue / "control"),
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # this transport cannot broadcast reliably
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3, "socket_timeout": 3}
    if CELERY_BROKER_URL.startswith("rediss://") and "ssl_cert_reqs" not in CELERY_BROKER_URL:
        CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_REQUIRED}  # kombu would ask for none

# -- Syncing -------------------------------------------------------------------------------------
MEETING_PLATFORMS = {"teams": "teams_integration.platform.TeamsPlatform"}
RETRY_POLICIES = DEFAULT_POLICIES
# Limits belong to the tenant, not to a process: with Redis at hand all workers share one pace.
RATE_GATE_URL = env.server(
    "RATE_GATE_URL",
    default=CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else "",
    schemes=REDIS,
)
SYNC_LEASE_SECONDS = env.whole("SYNC_LEASE_SECONDS", default=60, at_least=2, at_most=3600)
SYNC_HEARTBEAT_SECONDS = env.whole("SYNC_HEARTBEAT_SECONDS", default=10, at_least=1, at_most=1800)
SYNC_VENDOR_WAIT_SECONDS = env.whole("SYNC_VENDOR_WAIT_SECONDS", default=600, at_most=86_400)
SYNC_RUN_SECONDS = env.whole("SYNC_RUN_SECONDS", default=3600, at_least=60, at_most=86_400)
# A process that hangs is ended and replaced; whoever looks has its run taken over.
CELERY_TASK_TIME_LIMIT = SYNC_RUN_SECONDS + 600
if CELERY_BROKER_URL.startswith(REDIS):
    CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] = CELERY_TASK_TIME_LIMIT + 300
SYNC_RUNS_PER_PERSON = env.whole("SYNC_RUNS_PER_PERSON", default=30, at_least=1, at_most=1_000_000)
SYNC_NO_WORKER_SECONDS = env.whole("SYNC_NO_WORKER_SECONDS", default=30, at_least=1, at_most=86_400)
if SYNC_LEASE_SECONDS < 2 * SYNC_HEARTBEAT_SECONDS:
    env.problems.append(
        f"SYNC_LEASE_SECONDS={SYNC_LEASE_SECONDS} is shorter than two heartbeats of "
        f"SYNC_HEARTBEAT_SECONDS={SYNC_HEARTBEAT_SECONDS}. Lengthen the lease."
    )

# -- Mail ----------------------------------------------------------------------------------------
SITE_URL = env.url(
    "SITE_URL",
    default="" if PRODUCTION else "http://127.0.0.1:8000",
    plain_http_on_loopback=not PRODUCTION,
)
_mail = read_mail_server(env)
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _mail.host, _mail.port, _mail.timeout
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls == "starttls", _mail.tls == "tls"
DEFAULT_FROM_EMAIL = env.matching(
    "DEFAULT_FROM_EMAIL", SENDER, "an address, or Name <address>", default="lms@localhost"
)

# -- Logs ----------------------------------------------------------------------------------------
LOG_LEVEL = env.matching(
    "LOG_LEVEL",
    "DEBUG|INFO|WARNING|ERROR",
    "one of DEBUG, INFO, WARNING, ERROR",
    default="INFO",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_tokens": {"()": "lms_project.logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"propagate": True},  # runserver's, to the same place
        "msal": {"level": "CRITICAL"},
        "axes": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
    },
}
