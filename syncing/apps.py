from django.apps import AppConfig


class SyncingConfig(AppConfig):
    name = "syncing"

    def ready(self) -> None:
        from syncing import signals  # noqa: F401  a starting worker rings for unfinished runs
