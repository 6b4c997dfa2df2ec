"""Somebody who is put on the roster, and a file of many."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conferences.actions.roster_file import FORMULA, LOOKS_LIKE_FORMULA
from conferences.actions.roster_rows import decode
from conferences.forms.told import ToldForm
from conferences.models.membership import Role


class MemberForm(ToldForm):
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Type a name.")}
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Type an e-mail address."),
            "invalid": _("This is no e-mail address. Write it as in noor.haddad@example.edu."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.LEARNER,
        error_messages={
            "required": _("Choose a role."),
            "invalid_choice": _("“%(value)s” is no role. Choose one from the list."),
        },
    )
    directory_id = forms.CharField(
        label=_("Directory id"),
        required=False,
        max_length=64,
        help_text=_("Only if you know it: it finds people whose address in Teams is another one."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for name in ("name", "email", "directory_id"):
            if str(found.get(name) or "").startswith(FORMULA):
                self.add_error(name, f"“{found[name]}” {LOOKS_LIKE_FORMULA}")
        return found


class FileForm(ToldForm):
    """``text`` is what the file says."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV in UTF-8, at most 2 MiB and 5,000 people."),
        error_messages={"required": _("Choose a file."), "invalid": _("Choose a file.")},
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> str:
        return decode(self.cleaned_data["file"].read())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("file") == "" and not self.errors:
            raise ValidationError(_("The file is empty. Choose another one."))
        return found


class SeenForm(forms.Form):
    """What somebody has read in the preview: the file's text, and of which plan it was."""

    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    digest = forms.CharField()
