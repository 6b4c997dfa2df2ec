"""Where settings are read from, once for a process."""

import os
from pathlib import Path

from lms_project.environment import Environment

BASE_DIR = Path(__file__).resolve().parents[2]

PRODUCTION = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")
env = Environment(os.environ)

VAR_DIR = env.folder(
    "VAR_DIR",
    default=BASE_DIR / "var",
    holding=("",) if PRODUCTION else ("queue/done", "queue/control"),
)
