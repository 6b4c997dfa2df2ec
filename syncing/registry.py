"""Meeting platforms by name, read from settings as Django reads EMAIL_BACKEND."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from platforms.contract import Platform
from platforms.errors import ConfigurationError
from platforms.reasons import ReasonCode


@cache
def get_platform(name: str) -> Platform:
    """One object per process, made at its first use. Raises ConfigurationError if unknown."""
    path = settings.MEETING_PLATFORMS.get(name)
    if path is None:
        raise ConfigurationError(
            f"No platform “{name}” in MEETING_PLATFORMS.",
            reason=ReasonCode.PLATFORM_UNAVAILABLE,
            params={"platform": name},
        )
    platform: Platform = import_string(path)()
    return platform


def _forget(**_kwargs: Any) -> None:
    get_platform.cache_clear()


setting_changed.connect(_forget)
