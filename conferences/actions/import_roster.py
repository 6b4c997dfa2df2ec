"""The roster of a registrar's file."""

from collections.abc import Mapping
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from conferences.actions.bookings import give_all_back
from conferences.actions.import_rows import (
    complain_about_unknown,
    copy_fields,
    is_storable,
    more_than_once,
    shown,
)
from conferences.models import Conference, Membership
from conferences.models.membership import Role, address_key
from conferences.store.upsert import update

MEMBER_FIELDS = ("role", "name", "email", "directory_id")


def import_roster(
    conference: Conference, place: str, rows: list[Mapping[str, Any]], problems: list[str]
) -> None:
    """Members by e-mail, whatever its letter case; a thousand of them in a few statements."""
    stored = {address_key(member.email): member for member in conference.roster.all()}
    typed = [email if isinstance(email := row.get("email"), str) else "" for row in rows]
    emails = [address_key(email) for email in typed]
    for email in more_than_once(emails):
        problems.append(
            f"{place}, roster: email={shown(email)} is there more than once. Keep one of them."
        )
    users = User.objects.annotate(key=Lower("email")).filter(key__in=filter(is_storable, emails))
    accounts = {address_key(user.email): user for user in users}
    created: list[Membership] = []
    updated: list[Membership] = []
    for number, (email, row) in enumerate(zip(emails, rows, strict=True), start=1):
        row_place = f"{place}, roster {number}"
        complain_about_unknown(row_place, row, set(MEMBER_FIELDS), problems)
        member = stored.get(email)
        (updated if member else created).append(member := member or Membership())
        stored[email] = member
        member.conference = conference
        if member.user_id is None:  # or somebody has chosen another account
            member.user = accounts.get(email)
        copy_fields(member, row_place, row, MEMBER_FIELDS, problems)
    organizer = conference.organizer_email
    teaching = {email for email, member in stored.items() if member.role == Role.INSTRUCTOR}
    is_allowed = conference.organizer_allowed_by_id is not None
    if organizer and address_key(organizer) not in teaching and not is_allowed:
        problems.append(
            f"{place}: organizer_email={organizer!r} is no instructor of it. "
            "Put them on the roster with that role, or name another."
        )
    if not problems:
        Membership.objects.bulk_create(created)
        update(list(dict.fromkeys(m for m in updated if m.pk)), (*MEMBER_FIELDS, "user_id"))
        teachers = conference.roster.filter(role=Role.INSTRUCTOR, bookings__isnull=False)
        for teacher in teachers.distinct():
            give_all_back(teacher)
