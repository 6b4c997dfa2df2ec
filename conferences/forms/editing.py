"""What somebody types who changes a conference."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conferences.actions.conferences import FIELDS, version_of
from conferences.actions.switching import has_meeting
from conferences.forms.conferences import LATER, ONE, SEVERAL, ConferenceForm
from conferences.models import Conference
from conferences.models.membership import Role, address_key


class EditConferenceForm(ConferenceForm):
    """``version``: of the conference that the form was filled from."""

    lets_organize = forms.BooleanField(
        label=_("Let them organize although they do not teach here"),
        required=False,
        help_text=_("As an administrator you can. It is written down."),
    )
    is_confirmed = forms.BooleanField(label=_("Yes, go on"), required=False)
    version = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": _("The form was not whole. Send it once more.")},
    )

    def __init__(
        self, data: Any, by: User, conference: Conference, *, may_name_anybody: bool
    ) -> None:
        self.conference = conference
        initial = {
            **{name: getattr(conference, name) for name in FIELDS},
            "use_time_slots": SEVERAL if conference.use_time_slots else ONE,
            "meeting": LATER,
            "lets_organize": conference.organizer_allowed_by_id is not None,
            "version": version_of(conference),
        }
        super().__init__(data, by, may_name_anybody=may_name_anybody, initial=initial)
        if not may_name_anybody:
            del self.fields["lets_organize"]
        if conference.use_time_slots or has_meeting(conference):
            del self.fields["meeting"], self.fields["link"]
        if not conference.organizer_email:
            self.fields["organizer_email"].required = False

    def _restrict_organizer(self) -> None:
        """To whoever organizes it now, and oneself."""
        roster = self.conference.roster.filter(role=Role.INSTRUCTOR)
        names = {address_key(one.email): one.name for one in roster}
        now, own = self.conference.organizer_email, self.by.email
        name = gettext("not on the roster") if now else gettext("nobody")
        people = {address_key(now): (now, names.get(address_key(now), name))}
        people.setdefault(address_key(own), (own, names.get(address_key(own), str(self.by))))
        asked = self.fields["organizer_email"]
        self.fields["organizer_email"] = forms.ChoiceField(
            label=asked.label,
            help_text=gettext(
                "The meeting is made in their calendar. You can take it over; only an "
                "administrator can name somebody else."
            ),
            choices=[
                (email, f"{name} ({email})" if email else name) for email, name in people.values()
            ],
            error_messages=asked.error_messages,
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        organizer = found.get("organizer_email")
        before = address_key(self.conference.organizer_email)
        if organizer is None or address_key(organizer) == before or found.get("is_confirmed"):
            return found
        for told in self._to_confirm():
            self.add_error("is_confirmed", told)
        return found

    def _to_confirm(self) -> Iterator[ValidationError]:
        held = [one for one in self.conference.meetings() if not one.is_cancelled]
        ours = [one for one in held if one.wants_meeting or one.meeting_id]
        if count := sum(one.ends_at > timezone.now() for one in ours):
            told = ngettext(
                "With another organizer %(n)s meeting to come is made anew: it gets a new link, "
                "and those who come are told. Tick the box to go on.",
                "With another organizer %(n)s meetings to come are made anew: they get new links, "
                "and those who come are told. Tick the box to go on.",
                count,
            )
            yield ValidationError(told, params={"n": count})
        if count := sum(bool(one.meeting_link) for one in held if one not in ours):
            told = ngettext(
                "%(n)s join link was pasted here. If it is the new organizer's, all who teach "
                "here can read what was said there. Check it, and tick the box to go on.",
                "%(n)s join links were pasted here. If they are the new organizer's, all who teach "
                "here can read what was said there. Check them, and tick the box to go on.",
                count,
            )
            yield ValidationError(told, params={"n": count})

    def overwrite(self) -> None:
        """Sent once more, the form takes the place of what it was told has changed."""
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"version": version_of(self.conference)}
