"""What of the audit log is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from namsai.texts import room_texts
from namsai_centre.ui.forms import PageForm
from namsai_centre.ui.words import say

_DID = "did_"


def actions() -> list[tuple[str, str]]:
    """Return every action that has words, by its words (from the catalogue: no scan over the log)."""
    found = []
    for slug in room_texts("audit"):
        if slug.startswith(_DID):
            app, _, verb = slug.removeprefix(_DID).partition("_")
            found.append((f"{app}.{verb}", say(f"audit.{slug}")))
    return sorted(found, key=lambda pair: pair[1])


def kinds() -> list[tuple[str, str]]:
    """Return every kind of record that has words (`audit.kind_<app>_<model>`)."""
    prefix = "kind_"
    found = [
        (slug.removeprefix(prefix).replace("_", ".", 1), say(f"audit.{slug}"))
        for slug in room_texts("audit")
        if slug.startswith(prefix)
    ]
    return sorted(found, key=lambda pair: pair[1])


class FilterForm(PageForm):
    """Who, what, on what, from which day to which."""

    room = "audit"
    q = forms.CharField(required=False, max_length=100)
    action = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    enterprise = forms.UUIDField(required=False, widget=forms.HiddenInput)
    subject = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    older = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)
    newer = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("action", actions()), ("kind", kinds())):
            choice: Any = self.fields[name]
            choice.choices = [("", "—"), *found]

    def clean(self) -> dict[str, Any]:
        """Ask for days in order."""
        found = super().clean() or {}
        if found.get("since") and found.get("until") and found["since"] > found["until"]:
            self.add_error("until", say("audit.days_turned"))
        return found
