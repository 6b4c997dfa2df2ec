"""Everything that diagnosis looks at, in order."""

from collections.abc import Callable
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams_integration.config import TeamsConfig
from teams_integration.diagnosis import Found, Inspection, Line, Remedy, State, walk
from teams_integration.inspections import organizer, remedies, tenant
from teams_integration.inspections.asked import Asked


def diagnose(organizer_email: str = "") -> list[Line]:
    """A line for each inspection, of the settings as they are now.

    ``organizer_email``: whose calendar, meetings and OneDrive are tried.
    """
    asked = Asked(TeamsConfig.from_settings(), organizer_email)
    return walk(INSPECTIONS, asked.look, asked.params)


def _permission(name: str, feature: Promise) -> Inspection:
    return Inspection(name, feature, partial(tenant.granted, name), ("token",))


def _of_organizer(
    check: str, feature: Promise, look: Callable[[Asked], Found], *needs: str
) -> Inspection:
    return Inspection(check, feature, look, needs, of_organizer=True)


def _always(check: str, feature: Promise, state: State, remedy: Remedy) -> Inspection:
    return Inspection(check, feature, lambda _asked: Found(state, remedy))


PERMISSIONS = (
    _permission("User.Read.All", _("finding organizers; names of people in call records")),
    _permission("Calendars.ReadWrite", _("making, moving and cancelling meetings")),
    _permission(
        "OnlineMeetings.ReadWrite.All", _("finding a meeting by its link; automatic recording")
    ),
    _permission("OnlineMeetingArtifact.Read.All", _("attendance from attendance reports")),
    _permission("CallRecords.Read.All", _("attendance of meetings without reports")),
    _permission("OnlineMeetingRecording.Read.All", _("recordings, from Teams' own list")),
    _permission("OnlineMeetingTranscript.Read.All", _("transcripts")),
    _permission("Chat.Read.All", _("the chat of a meeting, its recordings and files")),
    _permission("ChannelMessage.Read.All", _("the same of a meeting in a team's channel")),
    _permission(
        "Files.Read.All",
        _("files in OneDrive and SharePoint: one need, which Sites.Read.All meets as well"),
    ),
)
TENANT = (
    Inspection("settings", _("tenant %(tenant_id)s, client %(client_id)s"), tenant.settings_found),
    Inspection("token", _("signing in at %(login_url)s"), tenant.signed_in, ("settings",)),
    Inspection("Graph", _("everything, asked at %(graph_url)s"), tenant.graph_answers, ("token",)),
)
ORGANIZER = (
    _of_organizer(
        *("organizer", _("the account that meetings are made for"), organizer.in_directory),
        *("Graph", "User.Read.All"),
    ),
    _of_organizer(
        *("mailbox", _("a calendar to make meetings in"), organizer.has_mailbox),
        *("organizer", "Calendars.ReadWrite"),
    ),
    _of_organizer(
        *("Teams in calendar", _("meetings with a join link"), organizer.offers_teams),
        "mailbox",
    ),
    _of_organizer(
        *("access policy", _("recording, attendance, transcripts"), organizer.has_access_policy),
        *("organizer", "OnlineMeetings.ReadWrite.All"),
    ),
    _of_organizer(
        *("transcript access", _("transcripts"), organizer.tells_transcripts),
        *("access policy", "OnlineMeetingTranscript.Read.All"),
    ),
    _of_organizer(
        *("OneDrive", _("where recordings are kept"), organizer.has_onedrive),
        *("organizer", "Files.Read.All"),
    ),
)
NOT_TOLD = (
    _always(
        *("Teams licence", _("meetings with a join link")),
        *(State.UNKNOWN, remedies.SEE_LICENCE),
    ),
    _always(
        *("recording policy", _("whether the organizer may record")),
        *(State.UNKNOWN, remedies.SEE_RECORDING_POLICY),
    ),
    _always(
        *("speakers", _("who said what in transcripts")),
        *(State.UNKNOWN, remedies.SEE_SPEAKERS),
    ),
    _always(
        *("secret's expiry", _("everything, after that day")),
        *(State.UNKNOWN, remedies.SEE_EXPIRY),
    ),
    _always(
        *("Exchange scope", _("meetings of other organizers")),
        *(State.UNKNOWN, remedies.SEE_EXCHANGE_SCOPE),
    ),
)
NO_MAIL = _always(
    "Mail.Send",
    _("nothing: mail does not go through Graph"),
    State.NOT_NEEDED,
    remedies.NO_MAIL_GRANT,
)
INSPECTIONS = (*TENANT, *PERMISSIONS, NO_MAIL, *ORGANIZER, *NOT_TOLD)
