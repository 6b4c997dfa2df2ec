"""Notices to administrators: once for each cause, until no meeting has it any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from conferences import phrases
from conferences.models import RecordingNotice, RecordingNoticeMail
from conferences.notifications import letters
from conferences.notifications.causes import Cause, Key, find_causes, params_of
from conferences.notifications.delivery import deliver, due
from conferences.notifications.lines import one_line
from conferences.queries.access import CHANGE, VIEW
from syncing.database import with_database
from syncing.outcomes import Reason
from syncing.phrases import sentence

GATHERING = timedelta(minutes=1)  # causes that are met at about the same time go in one mail
BACKEND = "accounts.backends.EmailBackend"


@transaction.atomic
def follow_causes(organizer_email: str | None = None) -> None:
    """Open notices for causes that this organizer's meetings have, and resolve those they do not;
    of all organizers without one.
    """
    causes = find_causes(organizer_email)
    notices = RecordingNotice.objects.filter(resolved_at=None)
    if organizer_email is not None:
        notices = notices.filter(organizer__in={organizer_email.lower(), ""})
    known = {notice.cause: notice for notice in notices}
    gone = [notice.pk for cause, notice in known.items() if cause not in causes]
    if gone:
        RecordingNotice.objects.filter(pk__in=gone).update(resolved_at=timezone.now())
    for key, cause in causes.items():
        notice = known.get(key)
        if notice is not None and cause.tried_at and cause.tried_at > notice.seen_at:
            RecordingNotice.objects.filter(pk=notice.pk).update(
                seen_at=cause.tried_at, params=params_of(key)
            )
    _open({key: cause for key, cause in causes.items() if key not in known})


def send_due() -> int:
    """One mail to each administrator with all causes that they do not know; how many."""
    rows = RecordingNoticeMail.objects.all()
    sent = deliver(rows, "administrator", _letter)
    mailed = RecordingNotice.objects.filter(mailed_at=None, mails__sent_at__isnull=False)
    with_database(lambda: mailed.update(mailed_at=Now()))
    return sent


def has_due() -> bool:
    return due(RecordingNoticeMail.objects.all()).exists()


def administrators() -> QuerySet[User]:
    """Of whom ``is_administrator`` is true, as far as they have an address."""
    views, changes = (User.objects.with_perm(may, backend=BACKEND) for may in (VIEW, CHANGE))
    return (views & changes).filter(is_staff=True).exclude(email="")


def open_notices() -> int:
    return RecordingNotice.objects.filter(resolved_at=None).count()


def resolve(notices: QuerySet[RecordingNotice], by: User) -> int:
    """By hand: the cause is not told again unless it is met in another attempt."""
    return notices.filter(resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)


def sentence_of(notice: RecordingNotice) -> str:
    return sentence(Reason.stored(notice.code, notice.params))


def _open(causes: dict[Key, Cause]) -> None:
    """Unless another worker has just done it."""
    closed = _closed_by_hand({code for code, _organizer in causes})
    new = {
        key: cause
        for key, cause in causes.items()
        if key not in closed or (cause.tried_at and cause.tried_at > closed[key])
    }
    if not new:
        return
    now = timezone.now()
    RecordingNotice.objects.bulk_create(
        [
            RecordingNotice(
                code=code, organizer=organizer, params=params_of((code, organizer)), seen_at=now
            )
            for code, organizer in new
        ],
        ignore_conflicts=True,
    )
    opened = RecordingNotice.objects.filter(resolved_at=None, code__in={code for code, _o in new})
    untold = ~Exists(RecordingNoticeMail.objects.filter(notice=OuterRef("pk")))
    RecordingNoticeMail.objects.bulk_create(
        [
            RecordingNoticeMail(
                notice=notice, administrator=administrator, due_at=Now() + GATHERING
            )
            for notice in opened.filter(untold)
            for administrator in administrators()
        ],
        ignore_conflicts=True,
    )


def _closed_by_hand(codes: set[str]) -> dict[Key, datetime]:
    rows = RecordingNotice.objects.filter(resolved_by__isnull=False, code__in=codes)
    closed = rows.order_by().values_list("code", "organizer").annotate(Max("resolved_at"))
    return {(code, organizer): at for code, organizer, at in closed if at is not None}


def _letter(taken: Sequence[RecordingNoticeMail]) -> EmailMessage | None:
    rows = RecordingNoticeMail.objects.select_related("notice", "administrator")
    mails = with_database(lambda: list(rows.filter(pk__in=[one.pk for one in taken])))
    notices = [mail.notice for mail in mails if mail.notice.resolved_at is None]
    if not notices:
        return None
    causes = with_database(find_causes)
    user = mails[0].administrator
    reader = letters.Reader(user.email, one_line(str(user)), user)
    with reader.at_home():
        told = [
            {
                "sentence": one_line(sentence_of(notice)),
                "who": phrases.who(notice.code),
                "organizer": one_line(notice.organizer),
                "meetings": _how_many(causes.get(notice.cause)),
            }
            for notice in notices
        ]
        subject = ngettext(
            "Some meetings cannot be recorded: %(number)s cause",
            "Some meetings cannot be recorded: %(number)s causes",
            len(told),
        ) % {"number": len(told)}
        address = reverse("admin:conferences_recordingnotice_changelist")
        return letters.write(
            reader,
            subject,
            "administrators",
            {"causes": told, "address": f"{settings.SITE_URL}{address}"},
        )


def _how_many(cause: Cause | None) -> str:
    number = cause.meetings if cause else 0
    if not number:
        return _("no meeting at the moment")
    return ngettext("%(number)s meeting", "%(number)s meetings", number) % {"number": number}
