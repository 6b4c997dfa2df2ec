"""The tenant's own switches: credentials, granted roles, token lifetime, throttling, latency."""

from dataclasses import dataclass, field

from sandbox.world.people import TENANT_ID

CLIENT_ID = "5b1d8f77-0000-4000-8000-00000000c11e"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105 - public on purpose, like the rest of the demo
ALL_ROLES = (
    "User.Read.All",
    "Calendars.ReadWrite",
    "OnlineMeetings.ReadWrite.All",
    "OnlineMeetingArtifact.Read.All",
    "CallRecords.Read.All",
    "OnlineMeetingRecording.Read.All",
    "OnlineMeetingTranscript.Read.All",
    "Chat.Read.All",
    "ChannelMessage.Read.All",
    "Files.Read.All",
)


@dataclass
class Tenant:
    """``roles`` are what new tokens carry; tokens already issued keep theirs, as at Entra."""

    id: str = TENANT_ID
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    roles: set[str] = field(default_factory=lambda: set(ALL_ROLES))
    refuse_credentials: bool = False
    token_lifetime: int = 3599
    throttling: bool = False
    latency_ms: float = 0
    refuse_combined_filters: bool = False
    transcripts: bool = True
    attribution: bool = True
    duplicate_transaction: str = "same"  # or "400", "409"
    late_join_url: int = 0
    short_links: bool = False
