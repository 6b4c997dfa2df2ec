"""One attempt to sync one subject."""

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from syncing import phrases
from syncing.outcomes import OPEN_STATUSES, Judgement, Message, RunStatus, Verdict

if TYPE_CHECKING:
    from syncing.subject import SyncSubject


class Trigger(models.TextChoices):
    PAGE = "page", _("Sync Data")
    COMMAND = "command", _("command line")


class Phase(models.TextChoices):
    QUEUED = "queued", _("Waiting for a worker")
    RESOLVING = "resolving", _("Looking for the meeting")
    READING = "reading", _("Reading from the platform")
    FINISHING = "finishing", _("Putting everything together")
    DONE = "done", _("Done")


class SyncRun(models.Model):
    """The row is the truth; a message on the broker only rings the bell."""

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_id = models.PositiveBigIntegerField()
    operations = models.JSONField(default=list)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    trigger = models.CharField(max_length=20, choices=Trigger)
    status = models.CharField(
        max_length=20, choices=[(s, s) for s in RunStatus], default=RunStatus.QUEUED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    # who works on it
    attempt = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=200, blank=True)
    lease_expires_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)

    # how far it is
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.QUEUED)
    parts_done = models.PositiveIntegerField(default=0)
    parts_planned = models.PositiveIntegerField(default=0)
    waiting_until = models.DateTimeField(null=True)

    # what came of it
    verdict = models.CharField(max_length=10, choices=[(v, v) for v in Verdict], null=True)  # noqa: DJ001 (NULL until judged)
    message_key = models.CharField(max_length=40, blank=True)
    message_params = models.JSONField(default=dict)
    items = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(status__in=OPEN_STATUSES),
                name="one_open_run_per_subject",
            )
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="runs_of_a_subject")
        ]

    def __str__(self) -> str:
        return f"run {self.pk} ({self.status})"

    @property
    def subject(self) -> "SyncSubject":
        model = self.subject_type.model_class()
        assert model is not None, "a run's subject is a model of this project"
        return cast("SyncSubject", model._default_manager.get(pk=self.subject_id))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def percent(self) -> int:
        """0 to 99 while it runs, 100 when it has ended."""
        if not self.is_open:
            return 100
        return min(99, 100 * self.parts_done // self.parts_planned) if self.parts_planned else 0

    @property
    def duration(self) -> timedelta | None:
        if self.started_at is None:
            return None
        return (self.finished_at or timezone.now()) - self.started_at

    @property
    def time_left(self) -> timedelta | None:
        """An estimate from real parts; None while there is too little to tell."""
        if not self.is_open or self.parts_done < 2 or self.duration is None:
            return None
        return self.duration * (self.parts_planned - self.parts_done) / self.parts_done

    @property
    def has_no_worker(self) -> bool:
        """Nobody has taken it for a while."""
        patience = timedelta(seconds=settings.SYNC_NO_WORKER_SECONDS)
        return self.status == RunStatus.QUEUED and timezone.now() - self.created_at > patience

    @property
    def is_left_alone(self) -> bool:
        """Open, and nobody works on it: worth ringing for."""
        if self.status == RunStatus.QUEUED:
            return True
        expires = self.lease_expires_at
        return self.status == RunStatus.RUNNING and expires is not None and expires < timezone.now()

    @property
    def message(self) -> str:
        """The verdict in a sentence, in the reader's language; "" while the run is open."""
        if not self.message_key:
            return ""
        return phrases.message(Message(self.message_key), self.message_params, self.items)

    def remember(self, judgement: Judgement) -> None:
        """Set the columns of the verdict; the caller saves."""
        self.verdict = judgement.verdict
        self.message_key = judgement.message
        self.items = judgement.items
        self.message_params = {"operations": list(judgement.operations)}
        if judgement.reason:
            self.message_params |= {
                "code": judgement.reason.code,
                "params": dict(judgement.reason.params),
            }
