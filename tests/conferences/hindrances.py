"""What can stand between a slot and its recording, and what the instructor reads of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from platforms.reasons import ReasonCode
from scripts.servers.sandbox import SandboxControl

MARA = "mara.lindqvist@example.edu"

Switch = Callable[[SandboxControl, bool], Any]


@dataclass(frozen=True)
class Hindrance:
    """``switch(sandbox, True)`` puts it in the way. ``has_link``: whether there is a meeting."""

    switch: Switch
    code: ReasonCode
    status: str
    has_link: bool
    who: str
    says: str  # a part of what the instructor reads


def roles(*names: str) -> Switch:
    def switch(sandbox: SandboxControl, on: bool) -> None:
        change = {"remove_roles": names} if on else {"add_roles": names}
        sandbox.tenant(**change, revoke_tokens=True)

    return switch


def person(op: str, key: str, good: Any, bad: Any) -> Switch:
    def switch(sandbox: SandboxControl, on: bool) -> None:
        sandbox.change(op, email=MARA, **{key: bad if on else good})

    return switch


def fault(**script: Any) -> Switch:
    def switch(sandbox: SandboxControl, on: bool) -> None:
        if on:
            sandbox.script(**script)
        else:
            sandbox.end_faults()

    return switch


def both(*switches: Switch) -> Switch:
    def switch(sandbox: SandboxControl, on: bool) -> None:
        for one in switches:
            one(sandbox, on)

    return switch


HINDRANCES = {
    "no permission for calendars": Hindrance(
        roles("Calendars.ReadWrite"),
        ReasonCode.PERMISSION_MISSING,
        "not_attempted",
        has_link=False,
        who="administrator",
        says="There is no meeting link yet: The application lacks the permission "
        "Calendars.ReadWrite",
    ),
    "a mailbox out of scope": Hindrance(
        fault(
            method="POST",
            path="/events",
            status=403,
            body={"error": {"code": "ErrorAccessDenied", "message": "Access is denied."}},
        ),
        ReasonCode.CALENDAR_CLOSED,
        "not_attempted",
        has_link=False,
        who="administrator",
        says="Exchange refuses this application the organizer's calendar",
    ),
    "no mailbox": Hindrance(
        person("set_mailbox", "has", True, False),
        ReasonCode.NO_MAILBOX,
        "not_attempted",
        has_link=False,
        who="administrator",
        says="has no mailbox in Exchange Online",
    ),
    "a calendar without Teams": Hindrance(
        person("set_calendar", "teams", True, False),
        ReasonCode.CALENDAR_WITHOUT_TEAMS,
        "not_attempted",
        has_link=False,
        who="administrator",
        says=f"The calendar of {MARA} offers no Teams meetings",
    ),
    "a calendar that does not say what it offers": Hindrance(
        both(
            person("set_calendar", "teams", True, False),
            fault(path="/calendar", json={"name": "Calendar"}),
        ),
        ReasonCode.BAD_RESPONSE,
        "not_attempted",
        has_link=False,
        who="developer",
        says="The platform gave an answer that could not be understood",
    ),
    "no licence": Hindrance(
        person("set_licence", "teams", True, False),
        ReasonCode.NO_TEAMS_LICENCE,
        "not_attempted",
        has_link=False,
        who="administrator",
        says="probably has no Teams licence",
    ),
    "no access policy": Hindrance(
        person("set_policy", "granted", True, False),
        ReasonCode.ACCESS_POLICY_MISSING,
        "not_attempted",
        has_link=True,
        who="administrator",
        says="Created time slot with Teams meeting link (Recording not attempted: No application "
        "access policy",
    ),
    "no permission for meetings": Hindrance(
        roles("OnlineMeetings.ReadWrite.All"),
        ReasonCode.PERMISSION_MISSING,
        "not_attempted",
        has_link=True,
        who="administrator",
        says="(Recording not attempted: The application lacks the permission "
        "OnlineMeetings.ReadWrite.All",
    ),
    "recording refused": Hindrance(
        person("set_recording_policy", "policy", "allowed", "refused"),
        ReasonCode.RECORDING_REFUSED,
        "failed",
        has_link=True,
        who="administrator",
        says="Created time slot with Teams meeting link (Recording setup failed: Teams refused",
    ),
    "recording not kept": Hindrance(
        person("set_recording_policy", "policy", "allowed", "ignored"),
        ReasonCode.RECORDING_NOT_KEPT,
        "failed",
        has_link=True,
        who="administrator",
        says="(Recording setup failed: Teams took the setting and did not keep it",
    ),
    "a fault of the calendar": Hindrance(
        fault(method="POST", path="/events", status=503),
        ReasonCode.PLATFORM_FAULT,
        "not_attempted",
        has_link=False,
        who="wait",
        says="The platform answered with a fault of its own",
    ),
    "a long pause": Hindrance(
        fault(method="PATCH", path="/onlineMeetings", status=429, headers={"Retry-After": "86400"}),
        ReasonCode.THROTTLED,
        "failed",
        has_link=True,
        who="wait",
        says="(Recording setup failed: The platform asked for a pause)",
    ),
    "no credentials": Hindrance(
        lambda sandbox, on: sandbox.tenant(refuse_credentials=on, revoke_tokens=True),
        ReasonCode.CREDENTIALS_REFUSED,
        "not_attempted",
        has_link=False,
        who="administrator",
        says="Microsoft refused the credentials of this site",
    ),
    "no answer": Hindrance(
        fault(path="/calendar|/events", reset=True),
        ReasonCode.UNREACHABLE,
        "not_attempted",
        has_link=False,
        who="wait",
        says="The platform could not be reached",
    ),
}
