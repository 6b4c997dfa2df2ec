"""Asking the sandbox as a client would: plain HTTP, nothing imported from it."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from tests.sandbox.contract import Contract

TENANT = "3f2a6c1e-0000-4000-8000-00000000d3a0"
CLIENT = "5b1d8f77-0000-4000-8000-00000000c11e"
SECRET = "sandbox-secret"
ANCHOR = "2026-11-20T10:00:00Z"


class Asker:
    """One client with a token of its own; every plain answer is held against the contract."""

    def __init__(self, url: str, contract: Contract | None) -> None:
        self.url = url
        self.graph = f"{url}/v1.0"
        self.contract = contract
        self.http = requests.Session()
        self.http.trust_env = False
        self.bearer = ""

    def control(self, method: str, path: str, wish: object = None) -> Any:
        answer = self.http.request(method, f"{self.url}/_sandbox/{path}", json=wish)
        assert answer.ok, answer.text
        return answer.json()

    def ask_token(self, tenant: str = TENANT, **changes: str) -> requests.Response:
        form = {
            "client_id": CLIENT,
            "client_secret": SECRET,
            "grant_type": "client_credentials",
            "scope": "https://graph.microsoft.com/.default",
            **changes,
        }
        return self.http.post(f"{self.url}/{tenant}/oauth2/v2.0/token", data=form)

    def login(self) -> None:
        self.bearer = self.ask_token().json()["access_token"]

    def get(
        self, path: str, headers: dict[str, str] | None = None, bent: bool = False, **query: Any
    ) -> requests.Response:
        """``path`` under /v1.0, or an absolute nextLink. ``filter="…"`` becomes ``$filter=…``.

        ``bent``: a scripted fault is expected, so the contract does not apply. Redirects are
        not followed.
        """
        return self.send("GET", path, headers=headers, bent=bent, **query)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: dict[str, str] | None = None,
        bent: bool = False,
        **query: Any,
    ) -> requests.Response:
        """As ``get``, with a JSON ``body`` unless that is None."""
        url = path if path.startswith("http") else self.graph + path
        params = {f"${name}": value for name, value in query.items()}
        sent = {"Authorization": f"Bearer {self.bearer}", **(headers or {})}
        answer = self.http.request(
            method, url, params=params, json=body, headers=sent, timeout=20, allow_redirects=False
        )
        if self.contract is not None and not bent:
            self.contract.check(answer)
        return answer

    def all_pages(self, path: str, **query: Any) -> list[list[dict[str, Any]]]:
        """The ``value`` of every page."""
        page = self.get(path, **query).json()
        found = [page["value"]]
        while "@odata.nextLink" in page:
            page = self.get(page["@odata.nextLink"]).json()
            found.append(page["value"])
        return found

    def conference(self, number: int) -> dict[str, Any]:
        for conference in self.control("GET", "conferences")["conferences"]:
            if conference["id"] == number:
                return dict(conference)
        raise AssertionError(f"no conference {number}")

    def link(self, number: int, slot: int | None = None) -> str:
        conference = self.conference(number)
        slots = {one["id"]: one["meeting_link"] for one in conference["time_slots"]}
        return str(slots[slot] if slot else conference["meeting_link"])

    def user_id(self, email: str) -> str:
        return str(self.get(f"/users/{email}", select="id").json()["id"])

    def meeting_path(self, number: int, slot: int | None = None) -> str:
        """``/users/{oid}/onlineMeetings/{id}`` of a conference's meeting."""
        organizer = self.user_id(self.conference(number)["organizer_email"])
        path = f"/users/{organizer}/onlineMeetings"
        found = self.get(path, filter=f"JoinWebUrl eq '{self.link(number, slot)}'").json()["value"]
        return f"{path}/{quote(found[0]['id'])}"

    def thread_path(self, number: int, slot: int | None = None) -> str:
        """``/chats/{thread id}``, percent-encoded."""
        meeting = self.get(self.meeting_path(number, slot)).json()
        return f"/chats/{quote(meeting['chatInfo']['threadId'], safe='')}"

    def messages(self, number: int, slot: int | None = None, enums: bool = True) -> list[Any]:
        """All messages of a conference's chat, oldest first, system messages by their name."""
        prefer = {"Prefer": "include-unknown-enum-members"} if enums else {}
        path, found = f"{self.thread_path(number, slot)}/messages?$top=50", []
        while path:
            page = self.get(path, headers=prefer, bent=number == 92).json()
            found += page["value"]
            path = page.get("@odata.nextLink", "")
        return sorted(found, key=lambda one: (one["createdDateTime"], one["id"]))

    def written(self, number: int, slot: int | None = None) -> list[Any]:
        """Of these, what people and bots wrote and nobody deleted."""
        return [
            one
            for one in self.messages(number, slot)
            if one["messageType"] == "message" and one["deletedDateTime"] is None
        ]

    def change(self, op: str, **wish: Any) -> Any:
        return self.control("POST", "world", {"op": op, **wish})

    def reports(self, number: int, slot: int | None = None) -> list[dict[str, Any]]:
        path = self.meeting_path(number, slot) + "/attendanceReports"
        return list(self.get(path).json()["value"])

    def records(self, number: int, slot: int | None = None, report: int = 0) -> list[Any]:
        """All attendance records of one report, the newest being 0."""
        path = self.meeting_path(number, slot) + "/attendanceReports"
        report_id = self.get(path).json()["value"][report]["id"]
        pages = self.all_pages(f"{path}/{report_id}/attendanceRecords")
        return [record for page in pages for record in page]

    def calls(self, since: str, until: str) -> list[dict[str, Any]]:
        wish = f"startDateTime ge {since} and startDateTime lt {until}"
        pages = self.all_pages("/communications/callRecords", filter=wish)
        return [record for page in pages for record in page]


def instant(text: str) -> datetime:
    """A vendor timestamp, its seventh digit dropped."""
    head, dot, fraction = text.removesuffix("Z").partition(".")
    return datetime.fromisoformat(f"{head}{dot}{fraction[:6]}+00:00")
