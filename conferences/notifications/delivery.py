"""Sends mail that is owed: to each person at least once, and twice only after a crash.

Rows are taken by a conditional UPDATE before the server is asked and marked afterwards; a worker
that dies in between leaves one person's rows, which are free again after a while.
"""

import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from types import TracebackType
from typing import Any, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.db import Error
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from conferences.models.notice import OwedMail
from conferences.notifications import failures
from conferences.notifications.failures import FAULTS, RefusedError
from syncing.database import DatabaseLostError, with_database

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=OwedMail)

LEASE = timedelta(minutes=10)  # for one mail, far longer than a server may take for it
LONGEST_PAUSE = timedelta(hours=4)
MOST_MAILS = 500  # of one task; the sweep has the others sent
MOST_IN_A_ROW = 3  # messages that the server refused or hung up on: there is no use in going on
OF_THE_SERVER = {
    *(failures.UNREACHABLE, failures.LOGIN_REFUSED),
    *(failures.NO_TLS, failures.SENDER_REFUSED),
}


def pause(tries: int) -> timedelta:
    """One minute, two, four, … and some hours at most."""
    return min(timedelta(minutes=2 ** min(tries - 1, 10)), LONGEST_PAUSE)


def due(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(sent_at=None, due_at__lte=Now())


def deliver(
    rows: QuerySet[Row], whose: str, compose: Callable[[Sequence[Row]], EmailMessage | None]
) -> int:
    """Send what is due of ``rows``, one mail for each ``whose``; returns how many were sent.

    ``compose`` makes one person's mail, or None if there is nothing to be told any more.
    """
    held = rows.filter(sent_at=None, due_at__gt=Now()).exclude(claim=None)
    if with_database(held.exists):
        return 0  # another worker is at it, or has just died
    sent = in_a_row = 0
    with Postbox() as box:
        for _ in range(MOST_MAILS):
            person, taken = with_database(partial(_take, rows, whose))
            if person is None:
                break
            if not taken:
                continue
            code = _send(box, taken, compose, f"{whose} {person}")
            sent += code == ""
            in_a_row = in_a_row + 1 if code in {failures.MESSAGE_REFUSED, failures.HUNG_UP} else 0
            if code in OF_THE_SERVER:
                with_database(partial(_put_off_all, rows, taken[0].tries, code))
            if code in OF_THE_SERVER or in_a_row == MOST_IN_A_ROW:
                break
    return sent


class Postbox:
    """One connection for several mails, opened with the first and anew after a failure."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def __enter__(self) -> "Postbox":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, mail: EmailMessage) -> None:
        """Raises RefusedError."""
        try:
            self._connection.open()
        except FAULTS as error:
            self._close()
            raise RefusedError(failures.while_connecting(error), error) from None
        mail.connection = self._connection
        try:
            mail.send()
        except FAULTS as error:
            self._close()
            raise RefusedError(failures.while_sending(error), error) from None

    def _close(self) -> None:
        with suppress(*FAULTS):
            self._connection.close()


def _send(
    box: Postbox,
    taken: Sequence[Row],
    compose: Callable[[Sequence[Row]], EmailMessage | None],
    name: str,
) -> str | None:
    """ "" if it was sent, None if there was nothing to send, else why not."""
    rows = type(taken[0])._default_manager.filter(claim=taken[0].claim)
    try:
        mail = compose(taken)
        if mail is None:
            with_database(rows.delete)
            return None
        box.send(mail)
    except (Error, DatabaseLostError):
        raise
    except RefusedError as refused:
        logger.error("A mail to %s was not sent: %s", name, refused)
        code = refused.code
    except Exception:
        logger.exception("A mail to %s could not be written", name)
        code = failures.SITE_FAULT
    else:
        with_database(lambda: rows.update(sent_at=Now(), claim=None, failure=""))
        return ""
    off = pause(taken[0].tries)
    with_database(lambda: rows.update(due_at=Now() + off, claim=None, failure=code))
    return code


def _take(rows: QuerySet[Row], whose: str) -> tuple[int | None, list[Row]]:
    """Who is next, the least tried first, and their rows unless somebody else took them."""
    person = due(rows).order_by("tries", "pk").values_list(f"{whose}_id", flat=True).first()
    if person is None:
        return None, []
    theirs = rows.filter(**{f"{whose}_id": person}).order_by().values_list("pk", flat=True)
    mine = uuid.uuid4()
    # Keys, and not a subquery: whoever waits for a row's lock must look at the row itself again.
    free = rows.model._default_manager.filter(Q(claim=None) | Q(due_at__lte=Now()), sent_at=None)
    free.filter(pk__in=list(theirs)).update(claim=mine, tries=F("tries") + 1, due_at=Now() + LEASE)
    return person, list(rows.model._default_manager.filter(claim=mine).order_by("pk"))


def _put_off_all(rows: QuerySet[Row], tries: int, code: str) -> None:
    """It is nobody's own fault: everybody waits as long as the first."""
    waiting = rows.model._default_manager.filter(
        pk__in=list(due(rows).values_list("pk", flat=True))
    )
    waiting.filter(claim=None).update(
        due_at=Now() + pause(tries), tries=F("tries") + 1, failure=code
    )
