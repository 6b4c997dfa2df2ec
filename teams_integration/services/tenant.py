"""Harmless questions, by whose answers diagnosis tells what is open to this application.

Nothing is changed and nothing is kept; each question is one GET.
"""

from datetime import datetime, timedelta

from platforms.context import CallContext
from teams_integration import times
from teams_integration.client import GraphClient
from teams_integration.services import drive_files, online_meetings, transcripts, users

NOBODY = "00000000-0000-0000-0000-000000000000"
NO_MEETING = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_nobody%40thread.v2/0"


def ask_for_nobody(graph: GraphClient, context: CallContext) -> None:
    """Raises what Graph says of a person who does not exist, even where it tells nothing else."""
    # https://learn.microsoft.com/graph/api/user-get
    url = graph.url("users", NOBODY, query={"$select": "id"})
    graph.get(url, context, permission=users.PERMISSION)


def look_up_no_meeting(graph: GraphClient, directory_id: str, context: CallContext) -> None:
    """A lookup that finds nothing."""
    # https://learn.microsoft.com/graph/api/onlinemeeting-get (by joinWebUrl)
    query = {"$filter": f"JoinWebUrl eq '{NO_MEETING}'"}
    url = graph.url("users", directory_id, "onlineMeetings", query=query)
    graph.get(url, context, permission=online_meetings.PERMISSION)


def list_no_transcripts(
    graph: GraphClient, directory_id: str, now: datetime, context: CallContext
) -> None:
    """Those of the last minute: the tenant's switch refuses every request, also for none."""
    # https://learn.microsoft.com/graph/api/onlinemeeting-getalltranscripts
    start, end = (times.to_the_second(now - timedelta(minutes=age)) for age in (1, 0))
    arguments = f"meetingOrganizerUserId='{directory_id}',startDateTime={start},endDateTime={end}"
    path = graph.url("users", directory_id, "onlineMeetings")
    url = f"{path}/getAllTranscripts({arguments})"
    graph.get(url, context, permission=transcripts.PERMISSION)


def fetch_drive(graph: GraphClient, directory_id: str, context: CallContext) -> None:
    # https://learn.microsoft.com/graph/api/drive-get
    url = graph.url("users", directory_id, "drive", query={"$select": "id"})
    graph.get(url, context, permission=drive_files.PERMISSION)
