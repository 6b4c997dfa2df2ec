"""A form that says at its top what is wrong, and puts the cursor where it is."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ToldForm(forms.Form):
    """Shown by components/form_errors.html and components/field.html."""

    def refuse(self, error: ValidationError) -> None:
        """What a model or an action found wrong, at the fields that it is about."""
        told = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: [error]}
        for name, found in told.items():
            self.add_error(name if name in self.fields else None, found)

    def wrong_fields(self) -> Iterator[tuple[forms.BoundField, str]]:
        """In the order of the form, each with what is wrong."""
        for field in self:
            if field.errors:
                yield field, " ".join(map(str, field.errors))

    def focus_first_error(self) -> None:
        for field in self:
            if field.errors and not field.is_hidden:
                field.field.widget.attrs["autofocus"] = True
                return
