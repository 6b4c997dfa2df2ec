"""The worlds a sandbox can hold. ``demo`` is example.edu; ``empty`` has its people only."""

from collections.abc import Callable
from datetime import datetime

from sandbox.world.archive import add_archive_lecture, add_term_opening
from sandbox.world.background import add_background_calls
from sandbox.world.busy_chat import add_busy_chat
from sandbox.world.channel_meeting import add_channel_seminar
from sandbox.world.drives import add_drives
from sandbox.world.hostile_chat import add_hostile_chat
from sandbox.world.lecture import add_lecture
from sandbox.world.meet_now import add_ad_hoc_tutoring, add_all_hands, add_consultation_hour
from sandbox.world.model import World
from sandbox.world.people import TENANT_ID, demo_people
from sandbox.world.research_methods import add_research_methods
from sandbox.world.series import add_weekly_series
from sandbox.world.simple_cases import (
    add_guest_lecture,
    add_next_week,
    add_open_discussion,
    add_oral_exam,
    add_testing_conference,
    add_tutorial,
)
from sandbox.world.spoken import add_recorded_talk
from sandbox.world.timing import add_just_over, add_long_night

_PARTS: dict[str, tuple[Callable[[World], None], ...]] = {
    "empty": (),
    "demo": (
        add_drives,
        add_research_methods,  # 46
        add_testing_conference,  # 51
        add_consultation_hour,  # 74
        add_next_week,  # 81
        add_just_over,  # 82
        add_lecture,  # 83
        add_guest_lecture,  # 84
        add_long_night,  # 85
        add_tutorial,  # 86
        add_open_discussion,  # 87
        add_all_hands,  # 88
        add_ad_hoc_tutoring,  # 89
        add_oral_exam,  # 90
        add_archive_lecture,  # 91
        add_busy_chat,  # 92
        add_channel_seminar,  # 93
        add_recorded_talk,  # 94
        add_term_opening,  # 95
        add_weekly_series,  # 96
        add_hostile_chat,  # 97
        add_background_calls,
    ),
}
WORLDS = tuple(_PARTS)


def build_world(name: str, anchor: datetime) -> World:
    """The world ``name`` around ``anchor``. KeyError for a name not in ``WORLDS``."""
    world = World(anchor, demo_people())
    world.calendars.without_teams.add(str(world.who["pia"].id))
    for add in _PARTS[name]:
        add(world)
    world.directory = {
        str(person.id): person for person in world.who.values() if person.tenant_id == TENANT_ID
    }
    return world
