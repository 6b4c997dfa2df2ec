"""A developer's machine and the demo: SQLite, loopback hosts, mail to the console."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, SECRET_KEY, env

SECRET_KEY = SECRET_KEY or "local-only: production settings refuse to start without SECRET_KEY"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

env.check()
