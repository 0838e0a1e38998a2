"""What all forms share: the version somebody began from, cleaned names, and labels from the catalogue."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from namsai_centre.ui.words import later

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def plain(text: str) -> str:
    """Return the text without zero-width and direction marks, spaces joined (names are compared by eye).

    >>> plain("ນ້ຳ\\u200bໃສ  \\u202eco")
    'ນ້ຳໃສ co'
    """
    return " ".join(_INVISIBLE.sub("", text).split())


class NameField(forms.CharField):
    """A line of text without invisible characters."""

    def to_python(self, value: Any) -> str:
        """Return the plain text."""
        return plain(super().to_python(value) or "")


class PageForm(forms.Form):
    """A form whose labels are `<room>.<field>` of the catalogue (help: `<room>.<field>_help` where it exists).

    `version` is the record's version when the form was opened (stale edits are shown, never written over).
    """

    room = "ui"
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from namsai.texts import has

        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None and name != "version":
                field.label = later(f"{self.room}.{name}")
            if not field.help_text and has(f"{self.room}.{name}_help"):
                field.help_text = later(f"{self.room}.{name}_help")
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                field.localize = False
            if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") in (None, "10"):
                field.widget.attrs["rows"] = 3  # Django's own is 10


def add_errors(form: forms.Form, problem: ValidationError) -> None:
    """Put what an action refused beside the field it names; over the form where it names none of it."""
    for name, errors in getattr(problem, "error_dict", {"": [problem]}).items():
        form.add_error(name if name in form.fields else None, errors)


def choices(room: str, group: str, values: Any, empty: bool = True) -> list[tuple[str, Any]]:
    """Return the choices of a closed list with the words `<room>.<group>_<value>`."""
    found: list[tuple[str, Any]] = [("", "—")] if empty else []
    return found + [(v, later(f"{room}.{group}_{v}")) for v in values]
