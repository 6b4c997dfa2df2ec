"""Calendar files, and the private feed that a calendar program subscribes to."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.audit import record
from accounts.calendar import end_feed, find_feed, make_feed, note_reading
from accounts.models import Act, CalendarFeed
from conferences.exports.calendar import Entry, calendar_file
from conferences.queries.access import get_conference
from conferences.queries.calendar import conference_entries, own_entries
from conferences.views.requests import MemberRequest, member_only, refuse_choice

CONTENT_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
ADDRESS = "calendar-address"  # marks the message that is the address


@member_only
@require_GET
def conference_calendar(request: MemberRequest, pk: int) -> HttpResponse:
    conference, access = get_conference(request.user, pk)
    entries = conference_entries(conference, access, request.user)
    return _download(entries, f"{_file_name(conference.title)}-{pk}.ics")


@member_only
@require_GET
def slot_calendar(request: MemberRequest, pk: int, slot_pk: int) -> HttpResponse:
    conference, access = get_conference(request.user, pk)
    entries = conference_entries(conference, access, request.user, slot_pk)
    if not entries:
        raise Http404
    day = f"{entries[0].meeting.starts_at:%Y-%m-%d}"
    return _download(entries, f"{_file_name(conference.title)}-{day}-{slot_pk}.ics")


@member_only
@require_http_methods(["GET", "POST"])
def calendar_page(request: MemberRequest) -> HttpResponse:
    """``decision`` is make (also instead of the one before) or end."""
    if request.method == "POST":
        return _decide(request)
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "calendar.html", {"feed": feed})


@transaction.atomic  # a decision and its entry in the audit log, or neither
def _decide(request: MemberRequest) -> HttpResponse:
    if refused := refuse_choice(request, "decision", "make", "end"):
        return refused
    if request.POST.get("decision") == "make":
        token = make_feed(request.user)
        record(request, Act.MADE_CALENDAR_FEED)
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
        messages.success(request, address, extra_tags=ADDRESS)
    elif end_feed(request.user):
        record(request, Act.ENDED_CALENDAR_FEED)
        messages.success(request, _("Switched off: the address shows nothing any more."))
    return redirect("calendar")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For programs, which do not log in: whoever has the address reads, and can do nothing else."""
    feed, now = find_feed(token), timezone.now()
    if feed is None:
        raise Http404
    note_reading(feed, now)
    name = _("%(person)s: conferences") % {"person": feed.user}
    answer = HttpResponse(
        calendar_file(own_entries(feed.user, now), now=now, name=name), content_type=CONTENT_TYPE
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _download(entries: list[Entry], name: str) -> HttpResponse:
    content = calendar_file(entries, now=timezone.now())
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _file_name(title: str) -> str:
    """Letters, digits and hyphens."""
    return slugify(title)[:60].strip("-_") or "conference"
