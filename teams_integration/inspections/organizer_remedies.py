"""What helps, and who can do it: the sentences of diagnosis about one organizer."""

from django.utils.translation import gettext_lazy as _

from teams_integration.diagnosis import Remedy
from teams_integration.inspections.remedies import EXCHANGE, LICENCES, SHAREPOINT, TEAMS

NOT_IN_DIRECTORY = Remedy(
    _(
        "Nobody in tenant %(tenant_id)s signs in as %(organizer)s. Compare with Microsoft 365 "
        "admin center → Users → Active users; what counts is the username, not another address "
        "of the same person. Correct the organizer's e-mail, or add the account."
    ),
    LICENCES,
)
NO_MAILBOX = Remedy(
    _(
        "Give %(organizer)s a licence with Exchange Online: Microsoft 365 admin center → Users → "
        "Active users → %(organizer)s → Licenses and apps. Or name another organizer."
    ),
    LICENCES,
)
CALENDAR_CLOSED = Remedy(
    _(
        "Exchange keeps this application out of the mailbox. See why with "
        "Test-ServicePrincipalAuthorization -Identity %(client_id)s -Resource %(organizer)s and "
        "Test-ApplicationAccessPolicy -AppId %(client_id)s -Identity %(organizer)s (Exchange "
        "Online PowerShell), and take the mailbox into the application's scope."
    ),
    EXCHANGE,
)
WITHOUT_TEAMS = Remedy(
    _(
        "The calendar offers no Teams meetings. Switch Microsoft Teams on: Microsoft 365 admin "
        "center → Users → Active users → %(organizer)s → Licenses and apps; then "
        "Grant-CsTeamsUpgradePolicy -Identity %(organizer)s -PolicyName UpgradeToTeams "
        "(Teams PowerShell). It may take a day."
    ),
    TEAMS,
)
NO_POLICY = Remedy(
    _(
        "Teams PowerShell: New-CsApplicationAccessPolicy -Identity LMS -AppIds %(client_id)s; "
        "Grant-CsApplicationAccessPolicy -PolicyName LMS -Identity %(organizer)s, or -Global for "
        "everybody who has no policy of their own. It takes up to 30 minutes."
    ),
    TEAMS,
)
POLICY_NOT_PROVEN = Remedy(
    _(
        "Microsoft did not say whether there is one (%(detail)s). Teams PowerShell: "
        "Get-CsOnlineUser -Identity %(organizer)s | Format-List ApplicationAccessPolicy; "
        "Get-CsApplicationAccessPolicy must show %(client_id)s in it."
    ),
    TEAMS,
)
TRANSCRIPTS_OFF = Remedy(
    _(
        "Teams PowerShell: Set-CsTeamsMeetingConfiguration -EnableGraphTranscriptAccess $true; "
        "or Teams admin center → Meetings → Meeting settings → Transcript API access."
    ),
    TEAMS,
)
TRANSCRIPTS_NOT_PROVEN = Remedy(
    _(
        "Microsoft did not say (%(detail)s); seen when Sync Data reads transcripts. It stands in "
        "Teams admin center → Meetings → Meeting settings → Transcript API access."
    ),
    TEAMS,
)
NO_ONEDRIVE = Remedy(
    _(
        "There is no OneDrive yet. %(organizer)s opens OneDrive once in the browser; or "
        "SharePoint PowerShell: Request-SPOPersonalSite -UserEmails %(organizer)s. It needs a "
        "licence with SharePoint."
    ),
    SHAREPOINT,
)
ONEDRIVE_CLOSED = Remedy(
    _(
        "The OneDrive refuses this application, which may read files: it is locked or restricted. "
        "SharePoint PowerShell: Get-SPOSite -IncludePersonalSite $true -Limit All -Filter "
        "\"Owner -eq '%(organizer)s'\" | Format-List Url, LockState; then Set-SPOSite -Identity "
        "<Url> -LockState Unlock, or lift its restricted access control."
    ),
    SHAREPOINT,
)
