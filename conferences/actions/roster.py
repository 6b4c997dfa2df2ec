"""Who belongs to a conference: added, given another role, taken out of the roster.

The conference's row is locked meanwhile, so that two people cannot take out the last two who
teach.
"""

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from conferences.actions.bookings import give_all_back
from conferences.models import Conference, Membership
from conferences.models.membership import Role, address_key


class RosterError(Exception):
    """The roster cannot be changed that way; the text says why and what helps, for a page."""


@transaction.atomic
def add_member(conference: Conference, fields: dict[str, str | None]) -> Membership:
    """``fields``: name, email, role and directory_id, checked. Raises RosterError."""
    lock(conference)
    email = str(fields["email"])
    if address_key(email) in {address_key(one.email) for one in conference.roster.only("email")}:
        raise RosterError(
            _("%(email)s is on the roster already. Change the role there, or type another address.")
            % {"email": email}
        )
    member = Membership(conference=conference, user=accounts_of([email]).get(address_key(email)))
    for name, value in fields.items():
        setattr(member, name, value)
    member.directory_id = member.directory_id or None
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise RosterError(
            _("Somebody has changed the roster. Look at it, and try again.")
        ) from error
    return member


@transaction.atomic
def change_role(member: Membership, role: Role) -> bool:
    """Whether it is another one. Who learns no longer gives the booked seats back."""
    lock(member.conference)
    if member.role == role:
        return False
    if role != Role.INSTRUCTOR:
        _check_teaching_goes_on(member)
    else:
        give_all_back(member)
    member.role = role
    member.save(update_fields=["role"])
    return True


@transaction.atomic
def remove_member(member: Membership) -> int:
    """What they did stays in the attendance. Returns how many seats are free again."""
    lock(member.conference)
    _check_teaching_goes_on(member)
    seats = give_all_back(member)
    member.delete()
    return seats


def lock(conference: Conference) -> None:
    """Until the end of the transaction nobody else changes its roster."""
    rows = Conference.objects.select_for_update(of=("self",)).select_related("last_run")
    conference.refresh_from_db(from_queryset=rows)


def accounts_of(emails: list[str]) -> dict[str, User]:
    """Accounts by the key of their address."""
    users = User.objects.annotate(key=Lower("email"))
    keys = [address_key(email) for email in emails]
    return {address_key(user.email): user for user in users.filter(key__in=keys)}


def must_teach(conference: Conference) -> str:
    """The key of the organizer's address; nothing where an administrator let them not teach."""
    if conference.organizer_allowed_by_id is not None:
        return ""
    return address_key(conference.organizer_email)


def _check_teaching_goes_on(member: Membership) -> None:
    member.refresh_from_db(fields=["role", "email"])
    if member.role != Role.INSTRUCTOR:
        return
    conference = member.conference
    if address_key(member.email) == must_teach(conference):
        raise RosterError(
            _(
                "%(name)s organizes this conference and has to teach it. Choose another organizer "
                "first, under Edit."
            )
            % {"name": member.name}
        )
    if not conference.roster.filter(role=Role.INSTRUCTOR).exclude(pk=member.pk).exists():
        raise RosterError(
            _("%(name)s is the only instructor. Make somebody else an instructor first.")
            % {"name": member.name}
        )
