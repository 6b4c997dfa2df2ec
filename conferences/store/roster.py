"""Who of the roster a person is."""

from datetime import datetime

from conferences.models import AttendanceRecord, Conference, Membership
from conferences.models.attendance import Identification
from conferences.rules.attendance import Person


class Roster:
    """Matches people to memberships: by directory id, else by e-mail, never by name."""

    def __init__(self, conference: Conference) -> None:
        self._conference = conference
        members = list(Membership.objects.filter(conference=conference).select_related("user"))
        self._by_id = {
            directory_id.lower(): member
            for member in members
            for directory_id in (member.directory_id, member.user and member.user.directory_id)
            if directory_id
        }
        self._by_email = {member.email.lower(): member for member in members}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Directory ids and e-mails that belong to one member."""
        return [(directory_id, member.email) for directory_id, member in self._by_id.items()]

    def record_of(self, person: Person, vanished_at: datetime | None) -> AttendanceRecord:
        member, rule = self._by_id.get(person.directory_id or ""), Identification.DIRECTORY_ID
        if member is None:
            member, rule = self._by_email.get(person.email or ""), Identification.EMAIL
        return AttendanceRecord(
            conference=self._conference,
            person_key=person.keys[0],
            name=person.name[:300],
            email=person.email,
            directory_id=person.directory_id,
            identified_by=person.identified_by,
            attended=person.attended,
            session_count=len(person.counted),
            first_joined_at=person.first_joined_at,
            last_left_at=person.last_left_at,
            membership_id=member.pk if member else None,
            match_rule=rule if member else None,
            vanished_at=vanished_at,
        )
