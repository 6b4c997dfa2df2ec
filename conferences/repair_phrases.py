"""What a repair says of one meeting, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.arranging.repairing import Repair, Repaired, WayOut
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
WAYS_OUT: Mapping[WayOut, Promise] = {
    WayOut.RECORD_BY_HAND: _("record by hand (join, Record, record to the cloud, end, Sync Data)"),
    WayOut.RECREATE: _("recreate the meeting (Manage Time Slots; its link changes)"),
    WayOut.ACCEPT: _("accept it as it is (Manage Time Slots; ends the notices)"),
}


def result(repaired: Repaired) -> str:
    """Such as "fixed: id found from the join link, automatic recording on, and read back"."""
    words = DONE if repaired.result is Repair.FIXED else WOULD
    steps = ", ".join(str(words[step]) for step in repaired.steps if step in words)
    if repaired.result in {Repair.FIXED, Repair.WOULD_FIX} and steps:
        return f"{RESULTS[repaired.result]}: {steps}"
    return str(RESULTS[repaired.result])


def why(repaired: Repaired) -> str:
    """The reason and who acts; "" where there is none."""
    reason = repaired.reason
    return f"{phrases.sentence(reason)}. {phrases.who(reason.who)}." if reason else ""


def ways_out(repaired: Repaired) -> list[str]:
    return [str(WAYS_OUT[way]) for way in repaired.ways_out]
