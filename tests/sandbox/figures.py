"""Adding up what the sandbox answers: seconds per person, as unions of intervals."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from tests.sandbox.asking import Asker, instant

CALLS = "/communications/callRecords"
Stays = dict[str, list[tuple[float, float]]]


def union(stays: list[tuple[float, float]]) -> float:
    """Seconds covered by at least one of them."""
    total, reached = 0.0, float("-inf")
    for start, end in sorted(stays):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def seconds(stays: Stays) -> dict[str, float]:
    return {who: round(union(times), 6) for who, times in stays.items()}


def of_reports(asker: Asker, number: int, slot: int | None = None) -> dict[str, float]:
    """Seconds by identity id (else display name) over all reports."""
    stays: Stays = defaultdict(list)
    for position in range(len(asker.reports(number, slot))):
        for record in asker.records(number, slot, position):
            who = record["identity"]["id"] or record["identity"]["displayName"]
            for stay in record["attendanceIntervals"]:
                span = instant(stay["joinDateTime"]), instant(stay["leaveDateTime"])
                stays[who].append((span[0].timestamp(), span[1].timestamp()))
    return seconds(stays)


def of_calls(asker: Asker, records: list[dict[str, Any]]) -> dict[str, float]:
    stays: Stays = defaultdict(list)
    for record in records:
        for page in asker.all_pages(f"{CALLS}/{record['id']}/sessions"):
            for stay in page:
                caller = stay["caller"]
                who = caller.get("associatedIdentity") or caller.get("identity", {}).get("user")
                if who:
                    span = instant(stay["startDateTime"]), instant(stay["endDateTime"])
                    stays[who["id"]].append((span[0].timestamp(), span[1].timestamp()))
    return seconds(stays)


def calls_of(asker: Asker, number: int, since: str, until: str) -> list[dict[str, Any]]:
    link = unquote(asker.link(number)).casefold()
    found = asker.calls(since, until)
    return [one for one in found if unquote(one["joinWebUrl"] or "").casefold() == link]


def ids(asker: Asker, by_upn: Mapping[str, float]) -> dict[str, float]:
    return {asker.user_id(f"{upn}@example.edu"): value for upn, value in by_upn.items()}
