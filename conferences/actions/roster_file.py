"""A roster as a file: held against what is stored, and taken over as a whole or not at all."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.actions.bookings import give_all_back
from conferences.actions.import_rows import is_storable, named
from conferences.actions.roster import accounts_of, lock, must_teach
from conferences.actions.roster_rows import COLUMNS, Problem, read_rows
from conferences.models import Conference, Membership
from conferences.models.membership import Role, address_key
from conferences.store.upsert import update

LONGEST_EMAIL = 254
FORMULA = ("=", "+", "-", "@")
LOOKS_LIKE_FORMULA = gettext_lazy(
    "begins like a formula of a spreadsheet. Write it without the sign at its beginning."
)


@dataclass
class RosterPlan:
    """What a file would do; nothing may be done while it has ``problems``.

    ``changed`` have the names of their columns that differ, each with what is stored.
    """

    added: list[Membership] = field(default_factory=list)
    changed: list[tuple[Membership, dict[str, str]]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for the same effect on the same roster."""
        rows = [
            (one.pk, one.email, one.name, one.role, one.directory_id, old)
            for one, old in [*((one, {}) for one in self.added), *self.changed]
        ]
        return sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()


class RosterChangedError(Exception):
    """The roster is no longer the one that the preview was made for."""


def plan_import(conference: Conference, text: str) -> RosterPlan:
    """What the file would do. Reads the database, and writes nothing."""
    plan = RosterPlan()
    rows = read_rows(text, plan.problems)
    if plan.problems:
        return plan
    stored = {address_key(member.email): member for member in conference.roster.all()}
    had_teachers = any(member.role == Role.INSTRUCTOR for member in stored.values())
    accounts = accounts_of([row["email"] for _line, row in rows])
    seen = _Seen()
    for line, row in rows:
        seen.note(line, row, plan.problems)
        member = stored.get(address_key(row["email"]))
        before = {name: _text(getattr(member, name)) for name in COLUMNS} if member else {}
        member = member or Membership(
            conference=conference,
            email=row["email"],
            user=accounts.get(address_key(row["email"])),
        )
        _fill(member, line, row, plan.problems)
        if before.get("role") == Role.INSTRUCTOR != member.role:
            _check_organizer(conference, member, line, plan.problems)
        differs = {
            name: before[name]
            for name in ("name", "role", "directory_id")
            if before and before[name] != _text(getattr(member, name))
        }
        if not before:
            plan.added.append(member)
        elif differs:
            plan.changed.append((member, differs))
        else:
            plan.unchanged += 1
        stored[address_key(row["email"])] = member
    _check_teaching(list(stored.values()), had_teachers, plan.problems)
    _check_directory_ids(list(stored.values()), plan.problems)
    return plan


@transaction.atomic
def import_roster(conference: Conference, text: str, digest: str) -> RosterPlan:
    """All of it; ``digest`` is of the plan that somebody has seen. Raises RosterChangedError."""
    lock(conference)
    plan = plan_import(conference, text)
    if plan.problems or plan.digest != digest:
        raise RosterChangedError
    for member, old in plan.changed:
        if old.get("role") == Role.LEARNER:
            give_all_back(member)
    try:
        with transaction.atomic():
            Membership.objects.bulk_create(plan.added)
            update([member for member, _old in plan.changed], ("name", "role", "directory_id"))
    except IntegrityError as error:  # somebody was added by another door meanwhile
        raise RosterChangedError from error
    return plan


def _fill(member: Membership, line: int, row: dict[str, str], problems: list[Problem]) -> None:
    """An empty cell keeps what is stored."""
    wrong: set[str] = set()
    for column, value in row.items():
        if value.startswith(FORMULA):
            problems.append(Problem(line, column, named(value), LOOKS_LIKE_FORMULA))
            wrong.add(column)
        elif not is_storable(value):
            remedy = _("holds a character that cannot be stored. Remove it.")
            problems.append(Problem(line, column, repr(named(value)), remedy))
            wrong.add(column)
        elif column == "role" and value:
            _fill_role(member, line, value, problems)
        elif column != "email" and value:
            setattr(member, column, value)
    try:
        member.clean_fields(exclude={"conference", "user", *wrong})
    except ValidationError as error:
        for column, found in error.error_dict.items():
            value = row.get(column, "")
            problems.append(Problem(line, column, named(value), _what_helps(column, value, found)))


def _what_helps(column: str, value: str, found: list[ValidationError]) -> str:
    if not value:
        return _("is empty. Each person needs a name and an e-mail address.")
    if column == "email" and len(value) <= LONGEST_EMAIL:
        return _("is no e-mail address. Write it as in noor.haddad@example.edu.")
    return " ".join(message for error in found for message in error.messages)


def _fill_role(member: Membership, line: int, value: str, problems: list[Problem]) -> None:
    role = value.lower()
    if role in Role.values:
        member.role = role
    else:
        remedy = _("is no role. Write instructor or learner.")
        problems.append(Problem(line, "role", named(value), remedy))


class _Seen:
    """In which line somebody was first."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], int] = {}

    def note(self, line: int, row: dict[str, str], problems: list[Problem]) -> None:
        for column in ("email", "directory_id"):
            value = row.get(column, "")
            key = address_key(value) if column == "email" else value.lower()
            first = self._lines.setdefault((column, key), line) if value else line
            if first != line:
                remedy = _("is in line %(line)s already. Keep one line for each person.")
                problems.append(Problem(line, column, named(value), remedy % {"line": first}))


def _check_organizer(
    conference: Conference, member: Membership, line: int, problems: list[Problem]
) -> None:
    """Of somebody who would no longer teach."""
    if address_key(member.email) == must_teach(conference):
        remedy = _("This is the organizer, who has to teach it. Keep the role instructor.")
        problems.append(Problem(line, "role", member.role, remedy))


def _check_teaching(members: list[Membership], had_teachers: bool, problems: list[Problem]) -> None:
    if had_teachers and not any(one.role == Role.INSTRUCTOR for one in members):
        remedy = _("Nobody would teach any more. Keep one person with the role instructor.")
        problems.append(Problem(0, "role", "", remedy))


def _check_directory_ids(members: list[Membership], problems: list[Problem]) -> None:
    """Two people are not one account of the directory."""
    holders: dict[str, str] = {}
    for member in members:
        if not member.directory_id:
            continue
        holder = holders.setdefault(member.directory_id.lower(), member.email)
        if holder != member.email and not any(one.column == "directory_id" for one in problems):
            remedy = _("belongs to %(email)s already. Correct one of the two.") % {"email": holder}
            problems.append(Problem(0, "directory_id", named(member.directory_id), remedy))


def _text(value: str | None) -> str:
    return value or ""
