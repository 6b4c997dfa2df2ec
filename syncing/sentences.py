"""What every reason says: one sentence each, without its final full stop."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from platforms.reasons import ReasonCode

SENTENCES: Mapping[ReasonCode, Promise] = {
    ReasonCode.NOT_HELD_YET: _("The meeting has not been held yet, or is still going on"),
    ReasonCode.NOT_THERE_YET: _("The meeting ended %(minutes)s minutes ago, not there yet"),
    ReasonCode.NOBODY_ATTENDED: _("The platform has a report, and nobody is in it"),
    ReasonCode.NOTHING_KEPT: _(
        "The platform keeps neither an attendance report nor a call record of this meeting; "
        "attendance reports may be switched off, or nobody joined"
    ),
    ReasonCode.OUT_OF_REACH: _(
        "There is no attendance report, and call records are out of reach after 30 days"
    ),
    ReasonCode.HELD_ANOTHER_TIME: _(
        "The meeting was held, but not near the planned time; correct the times of the conference"
    ),
    ReasonCode.GUESSES_WAITING: _(
        "Only calls were found that may belong to this meeting; accept them if they do"
    ),
    ReasonCode.RECORDINGS_NOT_THERE_YET: _(
        "No recordings found. Recordings may not be available yet"
    ),
    ReasonCode.NOT_RECORDED: _(
        "No recordings found. Recordings may not be available yet. So long after the end the "
        "meeting was probably not recorded"
    ),
    ReasonCode.RECORDING_GONE: _(
        "There was a recording, and it is no longer on the platform: recordings expire after "
        "120 days unless the tenant has set another time, or somebody deleted it"
    ),
    ReasonCode.RECORDING_GUESSES_WAITING: _(
        "Only videos were found that may belong to this meeting; accept them if they do"
    ),
    ReasonCode.NOT_TRANSCRIBED: _(
        "There is no transcript; transcription has to be switched on during the meeting"
    ),
    ReasonCode.NOBODY_WROTE: _("Nobody wrote in the chat during the meeting"),
    ReasonCode.NO_FILES_SHARED: _("Nobody shared a file during the meeting"),
    ReasonCode.FILES_GONE: _(
        "Files were shared, and none of them is where it was: moved, or deleted"
    ),
    ReasonCode.COUNTED_BEFORE: _(
        "Everything of this meeting is counted with another time slot already"
    ),
    ReasonCode.NO_MEETING_LINKED: _("No meeting is linked; add its join link"),
    ReasonCode.NO_TIME_SLOTS: _("The conference uses time slots and has none; add one"),
    ReasonCode.NO_ORGANIZER: _("No organizer is set; add the organizer's e-mail"),
    ReasonCode.ORGANIZER_UNKNOWN: _(
        "The directory does not know the organizer %(organizer)s; correct the e-mail"
    ),
    ReasonCode.ORGANIZER_DIFFERS: _(
        "The meeting belongs to another organizer than this conference"
    ),
    ReasonCode.MEETING_NOT_FOUND: _(
        "The organizer has no meeting with this join link; check the link and the organizer"
    ),
    ReasonCode.MEETING_CANCELLED: _("The meeting was cancelled"),
    ReasonCode.NOT_CONFIGURED: _("Microsoft Teams is not configured: set %(settings)s"),
    ReasonCode.PLATFORM_UNAVAILABLE: _("The platform %(platform)s is not available here"),
    ReasonCode.CALENDAR_CLOSED: _(
        "Exchange refuses this application the organizer's calendar although its permission is "
        "granted; an Exchange administrator takes the mailbox into the application's scope "
        "(Test-ApplicationAccessPolicy shows what keeps it out)"
    ),
    ReasonCode.CALENDAR_WITHOUT_TEAMS: _(
        "The calendar of %(organizer)s offers no Teams meetings, so Microsoft made the event "
        "without one; an administrator allows Teams as its provider of online meetings "
        "(Microsoft 365 admin centre, the user's licences and apps)"
    ),
    ReasonCode.NO_TEAMS_LICENCE: _(
        "Microsoft made the event without a meeting although the calendar offers Teams: "
        "%(organizer)s probably has no Teams licence; an administrator assigns one"
    ),
    ReasonCode.NO_MAILBOX: _(
        "%(organizer)s is in the directory and has no mailbox in Exchange Online; an "
        "administrator assigns a licence with Exchange, or names another organizer"
    ),
    ReasonCode.EVENT_GONE: _(
        "The meeting's event is no longer in the organizer's calendar: somebody deleted it; "
        "recreate the meeting"
    ),
    ReasonCode.RECORDING_REFUSED: _(
        "Teams refused to switch recording on although the permission is granted; a Teams "
        "administrator allows cloud recording in the organizer's meeting policy "
        "(Set-CsTeamsMeetingPolicy -AllowCloudRecording)"
    ),
    ReasonCode.RECORDING_NOT_KEPT: _(
        "Teams took the setting and did not keep it; a Teams administrator looks at the "
        "organizer's meeting policy (Set-CsTeamsMeetingPolicy -AllowCloudRecording)"
    ),
    ReasonCode.RECORDING_SWITCHED_OFF: _(
        "Somebody has switched automatic recording off in Teams; switch it on again"
    ),
    ReasonCode.RECORDING_NOT_WANTED: _("An administrator decided that it is not recorded: %(why)s"),
    ReasonCode.RECORDING_MISSING: _(
        "Recording was to start by itself, and more than %(hours)s hours after the end there is "
        "no recording; ask those who were there whether it was started or stopped, and sync again"
    ),
    ReasonCode.PERMISSION_MISSING: _(
        "The application lacks the permission %(permission)s; "
        "it is granted with admin consent in Microsoft Entra"
    ),
    ReasonCode.ACCESS_POLICY_MISSING: _(
        "No application access policy lets this application read the organizer's meetings; "
        "a Teams administrator grants it (Grant-CsApplicationAccessPolicy)"
    ),
    ReasonCode.DRIVE_REFUSED: _(
        "A drive that holds the files refuses this application (%(owner)s): the permission "
        "Files.Read.All is missing, granted with admin consent in Microsoft Entra, or a "
        "SharePoint administrator has restricted this drive"
    ),
    ReasonCode.LOCKED: _("What was asked for is locked: it is in use or still being processed"),
    ReasonCode.TRANSCRIPT_GONE: _(
        "A transcript is still listed, and its text is no longer there: transcripts expire with "
        "their recordings"
    ),
    ReasonCode.TRANSCRIPTS_SWITCHED_OFF: _(
        "The tenant does not let applications read transcripts; a Teams administrator allows it "
        "(Set-CsTeamsMeetingConfiguration -EnableGraphTranscriptAccess)"
    ),
    ReasonCode.SPEAKERS_SWITCHED_OFF: _(
        "The tenant does not let applications read who said what in transcripts; a Teams "
        "administrator allows it (Set-CsTeamsMeetingConfiguration -EnableAttributedTranscripts)"
    ),
    ReasonCode.CHAT_UNKNOWN: _("The meeting's chat could not be found"),
    ReasonCode.TEAM_UNKNOWN: _(
        "The meeting is held in a channel, and its team is not known or is another one; enter "
        "the team's id"
    ),
    ReasonCode.CREDENTIALS_REFUSED: _("Microsoft refused the credentials of this site"),
    ReasonCode.THROTTLED: _("The platform asked for a pause"),
    ReasonCode.UNREACHABLE: _("The platform could not be reached"),
    ReasonCode.PLATFORM_FAULT: _("The platform answered with a fault of its own"),
    ReasonCode.BAD_RESPONSE: _("The platform gave an answer that could not be understood"),
    ReasonCode.FOREIGN_LINK: _("The platform's answer linked to another host, %(host)s"),
    ReasonCode.NOT_AVAILABLE: _("The platform does not have it"),
    ReasonCode.TIME_UP: _("The time for one run was used up"),
    ReasonCode.INTERNAL_ERROR: _("A fault of this site stopped it"),
    ReasonCode.DATABASE_LOST: _("The database did not answer"),
}
