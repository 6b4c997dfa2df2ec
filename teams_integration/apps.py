from django.apps import AppConfig


class TeamsIntegrationConfig(AppConfig):
    name = "teams_integration"

    def ready(self) -> None:
        from teams_integration import checks  # noqa: F401  registers the system checks
