"""What `manage.py check` says about the tenant's settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from teams_integration.config import NAMES, TeamsConfig


@register()
def teams_settings(**_kwargs: Any) -> list[CheckMessage]:
    missing = TeamsConfig.from_settings().missing
    if len(missing) == len(NAMES):
        return [
            Warning(
                "Microsoft Teams is not configured: Sync Data will say so and skip.",
                hint=f"Set {', '.join(NAMES)} (README.md, “A real tenant”).",
                id="teams_integration.W001",
            )
        ]
    if missing:
        return [
            Error(
                f"Microsoft Teams is configured by half: {', '.join(missing)} is not set.",
                hint="Set all of the three, or none.",
                id="teams_integration.E001",
            )
        ]
    return []
