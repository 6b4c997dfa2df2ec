"""What some decisions about a meeting need."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conferences.forms.told import ToldForm


class WhyForm(ToldForm):
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Everybody who teaches here reads it."),
        error_messages={"required": _("Say why; colleagues will wonder later.")},
    )


class LinkForm(ToldForm):
    link = forms.URLField(label=_("Join link"), max_length=2000, assume_scheme="https")
