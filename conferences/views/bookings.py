"""A learner's seat in a time slot."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audit import record
from accounts.models import Act
from conferences.actions.bookings import NoSeatError, book_seat, give_back
from conferences.models import ConferenceTimeSlot
from conferences.queries.access import Access, get_conference
from conferences.queries.bookings import learner_in, list_dates
from conferences.views.requests import (
    MemberRequest,
    member_only,
    refuse,
    refuse_choice,
    wants_json,
)


@member_only
@require_POST
def booking(request: MemberRequest, pk: int, slot_pk: int) -> HttpResponse:
    """``decision`` is book or give_back."""
    conference, access = get_conference(request.user, pk)
    slot = get_object_or_404(conference.time_slots, pk=slot_pk)
    member = learner_in(conference, request.user)
    if access is not Access.LEARNER or member is None:
        raise PermissionDenied
    if refused := refuse_choice(request, "decision", "book", "give_back"):
        return refused
    books, subject = request.POST.get("decision") == "book", conference.log_name
    try:
        if conference.archived_at or not conference.use_time_slots:
            raise NoSeatError(_("There is nothing to book here any more."))
        with transaction.atomic():  # a seat and its entry in the audit log, or neither
            if books and book_seat(slot, member, timezone.now()):
                record(request, Act.BOOKED, subject, slot=slot.pk)
                messages.success(request, _booked(slot))
            elif not books and give_back(slot, member, timezone.now()):
                record(request, Act.GAVE_BACK, subject, slot=slot.pk)
                messages.success(request, _("Given back. Somebody else can have the seat."))
    except NoSeatError as error:
        if wants_json(request):
            return refuse(request, str(error), status=409)
        said = str(error)
        if books and list_dates(conference, request.user, timezone.now()).has_free_seats:
            said += " " + _("Other dates with free seats are below.")
        messages.warning(request, said)
    return redirect(conference)


def _booked(slot: ConferenceTimeSlot) -> str:
    if slot.meeting_link:
        return _("Booked. The join link is below, and in your calendar.")
    return _("Booked. The join link follows as soon as there is one.")
