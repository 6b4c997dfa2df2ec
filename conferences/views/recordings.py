"""What an instructor decides about recordings."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audit import record
from accounts.models import Act
from conferences.actions.guesses import accept_file, take_back_file
from conferences.actions.recordings import hide_recording, publish_recording
from conferences.models import Conference
from conferences.views.requests import MemberRequest, get_taught, member_only, refuse_choice


@member_only
@require_POST
@transaction.atomic  # a decision and its entry in the audit log, or neither
def publish(request: MemberRequest, pk: int, recording_pk: int) -> HttpResponse:
    """``publish`` is 1, or 0 to hide it again."""
    conference, _access = get_taught(request, pk, to_act=True)
    recording = get_object_or_404(conference.recordings, pk=recording_pk)
    if refused := refuse_choice(request, "publish", "1", "0"):
        return refused
    if request.POST.get("publish") == "1":
        publish_recording(recording, request.user)
        record(request, Act.PUBLISHED, conference.log_name, recording=recording.pk)
        said = _("Published: learners of this conference see its name, date and length.")
    else:
        hide_recording(recording, request.user)
        record(request, Act.HID, conference.log_name, recording=recording.pk)
        said = _("Hidden: learners do not see this recording.")
    return _back(request, conference, said)


@member_only
@require_POST
@transaction.atomic  # a decision and its entry in the audit log, or neither
def decide_file(request: MemberRequest, pk: int, file_pk: int) -> HttpResponse:
    """A video that may be this meeting's; ``decision`` is accept or take_back."""
    conference, _access = get_taught(request, pk, to_act=True)
    file = get_object_or_404(conference.drive_files.filter(is_in_folder=True), pk=file_pk)
    if refused := refuse_choice(request, "decision", "accept", "take_back"):
        return refused
    if request.POST.get("decision") == "accept":
        accept_file(file, request.user)
        record(request, Act.ACCEPTED, conference.log_name, file=file.pk)
        said = _("Accepted: the video counts as a recording of this meeting.")
    else:
        take_back_file(file)
        record(request, Act.TOOK_BACK, conference.log_name, file=file.pk)
        said = _("Taken back: the video counts only if you accept it again.")
    return _back(request, conference, said)


def _back(request: MemberRequest, conference: Conference, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(f"{reverse('conference_detail', args=[conference.pk])}?tab=recordings")
