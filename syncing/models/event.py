"""The activity log of a run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from syncing import phrases
from syncing.models.run import SyncRun


class Level(models.TextChoices):
    INFO = "info", _("information")
    WARNING = "warning", _("warning")
    ERROR = "error", _("error")


class SyncEvent(models.Model):
    """A key and numbers; the sentence is made when somebody reads it, in their language."""

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.INFO)
    key = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return phrases.event(self.key, self.params)
