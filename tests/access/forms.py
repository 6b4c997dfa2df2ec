"""What somebody would send to an address, to have its effect."""

from collections.abc import Callable, Mapping
from typing import Any

from conferences.actions.conferences import version_of
from conferences.actions.roster_file import plan_import
from conferences.models import Conference
from tests.access.world import PASSWORD, World

DATE = {"starts_at_0": "2026-03-10", "starts_at_1": "09:00", "ends_at_0": "2026-03-10"}
ROWS = {
    "time_slots-TOTAL_FORMS": "0",
    "time_slots-INITIAL_FORMS": "0",
    "roster-TOTAL_FORMS": "1",
    "roster-INITIAL_FORMS": "0",
    "roster-0-role": "instructor",
    "roster-0-name": "Me",
    "roster-0-email": "me@example.org",
}
CONFERENCE = {
    **DATE,
    "ends_at_1": "10:00",
    **ROWS,
    "title": "Taken over",
    "platform": "teams",
    "timezone": "UTC",
    "auto_recording_status": "pending",
    "organizer_email": "me@example.org",
}
NEW_PASSWORD = dict.fromkeys(("password1", "password2"), "correct horse battery")
ACCOUNT = {
    "username": "una",
    "email": "taken.over@example.org",
    "timezone": "UTC",
    "language": "en",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "date_joined_0": "2026-03-10",
    "date_joined_1": "09:00",
}
OWN_PASSWORD = dict.fromkeys(("new_password1", "new_password2"), "correct horse battery")
CREDENTIALS = {"username": "pia.berg@example.edu", "password": PASSWORD}
SLOT = {"starts_at": "2031-05-02T10:00", "ends_at": "2031-05-02T11:00"}
SEVERAL = {
    "step": "make",
    "day": "2031-05-05",
    "weekdays": "0",
    "starts": "10:00",
    "ends": "11:00",
    "first": "2031-05-05",
    "count": "1",
}
DECISION = {"decision": "accept"}
DELETE = {"post": "yes"}

PLANNED = {
    "title": "Taken over",
    "platform": "teams",
    "organizer_email": "mara.lindqvist@example.edu",
    "timezone": "UTC",
    "starts_at": "2026-03-10T09:00",
    "ends_at": "2026-03-10T10:00",
}
PEOPLE = "name,email,role\nMe,me@example.org,instructor\n"

FORMS: dict[str, Mapping[str, str]] = {
    "/login/": CREDENTIALS,
    "/calendar/": {"decision": "make"},
    "/conferences/new/": {
        **PLANNED,
        "use_time_slots": "one",
        "meeting": "later",
        "token": "5b1d8f77-0000-4000-8000-00000000c11e",
    },
    "/conferences/<pk>/archive/": {"decision": "archive"},
    "/conferences/<pk>/roster/": {"name": "Me", "email": "me@example.org", "role": "instructor"},
    "/conferences/<pk>/roster/<member_pk>/": {"decision": "instructor"},
    "/conferences/<pk>/slots/<slot_pk>/booking/": {"decision": "book"},
    "/conferences/<pk>/slots/new/": SLOT,
    "/conferences/<pk>/slots/several/": SEVERAL,
    "/conferences/<pk>/slots/<slot_pk>/": {"decision": "try_again"},
    "/conferences/<pk>/slots/<slot_pk>/edit/": SLOT,
    "/conferences/<pk>/meeting/": {"decision": "try_again"},
    "/conferences/<pk>/guesses/<sitting_pk>/": DECISION,
    "/conferences/<pk>/recordings/<recording_pk>/publish/": {"publish": "1"},
    "/conferences/<pk>/recordings/files/<file_pk>/": DECISION,
    "/admin/login/": {**CREDENTIALS, "username": "ada.miller@example.edu"},
    "/admin/password_change/": {"old_password": PASSWORD, **OWN_PASSWORD},
    "/admin/auth/group/add/": {"name": "Taken over"},
    "/admin/auth/group/<object_id>/change/": {"name": "Taken over"},
    "/admin/accounts/user/<id>/password/": {**NEW_PASSWORD, "usable_password": "true"},
    "/admin/accounts/user/add/": {**ACCOUNT, **NEW_PASSWORD, "usable_password": "true"},
    "/admin/accounts/user/<object_id>/change/": ACCOUNT,
    "/admin/conferences/conference/add/": CONFERENCE,
    "/admin/conferences/conference/<object_id>/change/": {
        **ROWS,
        "roster-0-email": "head@glacier.example.org",
        "description": "Taken over",
        "timezone": "UTC",
    },
}
QUERIES = {
    "/admin/autocomplete/": (
        "?app_label=conferences&model_name=membership&field_name=user&term=una"
    )
}
ACTIONS = {"conferences/recordingnotice": "resolve_by_hand"}


def form(route: str, world: World) -> dict[str, Any]:
    """The fields for a POST; the administration is asked to delete what it lists, or what else
    can be done with it.
    """
    model = route.removeprefix("/admin/").rstrip("/")
    if model in world.ours:
        action = ACTIONS.get(model, "delete_selected")
        chosen = {"action": action, "_selected_action": str(world.ours[model])}
        return {**chosen, **DELETE}
    if route in OF_STORED:
        return OF_STORED[route](Conference.objects.get(pk=world.ours["pk"]))
    return dict(DELETE if route.endswith("/delete/") else FORMS.get(route, {}))


# What a form can only say that was filled from what is stored.
OF_STORED: dict[str, Callable[[Conference], dict[str, Any]]] = {
    "/conferences/<pk>/edit/": lambda one: {
        **PLANNED,
        "use_time_slots": "several",
        "is_confirmed": "on",
        "version": version_of(one),
    },
    "/conferences/<pk>/roster/file/": lambda one: {
        "confirm": "1",
        "text": PEOPLE,
        "digest": plan_import(one, PEOPLE).digest,
    },
}
