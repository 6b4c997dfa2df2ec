"""Files in drives, the links that name them, and those that people shared."""

from django.conf import settings
from django.db import models

from conferences.models.conference import Conference
from conferences.models.time_slot import ConferenceTimeSlot


class DriveFile(models.Model):
    """A file as its drive describes it. ``size`` in bytes, ``seconds`` of a video.

    One of the folder of recordings (``is_in_folder``), made during a planned time, that no other
    route names may belong to this meeting: it counts once an instructor has accepted it.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="drive_files")
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="drive_files"
    )
    drive_id = models.CharField(max_length=500)
    item_id = models.CharField(max_length=500)
    name = models.CharField(max_length=400)
    url = models.TextField()
    size = models.PositiveBigIntegerField(null=True)
    mime_type = models.CharField(max_length=200, blank=True)
    seconds = models.FloatField(null=True)
    starts_at = models.DateTimeField()  # of what a video shows: its length before created_at
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    is_in_folder = models.BooleanField(default=False)
    found_for = models.EmailField(blank=True)  # the organizer in whose folder it lies
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "drive_id", "item_id"], name="one_row_per_drive_file"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FileLink(models.Model):
    """A link by which a chat names a file, and what it led to when it was followed.

    ``key`` is a digest of the link: links are too long for an index.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="file_links")
    key = models.CharField(max_length=64)
    url = models.TextField()
    file = models.ForeignKey(
        DriveFile, on_delete=models.CASCADE, null=True, related_name="named_by"
    )
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="one_row_per_file_link")
        ]

    def __str__(self) -> str:
        return self.url


class SharedFile(models.Model):
    """A file that people shared in the chat, once, however often it was shared.

    By whom and when it was shared first. ``gone_at``: it no longer lies where it was;
    ``vanished_at``: nobody shares it any more, for the messages were deleted.
    """

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="shared_files"
    )
    slot = models.ForeignKey(
        ConferenceTimeSlot, on_delete=models.SET_NULL, null=True, related_name="shared_files"
    )
    key = models.CharField(max_length=64)  # of the link by which it was shared first
    name = models.CharField(max_length=400)
    url = models.TextField()
    size = models.PositiveBigIntegerField(null=True)
    mime_type = models.CharField(max_length=200, blank=True)
    shared_by = models.CharField(max_length=300, blank=True)
    shared_by_id = models.CharField(max_length=64, null=True)  # noqa: DJ001 (of the directory)
    shared_at = models.DateTimeField()
    shares = models.PositiveIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)
    vanished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["shared_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="one_row_per_shared_file")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_there(self) -> bool:
        return self.gone_at is None and self.vanished_at is None
