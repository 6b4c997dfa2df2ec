"""What is to be known of the platforms, and of when their data is usually there."""

from .reading import PRODUCTION, env

# -- Attendance: when the vendor's data is usually there (facts are unknown, these are habits) ----
ATTENDANCE_EXPECTED_MINUTES = env.whole("ATTENDANCE_EXPECTED_MINUTES", default=60, at_most=525_600)
RECORDINGS_EXPECTED_MINUTES = env.whole(
    "RECORDINGS_EXPECTED_MINUTES", default=24 * 60, at_most=525_600
)
TRANSCRIPTS_EXPECTED_MINUTES = env.whole(
    "TRANSCRIPTS_EXPECTED_MINUTES", default=4 * 60, at_most=525_600
)
ATTENDANCE_BEFORE_MINUTES = env.whole("ATTENDANCE_BEFORE_MINUTES", default=30, at_most=10_080)
ATTENDANCE_AFTER_MINUTES = env.whole("ATTENDANCE_AFTER_MINUTES", default=30, at_most=10_080)

# -- Microsoft Teams -----------------------------------------------------------------------------
TEAMS_TENANT_ID = env.matching(
    "TEAMS_TENANT_ID",
    r"(?i)(?!(?:common|organizations|consumers)$)[a-z0-9][a-z0-9.-]*",
    "one directory's id",
)
TEAMS_CLIENT_ID = env.text("TEAMS_CLIENT_ID")
TEAMS_CLIENT_SECRET = env.secret("TEAMS_CLIENT_SECRET")
MICROSOFT_LOGIN_URL = env.url(
    "MICROSOFT_LOGIN_URL",
    default="https://login.microsoftonline.com",
    plain_http_on_loopback=not PRODUCTION,
)
GRAPH_BASE_URL = env.url(
    "GRAPH_BASE_URL",
    default="https://graph.microsoft.com/v1.0",
    plain_http_on_loopback=not PRODUCTION,
)
GRAPH_RATE = env.rate("GRAPH_RATE", default=28.0)
GRAPH_CALL_RECORD_RATE = env.rate("GRAPH_CALL_RECORD_RATE", default=8.0)
GRAPH_CHAT_RATE = env.rate("GRAPH_CHAT_RATE", default=0.95)
