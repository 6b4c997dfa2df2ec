"""What helps, and who can do it: the sentences of diagnosis about the tenant.

Places that every sentence may use: tenant_id, client_id, login_url, graph_url, organizer.
"""

from django.utils.translation import gettext_lazy as _

from teams_integration.diagnosis import Remedy

OPERATOR = _("whoever runs this site")
CONSENT = _("Global Administrator or Privileged Role Administrator")
APPLICATION = _("Application Administrator")
TEAMS = _("Teams Administrator")
EXCHANGE = _("Exchange Administrator")
SHAREPOINT = _("SharePoint Administrator")
LICENCES = _("License Administrator or User Administrator")
NETWORK = _("whoever runs the network of this site")

# -- settings and signing in
NOT_SET = Remedy(
    _(
        "Set TEAMS_TENANT_ID, TEAMS_CLIENT_ID and TEAMS_CLIENT_SECRET (docs/settings.md), "
        "and start the site again."
    ),
    OPERATOR,
)
HALF_SET = Remedy(_("Set %(names)s too, and start the site again."), OPERATOR)
SECRET_REFUSED = Remedy(
    _(
        "Microsoft refuses the client secret. Make a new one: Microsoft Entra admin center → "
        "App registrations → %(client_id)s → Certificates & secrets → New client secret. Put its "
        "value, not its id, into TEAMS_CLIENT_SECRET, and start the site again."
    ),
    APPLICATION,
)
SECRET_EXPIRED = Remedy(
    _(
        "The client secret has expired. Make a new one: Microsoft Entra admin center → "
        "App registrations → %(client_id)s → Certificates & secrets → New client secret. Put its "
        "value, not its id, into TEAMS_CLIENT_SECRET, and start the site again."
    ),
    APPLICATION,
)
CLIENT_UNKNOWN = Remedy(
    _(
        "Tenant %(tenant_id)s has no application %(client_id)s. Compare TEAMS_CLIENT_ID and "
        "TEAMS_TENANT_ID with Microsoft Entra admin center → App registrations → Overview."
    ),
    OPERATOR,
)
TENANT_UNKNOWN = Remedy(
    _(
        "Microsoft knows no tenant %(tenant_id)s. Compare TEAMS_TENANT_ID with Microsoft Entra "
        "admin center → Overview → Tenant ID."
    ),
    OPERATOR,
)
SIGN_IN_REFUSED = Remedy(
    _(
        "Microsoft refuses the sign-in (%(detail)s). Its reason stands in Microsoft Entra admin "
        "center → Sign-in logs → Service principal sign-ins."
    ),
    APPLICATION,
)
NO_WAY = Remedy(
    _(
        "No answer from %(host)s (%(detail)s). Let this server reach it by HTTPS: firewall, "
        "proxy, name resolution. If it is the wrong address, correct %(setting)s."
    ),
    NETWORK,
)
TOKEN_REFUSED = Remedy(
    _(
        "%(graph_url)s does not take the token from %(login_url)s. GRAPH_BASE_URL and "
        "MICROSOFT_LOGIN_URL have to be of the same cloud (docs/settings.md)."
    ),
    OPERATOR,
)
NOT_GRAPH = Remedy(
    _(
        "What answers at %(graph_url)s is not Microsoft Graph v1.0 (%(detail)s). Correct "
        "GRAPH_BASE_URL (docs/settings.md), or let no proxy answer in its place."
    ),
    OPERATOR,
)
ODD_ANSWER = Remedy(
    _(
        "Microsoft did not answer as it should (%(detail)s). Run the command again in some "
        "minutes; if it stays so, look at Microsoft 365 admin center → Health → Service health."
    ),
    OPERATOR,
)

# -- permissions
GRANT = Remedy(
    _(
        "Grant %(permission)s: Microsoft Entra admin center → App registrations → %(client_id)s "
        "→ API permissions → Add a permission → Microsoft Graph → Application permissions → "
        "%(permission)s, then Grant admin consent. It counts with the next token, within an hour."
    ),
    CONSENT,
)
NO_MAIL_GRANT = Remedy(_("Do not grant it: mail leaves through the mail server in the settings."))

# -- what Graph cannot tell
SEE_LICENCE = Remedy(
    _(
        "Seen when a meeting is made. It stands in Microsoft 365 admin center → Users → Active "
        "users → the organizer → Licenses and apps → Microsoft Teams."
    ),
    LICENCES,
)
SEE_SPEAKERS = Remedy(
    _(
        "Seen when Sync Data reads a transcript. It stands in Teams admin center → Meetings → "
        "Meeting settings → Transcript API access (Set-CsTeamsMeetingConfiguration "
        "-EnableAttributedTranscripts $true)."
    ),
    TEAMS,
)
SEE_RECORDING_POLICY = Remedy(
    _(
        "Seen when recording is switched on for a meeting. It stands in Teams admin center → "
        "Meetings → Meeting policies → the organizer's policy → Recording & transcription → "
        "Meeting recording (Set-CsTeamsMeetingPolicy -AllowCloudRecording $true)."
    ),
    TEAMS,
)
SEE_EXPIRY = Remedy(
    _(
        "It stands in Microsoft Entra admin center → App registrations → %(client_id)s → "
        "Certificates & secrets → Expires. Note the day, and make a new secret before it."
    ),
    APPLICATION,
)
SEE_EXCHANGE_SCOPE = Remedy(
    _(
        "At most one mailbox was tried. Exchange Online PowerShell: "
        "Test-ServicePrincipalAuthorization -Identity %(client_id)s and "
        "Get-ApplicationAccessPolicy show whether others are left out."
    ),
    EXCHANGE,
)
