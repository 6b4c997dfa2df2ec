"""Production: nothing is guessed. A missing or weak setting stops the start."""

from .base import *  # noqa: F403
from .base import DATABASES, SECRET_KEY
from .reading import env

env.require("SECRET_KEY", why="Set it to 50 or more random characters (or SECRET_KEY_FILE).")
env.require("ALLOWED_HOSTS", why="Set it to the host names of this site, comma-separated.")
env.require("DATABASE_URL", why="Set it to postgres://user:password@host:5432/name.")
env.require("CELERY_BROKER_URL", why="Set it to redis://host:6379/0.")
env.require("EMAIL_HOST", why="Set it to the host name of your mail server.")
env.require("DEFAULT_FROM_EMAIL", why="Set it to the address from which this site writes.")
env.require("SITE_URL", why="Set it to the address of this site, for links in mails: https://….")
if SECRET_KEY and len(SECRET_KEY) < 50:
    env.problems.append("SECRET_KEY is shorter than 50 characters. Make a longer one.")
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    env.problems.append("DATABASE_URL does not name a PostgreSQL database. Use postgres://…")
env.check()

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 60 * 60 * 12
