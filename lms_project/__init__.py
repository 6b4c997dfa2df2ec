"""Settings, URLs, Celery and WSGI: where the applications are put together."""

from lms_project.celery import app as celery_app

__all__ = ["celery_app"]
