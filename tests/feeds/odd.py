"""What the platform might answer: messages, recordings and files made by hand."""

from typing import Any

import pytest
from pytest_django import Settings

from conferences.actions.importing import import_conferences
from conferences.models import ChatMessage
from scripts.servers.sandbox import SandboxControl
from tests.conferences.commands import sync
from tests.feeds.artifacts import moment

CHAT = r"/chats/[^/]+/messages"
FOLDER = r"/special/recordings/children"
LIST = r"/onlineMeetings/[^/]+/{}\??$"
USED = {46, 51, 74, 82, 86, 93, 94, 96}
LINK = "https://example-my.sharepoint.com/personal/mara/r.mp4"


@pytest.fixture
def odd_world(
    transactional_db: None, sandbox: SandboxControl, teams_settings: Settings
) -> SandboxControl:
    """The demo world with the conferences that these tests are about."""
    rows = [row for row in sandbox.conferences()["conferences"] if row["id"] in USED]
    import_conferences({"conferences": rows})
    return sandbox


class Answers:
    """Of one conference; times are minutes after its planned start."""

    def __init__(self, sandbox: SandboxControl, pk: int) -> None:
        self._sandbox, self._pk = sandbox, pk

    def at(self, minutes: float) -> str:
        return moment(self._sandbox, self._pk, minutes)

    def chat(self, *messages: dict[str, Any], **more: Any) -> None:
        """All that every chat says from now on."""
        self._sandbox.script(path=CHAT, json={"value": list(messages)}, **more)

    def folder(self, *items: dict[str, Any]) -> None:
        self._sandbox.script(path=FOLDER, json={"value": list(items)})

    def listed(self, kind: str, *items: dict[str, Any]) -> None:
        """``kind``: recordings or transcripts."""
        self._sandbox.script(path=LIST.format(kind), json={"value": list(items)})

    def message(
        self, key: str, minutes: float, text: str = "Hello.", **more: Any
    ) -> dict[str, Any]:
        """``files``: addresses that it names; ``by``: directory id of who wrote it."""
        files, by = more.pop("files", ()), more.pop("by", "somebody")
        user = {"id": by, "displayName": "Noor", "userIdentityType": "aadUser"}
        return {
            "id": key,
            "messageType": "message",
            "createdDateTime": self.at(minutes),
            "lastModifiedDateTime": self.at(minutes),
            "from": {"user": user},
            "body": {"contentType": "text", "content": text},
            "attachments": [
                {"id": str(n), "contentType": "reference", "contentUrl": url, "name": "a file"}
                for n, url in enumerate(files)
            ],
            **more,
        }

    def done(self, key: str, minutes: float, **detail: Any) -> dict[str, Any]:
        """Word that a recording is done."""
        event = {
            "@odata.type": "#microsoft.graph.callRecordingEventMessageDetail",
            "callId": "c1",
            "callRecordingStatus": "success",
            "callRecordingDisplayName": "r.mp4",
            "callRecordingUrl": LINK,
            "callRecordingDuration": "PT10M",
            **detail,
        }
        said = {"contentType": "html", "content": "<systemEventMessage/>"}
        more = {"messageType": "systemEventMessage", "from": None, "body": said}
        return self.message(key, minutes, **more, eventDetail=event)

    def part(self, key: str, first: float, last: float, **more: Any) -> dict[str, Any]:
        """Of a listing, from minute to minute."""
        span = {"createdDateTime": self.at(first), "endDateTime": self.at(last)}
        return {"id": key, "callId": "c1", **span, **more}

    def video(self, key: str, minutes: float, **more: Any) -> dict[str, Any]:
        """Of a folder: a minute long."""
        return {
            "id": key,
            "name": f"{key[:20]}.mp4",
            "webUrl": f"https://example-my.sharepoint.com/personal/mara/{key[:20]}.mp4",
            "size": 5,
            "createdDateTime": self.at(minutes),
            "lastModifiedDateTime": self.at(minutes),
            "parentReference": {"driveId": "drive"},
            "file": {"mimeType": "video/mp4"},
            "video": {"duration": 60_000},
            **more,
        }


def noors_file() -> tuple[str, str]:
    """Address of the sheet that Noor shares in 86, and her directory id."""
    sync(86, "--operation", "chat")
    [message] = ChatMessage.objects.filter(conference=86).exclude(attachments=[])
    return message.attachments[0]["url"], message.sender_id or ""
