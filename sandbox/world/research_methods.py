"""46 "Research Methods": over, four ordinary people and one of each difficulty."""

from datetime import timedelta

from sandbox.world.build import (
    add_call_record,
    add_meeting,
    add_report,
    attended,
    sessions_like,
)
from sandbox.world.enrol import add_conference, roster
from sandbox.world.model import World
from sandbox.world.person import Person
from sandbox.world.research_talk import add_research_talk

GUEST = "Robin (Guest)"
DIAL_IN = "+49 30 55501 42"


def add_research_methods(world: World) -> None:
    """Twelve people, thirteen lines in the main report and one in the late small one."""
    who = world.who
    meeting = add_meeting(
        world,
        "46",
        "Research Methods: reading a paper together",
        timedelta(hours=-3),
        timedelta(hours=1),
    )
    guest = Person(GUEST, kind="guest")
    dial_in = Person(DIAL_IN, kind="phone")

    main = [
        # Four ordinary people. Mara 3600 s, Noor 3390.5 s, Ines 3555 s, Jonas 2700 s.
        attended(meeting, who["mara"], ("0:00:00", "1:00:00"), role="Organizer"),
        attended(meeting, who["noor"], ("0:01:30.25", "0:58:00.75")),
        attended(meeting, who["ines"], ("0:00:45", "1:00:00"), role="Presenter"),
        attended(meeting, who["jonas"], ("0:05:00", "0:50:00")),
        # Two devices, two lines, one id: 2400 s and 1800 s, but a union of 3600 s.
        attended(meeting, who["lena"], ("0:00:00", "0:40:00")),
        attended(meeting, who["lena"], ("0:30:00", "1:00:00")),
        # A rejoin: 1080 s + 2070.5 s = 3150.5 s.
        attended(meeting, who["omar"], ("0:02:00", "0:20:00"), ("0:25:29.5", "1:00:00")),
        # Comes back after the end, see below: 3580 s here.
        attended(meeting, who["priya"], ("0:00:10", "0:59:50")),
        # No e-mail, no id: 1500 s. A telephone: 1800 s.
        attended(meeting, guest, ("0:10:00", "0:35:00")),
        attended(meeting, dial_in, ("0:15:00", "0:45:00"), email=""),
        # Two people of one name: 3000 s and 1200 s.
        attended(meeting, who["kim"], ("0:05:00", "0:55:00")),
        attended(meeting, who["kim_2"], ("0:20:00", "0:40:00")),
        # From another tenant: 3240.125 s.
        attended(meeting, who["sofia"], ("0:03:00", "0:57:00.125")),
    ]
    add_report(meeting, main)
    # Four minutes after the end, for three minutes (180 s); the e-mail in another letter case.
    late = [attended(meeting, who["priya"], ("1:04:00", "1:07:00"), email="Priya.Nair@Example.edu")]
    add_report(meeting, late, key="late")
    add_call_record(world, "46", who["mara"], sessions_like(main), meeting.join_web_url)
    add_research_talk(world, meeting, guest)

    add_conference(
        world,
        46,
        meeting.subject,
        "We read one paper together and take it apart.",
        "RM-201",
        roster(
            world,
            "mara",
            "noor ines jonas lena omar priya kim kim_2 sofia elif viktor",
            known_ids="mara lena kim_2",
        ),
        meeting,
    )
