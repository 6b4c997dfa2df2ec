"""What was written during a meeting, as the platform gave it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.time_slot import ConferenceTimeSlot


class SenderKind(models.TextChoices):
    USER = "user", _("user")
    GUEST = "guest", _("guest")
    BOT = "bot", _("app")


class ChatThread(models.Model):
    """How far a chat was read, and for which planned times (``read_for``)."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="threads")
    thread_id = models.CharField(max_length=500)
    read_for = models.TextField()
    changed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "thread_id"], name="one_row_per_thread")
        ]

    def __str__(self) -> str:
        return self.thread_id


class ChatMessage(models.Model):
    """One message, or with an ``event`` a system message.

    ``about`` decides to which planned time it belongs; ``is_planned`` is false for what today's
    plan no longer has. ``body`` is never safe to show; ``text`` is what a reader sees of it, for
    searching. A message that was deleted remotely keeps what it said, and no page shows that.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="messages")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="messages"
    )
    thread_id = models.CharField(max_length=500)
    source_id = models.CharField(max_length=500)
    read_through = models.CharField(max_length=2000)
    is_planned = models.BooleanField(default=True)
    about = models.DateTimeField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    sender_id = models.CharField(max_length=64, null=True)  # noqa: DJ001 (of the directory)
    sender_name = models.CharField(max_length=300, blank=True)
    sender_kind = models.CharField(max_length=10, choices=SenderKind, blank=True)
    body = models.TextField(blank=True)
    is_html = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # [{"url", "name"}]

    # a system message
    event = models.CharField(max_length=20, blank=True)
    call_id = models.CharField(max_length=500, null=True)  # noqa: DJ001
    url = models.TextField(null=True)  # noqa: DJ001
    name = models.CharField(max_length=300, null=True)  # noqa: DJ001
    seconds = models.FloatField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "thread_id", "source_id"], name="one_row_per_message"
            )
        ]
        indexes = [models.Index(fields=["conference", "created_at", "id"], name="chat_in_order")]

    def __str__(self) -> str:
        return f"{self.event or 'message'} {self.source_id}"
