"""Who may see what. Every page asks here first."""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import Http404

from accounts.models import User
from conferences.models import Conference, Membership
from conferences.models.membership import Role

VIEW, CHANGE = "conferences.view_conference", "conferences.change_conference"


class Access(StrEnum):
    """What somebody may do in one conference."""

    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"  # staff who may view conferences and not change them
    INSTRUCTOR = "instructor"
    LEARNER = "learner"

    @property
    def teaches(self) -> bool:
        """Whether the instructor's page is shown."""
        return self is not Access.LEARNER

    @property
    def may_act(self) -> bool:
        """Plan and change it, keep its roster, sync it, decide about guesses."""
        return self in {Access.ADMINISTRATOR, Access.INSTRUCTOR}


def sees_all(user: User) -> bool:
    """Staff who may view every conference."""
    return user.is_staff and user.has_perm(VIEW)


def is_administrator(user: User) -> bool:
    """Of all conferences: staff who may view and change them."""
    return sees_all(user) and user.has_perm(CHANGE)


def visible_to(user: User) -> QuerySet[Conference]:
    """Conferences whose roster has this person; all of them for who sees all."""
    if sees_all(user):
        return Conference.objects.all()
    return Conference.objects.filter(Exists(memberships_of(user).filter(conference=OuterRef("pk"))))


def taught_by(user: User) -> Exists | Value:
    """For annotating conferences: whether their page is the instructor's."""
    if sees_all(user):
        return Value(value=True)
    roles = memberships_of(user).filter(role=Role.INSTRUCTOR)
    return Exists(roles.filter(conference=OuterRef("pk")))


def get_conference(user: User | AnonymousUser, pk: int) -> tuple[Conference, Access]:
    """The conference and what the user may do there. Raises Http404 for everybody else."""
    if not isinstance(user, User):
        raise Http404
    conference = Conference.objects.select_related("last_run").filter(pk=pk).first()
    if conference is None:
        raise Http404
    if is_administrator(user):
        return conference, Access.ADMINISTRATOR
    roles = set(memberships_of(user).filter(conference=conference).values_list("role", flat=True))
    if Role.INSTRUCTOR in roles:
        return conference, Access.INSTRUCTOR
    if sees_all(user):
        return conference, Access.OBSERVER
    if Role.LEARNER in roles:
        return conference, Access.LEARNER
    raise Http404


def memberships_of(user: User) -> QuerySet[Membership]:
    """The person's own: by account, or by e-mail while no account was known."""
    return Membership.objects.filter(Q(user=user) | Q(user=None, email__iexact=user.email))
