"""The tenant's other calls, which belong to nobody's conference."""

from datetime import timedelta

from sandbox.world.build import add_call_record, stayed
from sandbox.world.model import World
from sandbox.world.online import join_web_url
from sandbox.world.people import identifier

# Conference 74 ends four hours before the anchor. In its last 24 hours the tenant has
# 75 call records: three of its own, 72 of others, of which seven in its two hours
# (5 h 30 min to 3 h 30 min before the anchor) and 65 before that.
EARLIER = [timedelta(hours=-27, minutes=-40) + timedelta(minutes=20 * n) for n in range(65)]
AROUND_74 = [timedelta(hours=-5, minutes=-25) + timedelta(minutes=12 * n) for n in range(7)]


def add_background_calls(world: World) -> None:
    """72 calls of 15 minutes: of three, one peer to peer, one a meeting's, one a bare group call.

    None of them has Mara in it, as organizer or otherwise.
    """
    for number, start in enumerate(EARLIER + AROUND_74):
        _add_call(world, number, start)


def _add_call(world: World, number: int, start: timedelta) -> None:
    who = world.who
    key, starts_at = f"background/{number}", world.anchor + start
    whole = ("0:00:00", "0:15:00")
    if number % 3 == 0:
        (stay,) = stayed(starts_at, who["elif"], whole)
        stay.callee = who["viktor"]
        add_call_record(world, key, who["elif"], [stay], None, peer_to_peer=True)
        return
    sessions = [
        *stayed(starts_at, who["tomas"], whole),
        *stayed(starts_at, who["viktor"], ("0:01:00", "0:14:30.5")),
    ]
    thread = f"19:meeting_{identifier('other', number)}@thread.v2"
    url = join_web_url(thread, str(who["tomas"].id)) if number % 3 == 1 else None
    add_call_record(world, key, who["tomas"], sessions, url)
