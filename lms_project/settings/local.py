"""A developer's machine and the demo: SQLite, loopback hosts, mail into files."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, EMAIL_HOST, SECRET_KEY
from .reading import VAR_DIR, env

SECRET_KEY = SECRET_KEY or "local-only: production settings refuse to start without SECRET_KEY"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")

env.check()
