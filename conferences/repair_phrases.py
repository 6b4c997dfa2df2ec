"""What a repair says of one meeting, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.arranging.repairing import Repair, Repaired
from conferences.queries.decisions import WORDS
from conferences.queries.ways_out import DECISIONS, WayOut
from conferences.queries.ways_out import ways_out as possible_ways
from conferences.rules.arranging import Step
from syncing import phrases

RESULTS: Mapping[Repair, Promise] = {
    Repair.FIXED: _("fixed"),
    Repair.ALREADY_FINE: _("already fine"),
    Repair.WOULD_FIX: _("would be fixed"),
    Repair.CANNOT: _("cannot be fixed"),
    Repair.PUT_OFF: _("put off; run it again"),
}
DONE: Mapping[Step, Promise] = {
    Step.CREATE: _("meeting made"),
    Step.READ_LINK: _("join link read"),
    Step.MOVE: _("calendar told"),
    Step.FIND: _("id found from the join link"),
    Step.RECORD: _("automatic recording on, and read back"),
    Step.REMOVE_RETIRED: _("event of the old meeting removed"),
}
WOULD: Mapping[Step, Promise] = {
    Step.CREATE: _("make the meeting"),
    Step.READ_LINK: _("read the join link"),
    Step.MOVE: _("tell the calendar"),
    Step.FIND: _("keep the id that the join link leads to"),
    Step.RECORD: _("switch automatic recording on and read it back"),
    Step.REMOVE_RETIRED: _("remove the event of the old meeting"),
}
# An administrator wants no recording of it: the same step switches it off.
DONE_OPTED_OUT = {**DONE, Step.RECORD: _("automatic recording off, and read back")}
WOULD_OPTED_OUT = {**WOULD, Step.RECORD: _("switch automatic recording off and read it back")}
WAYS_OUT: Mapping[WayOut, Promise] = {
    WayOut.RECORD_BY_HAND: _("record by hand (join, Record, record to the cloud, end, Sync Data)"),
    WayOut.RECREATE: _("recreate the meeting (%(page)s: %(label)s); its link changes"),
    WayOut.MAKE: _("make a meeting (%(page)s: %(label)s)"),
    WayOut.TRY_AGAIN: _("try again once that is mended (%(page)s: %(label)s)"),
    WayOut.ATTACH: _("attach the link of a meeting made elsewhere (%(page)s: %(label)s)"),
    WayOut.ACCEPT: _("accept it as it is (%(page)s: %(label)s); ends the notices"),
}
PAGES = (_("Manage the meeting"), _("Manage Time Slots"))  # of a conference's own, of time slots


def result(repaired: Repaired) -> str:
    """Such as "fixed: id found from the join link, automatic recording on, and read back"."""
    is_wanted = repaired.meeting.is_recording_wanted
    if repaired.result is Repair.FIXED:
        words = DONE if is_wanted else DONE_OPTED_OUT
    else:
        words = WOULD if is_wanted else WOULD_OPTED_OUT
    steps = ", ".join(str(words[step]) for step in repaired.steps if step in words)
    if repaired.result in {Repair.FIXED, Repair.WOULD_FIX} and steps:
        return f"{RESULTS[repaired.result]}: {steps}"
    return str(RESULTS[repaired.result])


def why(repaired: Repaired) -> str:
    """The reason and who acts; "" where there is none."""
    reason = repaired.reason
    return f"{phrases.sentence(reason)}. {phrases.who(reason.who)}." if reason else ""


def ways_out(repaired: Repaired) -> list[str]:
    """Such as "recreate the meeting (Manage Time Slots: Recreate); its link changes"."""
    page = PAGES[bool(repaired.meeting.slot)]
    said = []
    for way in possible_ways(repaired):
        label = WORDS[DECISIONS[way]].label if way in DECISIONS else ""
        said.append(str(WAYS_OUT[way]) % {"page": page, "label": label})
    return said
