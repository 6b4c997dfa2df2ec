"""Tests: like local, with fast password hashing and mail kept in memory."""

from platforms.retry import RetryKind, RetryPolicy

from .local import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RETRY_POLICIES = {kind: RetryPolicy(attempts=3, first_delay=0.01, cap=0.05) for kind in RetryKind}
WHITENOISE_AUTOREFRESH = True  # no collected files to scan
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
