"""What somebody types who plans a conference."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import timezones
from conferences.actions.switching import has_meeting
from conferences.forms.conferences import LINK, NEW, ONE, ConferenceForm
from conferences.models import Conference
from conferences.models.conference import Platform
from conferences.queries.planning import differences


class NewConferenceForm(ConferenceForm):
    token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The form was not whole. Send it once more."),
            "invalid": _("The form was not whole. Send it once more."),
        },
    )

    def __init__(self, data: Any, by: User, *, may_name_anybody: bool) -> None:
        zone = by.timezone if by.timezone in timezones() else "UTC"
        initial = {
            "platform": Platform.TEAMS,
            "organizer_email": by.email,
            "timezone": zone,
            "use_time_slots": ONE,
            "meeting": NEW,
            "token": uuid.uuid4(),
        }
        super().__init__(data, by, may_name_anybody=may_name_anybody, initial=initial)

    def is_of(self, conference: Conference) -> bool:
        """Whether it was planned with just these words."""
        if any(differences(conference, self.planned)):
            return False
        if self.wanted_meeting == LINK:
            return bool(conference.meeting_link == self.cleaned_data["link"])
        if self.wanted_meeting == NEW:
            return conference.wants_meeting
        return not has_meeting(conference)

    def plan_another(self) -> None:
        """Sent once more, it is a form of its own."""
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"token": str(uuid.uuid4())}
        said = gettext(
            "With this form you have planned a conference already, and what you typed now differs "
            "from it. Send it once more to plan another one, or change that one under Edit."
        )
        self.add_error(None, said)
