"""Settings of a worker whose limits are over within seconds; in production they take an hour."""

import os

from lms_project.settings.local import *  # noqa: F403

if "HASTY_RUN_SECONDS" in os.environ:
    SYNC_RUN_SECONDS = int(os.environ["HASTY_RUN_SECONDS"])
if "HASTY_TASK_SECONDS" in os.environ:
    CELERY_TASK_TIME_LIMIT = int(os.environ["HASTY_TASK_SECONDS"])
if "HASTY_VISIBILITY_SECONDS" in os.environ:
    CELERY_TASK_ACKS_LATE = True
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        **CELERY_BROKER_TRANSPORT_OPTIONS,  # noqa: F405
        "visibility_timeout": int(os.environ["HASTY_VISIBILITY_SECONDS"]),
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
    }
