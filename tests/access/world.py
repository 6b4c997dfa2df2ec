"""Two conferences, somebody for each role, and rows that can be recognised wherever they stand.

Everything of the first conference has "glacier" in its words and 7701… as its key, everything of
the second "volcano" and 8802…; the people who ask have neither, so that an answer that says
one of them says something of the conference.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from accounts.models import Act, AuditEntry, CalendarFeed, User
from conferences.models import Conference, Membership, RecordingNotice
from conferences.models.attendance import Source
from conferences.models.membership import Role
from tests.pages import making
from tests.pages import making_artifacts as artifacts

ROLES = (
    *("anonymous", "stranger", "learner", "elsewhere", "instructor", "observer", "administrator"),
)
PASSWORD = "a password"  # as making.account sets it


@dataclass(frozen=True)
class World:
    """``sessions``: the session's key of each role but "anonymous"."""

    ours: dict[str, int | str]
    theirs: dict[str, int | str]
    people: dict[str, User]
    sessions: dict[str, str]

    def client(self, role: str, **options: Any) -> Client:
        """A browser of somebody who has logged in; a new one for each call."""
        client = Client(**options)
        if role in self.sessions:
            client.cookies["sessionid"] = self.sessions[role]
        return client


def build() -> World:
    ours, theirs = conference("glacier", 77010000), conference("volcano", 88020000)
    everyone = {
        "stranger": member(theirs, "pia.berg@example.edu", Role.LEARNER),
        "learner": member(ours, "noor.haddad@example.edu", Role.LEARNER),
        "elsewhere": member(theirs, "tomas.novak@example.edu", Role.INSTRUCTOR),
        "instructor": member(ours, "mara.lindqvist@example.edu", Role.INSTRUCTOR),
        "observer": making.account("olga.staff@example.edu", is_staff=True),
        "administrator": making.account("ada.miller@example.edu", is_staff=True, is_superuser=True),
    }
    everyone["observer"].user_permissions.set(Permission.objects.filter(codename="view_conference"))
    return World(
        keys(ours, 77010000),
        keys(theirs, 88020000),
        everyone,
        {r: log_in(u) for r, u in everyone.items()},
    )


def conference(word: str, key: int) -> Conference:
    """With one row of everything that an address can name, and of everything that a page shows."""
    made = making.conference(
        pk=key,
        title=f"About a {word}",
        description=f"Everything on one {word}",
        course_code=f"{word}-1",
        organizer_email=f"head@{word}.example.org",
        meeting_link=f"https://teams.example.org/l/meetup-join/{word}",
        online_meeting_id=f"meeting-{word}",
        use_time_slots=True,
    )
    times = {"starts_at": made.starts_at, "ends_at": made.ends_at}
    made.time_slots.create(
        pk=key + 10, meeting_link=made.meeting_link, problem_code="event_gone", **times
    )
    mail = f"ines@{word}.example.org"
    Membership.objects.create(pk=key + 12, conference=made, name=f"Ines {word}", email=mail)
    making.person(making.sitting(made, pk=key + 1), f"Ines {word}", mail)
    guess = making.sitting(
        made, Source.CALL_RECORDS, pk=key + 2, source_id=f"guess-{word}", is_guess=True
    )
    making.person(guess, f"Omar {word}", f"omar@{word}.example.org", is_counted=False)
    url = f"{artifacts.TENANT}/{word}.mp4"
    artifacts.recording(made, pk=key + 3, name=f"{word}.mp4", url=url)
    artifacts.video(made, pk=key + 4, name=f"{word} waiting.mp4", url=url)
    artifacts.message(made, f"I like this {word}", sender_name=f"Ines {word}")
    artifacts.transcript(made, (0, f"Ines {word}", f"What a {word}"))
    artifacts.shared_file(made, f"{word}.pdf", shared_by=f"Ines {word}", url=url)
    making.step(making.run(made, pk=key + 5, worker=f"{word}-worker"), failures=[])
    CalendarFeed.objects.create(
        user=making.account(f"reader.{word[0]}@example.edu"),
        digest=sha256(token(key).encode()).hexdigest(),
        last_read_at=timezone.now(),
    )
    RecordingNotice.objects.create(
        pk=key + 11, code="recording_refused", organizer=made.organizer_email
    )
    Group.objects.create(pk=key + 6, name=f"Friends of the {word}")
    account = making.account(f"una.{word}@{word}.example.org", pk=key + 7)
    AuditEntry.objects.create(pk=key + 8, actor=account, email=account.email, act=Act.LOOKED)
    typed = {"username": account.email, "ip_address": "192.0.2.1", "user_agent": word}
    AccessAttempt.objects.create(pk=key + 9, failures_since_start=1, **typed)
    return made


def token(key: int) -> str:
    """Of the calendar feed of somebody who belongs to no conference."""
    return f"{key}-calendar-token-{'x' * 20}"


def keys(of: Conference, key: int) -> dict[str, int | str]:
    """What the parameters of addresses stand for; "object_id" is looked up by what it is of."""
    return {
        "pk": of.pk,
        "sitting_pk": key + 2,
        "recording_pk": key + 3,
        "file_pk": key + 4,
        "run_pk": key + 5,
        "slot_pk": key + 10,
        "member_pk": key + 12,
        "token": token(key),
        "auth/group": key + 6,
        "accounts/user": key + 7,
        "accounts/auditentry": key + 8,
        "axes/accessattempt": key + 9,
        "conferences/recordingnotice": key + 11,
        "conferences/conference": of.pk,
        "object_id": of.pk,  # with the type of a conference
        "content_type_id": ContentType.objects.get_for_model(Conference).pk,
        "app_label": "conferences",
        "url": "nowhere",
    }


def member(of: Conference, email: str, role: Role) -> User:
    user = making.account(email)
    Membership.objects.create(conference=of, user=user, name=str(user), email=email, role=role)
    return user


def log_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
