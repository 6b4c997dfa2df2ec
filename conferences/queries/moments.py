"""Moments that somebody typed, in their own time zone."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from conferences.models.meeting import YEARS

FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")  # of an input of the type datetime-local


@dataclass(frozen=True)
class Field:
    """``text`` as it was typed; ``moment`` if it could be read."""

    text: str
    moment: datetime | None

    @property
    def is_bad(self) -> bool:
        return bool(self.text) and self.moment is None

    @property
    def value(self) -> str:
        return f"{timezone.localtime(self.moment):%Y-%m-%dT%H:%M}" if self.moment else ""


def read_moment(query: QueryDict, name: str) -> Field:
    text = query.get(name, "").replace("\0", "").strip()[:40]
    for pattern in FORMATS:
        try:
            naive = datetime.strptime(text, pattern)  # noqa: DTZ007 (of the viewer's zone: below)
        except ValueError:
            continue
        if naive.year in YEARS:
            return Field(text, timezone.make_aware(naive))
    return Field(text, None)
