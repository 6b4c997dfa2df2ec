"""Every address of the site, and what its view reads of a request."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse

EVERY_TAB = ("participants", "recordings", "chat", "transcripts", "files", "slots", "history")


@dataclass(frozen=True)
class Reads:
    """Names of what a view takes from the address and from a form."""

    query: frozenset[str] = frozenset()
    form: frozenset[str] = frozenset()


def reads(query: str = "", form: str = "") -> Reads:
    return Reads(frozenset(query.split()), frozenset(form.split()))


PLANNED = "title description course_code platform timezone starts_at ends_at use_time_slots"
# test_addresses.py finds what is missing here, or too much.
READS = {
    "conference_list": reads("q when page shelf role recording platform"),
    "new_conference": reads(form=f"{PLANNED} meeting link token"),
    "edit_conference": reads(form=f"{PLANNED} organizer_email is_confirmed version"),
    "archive": reads(form="decision"),
    "roster": reads("q role page", "name email role directory_id"),
    "roster_file": reads(form="confirm text digest"),
    "roster_member": reads(form="decision"),
    "booking": reads(),  # who teaches has none
    "conference_detail": reads("tab q order page from to transcript"),
    "start_sync": reads(form="operation"),
    "sync_run": reads(),
    "guess_list": reads(),
    "decide_guess": reads(form="decision"),
    "publish_recording": reads(form="publish"),
    "decide_file": reads(form="decision"),
    "slots": reads("page only"),
    "new_slot": reads(form="starts_at ends_at capacity link is_confirmed"),
    "new_series": reads(form="step weekdays starts ends first until count capacity day"),
    "slot": reads("decision", "decision seen link"),  # and why, of administrators
    "edit_slot": reads(form="starts_at ends_at capacity is_confirmed seen"),
    "meeting": reads(),
    "conference_calendar": reads(),
    "slot_calendar": reads(),
    "calendar": reads(form="decision"),
    "calendar_feed": reads(),
    "login": reads("next", "username password next"),
    "logout": reads("next", "next"),
    "": reads(),  # leads to the list
}


@dataclass(frozen=True)
class Address:
    """``arguments``: their names, each with the converter that reads it from the path."""

    name: str
    arguments: dict[str, str] = field(hash=False)

    @property
    def is_ours(self) -> bool:
        return not self.name.startswith("admin:")

    def at(self, keys: dict[str, int], **others: object) -> str:
        known = {name: others.get(name, keys.get(name, 1)) for name in self.arguments}
        return reverse(self.name, kwargs=known) if self.name else "/"


def every_address() -> list[Address]:
    return list(_walk(get_resolver(), "", {}))


def our_addresses() -> list[Address]:
    return [one for one in every_address() if one.is_ours]


def _walk(resolver: URLResolver, prefix: str, known: dict[str, str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        converters = {name: type(one).__name__ for name, one in pattern.pattern.converters.items()}
        arguments = known | converters
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern, prefix + inner, arguments)
        elif isinstance(pattern, URLPattern):
            yield Address(prefix + (pattern.name or ""), arguments)
