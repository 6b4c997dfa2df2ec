"""Who belongs to a conference, fifty a page."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict

from conferences.models import Conference, Membership
from conferences.models.membership import Role, address_key
from conferences.queries.search import search_words

PER_PAGE = 50


@dataclass(frozen=True)
class Roster:
    """``page`` holds members with ``seats``, how many they have booked; ``count`` is by role and
    ignores the filter. ``organizer``: the key of the organizer's address; ``must_teach``: whether
    the organizer has to.
    """

    page: Page[Any]
    count: dict[str, int]
    q: str
    role: str
    organizer: str
    must_teach: bool

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or self.role)

    @property
    def total(self) -> int:
        return sum(self.count.values())

    @property
    def rows(self) -> list[tuple[Membership, bool, bool]]:
        """Each with whether they organize it, and whether they have to go on teaching."""
        is_alone = self.count[Role.INSTRUCTOR] == 1
        return [
            (
                member,
                organizes := address_key(member.email) == self.organizer,
                member.role == Role.INSTRUCTOR and (is_alone or (organizes and self.must_teach)),
            )
            for member in self.page
        ]


def list_members(conference: Conference, query: QueryDict) -> Roster:
    """``q`` searches names and e-mails; ``role`` is a Role, or nothing for both. Those who teach
    come first.
    """
    q, role = search_words(query), query.get("role", "")
    role = role if role in Role.values else ""
    rows = conference.roster.annotate(seats=Count("bookings"))
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(email__icontains=q))
    if role:
        rows = rows.filter(role=role)
    known = dict(conference.roster.order_by().values_list("role").annotate(number=Count("pk")))
    count = {key: known.get(key, 0) for key in Role.values}
    page = Paginator(rows.order_by("role", "name", "id"), PER_PAGE).get_page(query.get("page"))
    return Roster(
        page,
        count,
        q,
        role,
        address_key(conference.organizer_email),
        conference.organizer_allowed_by_id is None,
    )
