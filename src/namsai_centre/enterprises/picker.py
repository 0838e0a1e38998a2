"""A form field that chooses one enterprise by typing; with htmx it proposes, without JavaScript it works too.

    enterprise = EnterpriseField()                       # in the form
    form.fields["enterprise"].who = who_of(request)      # only what exists for the person can be chosen

The text typed is looked up when the form is sent. If it means one enterprise, that is it; if several, the form comes
back with them to choose from; the cleaned value is the Enterprise.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.enterprises.keys import folded
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.enterprises.queries import picked
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say
from namsai_centre.who import Who, nobody


class EnterpriseWidget(forms.TextInput):
    """A line of text with proposals, and (after an unclear text) the enterprises to choose from."""

    template_name = "enterprises/picker.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.candidates: list[Any] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the id chosen from the candidates, else the text."""
        return data.get(f"{name}_choice") or data.get(name, "")

    def format_value(self, value: Any) -> str:
        """Return the name of an enterprise, or the text."""
        return named(value) if hasattr(value, "name_lo") else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template needs."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context |= {"candidates": self.candidates, "pick": f"{reverse('enterprises_pick')}?as=options&of={name}"}
        return context


class EnterpriseField(forms.Field):
    """One enterprise that exists for `who` (nobody until set)."""

    widget = EnterpriseWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.who: Who = nobody(clock.today())

    def prepare_value(self, value: Any) -> Any:
        """Show the name of the enterprise that an id stands for (an initial value, or a choice that came back)."""
        return self._by_id(value) or value

    def clean(self, value: Any) -> Any:
        """Return the enterprise; None for nothing."""
        super().clean(value)
        if not value:
            return None
        chosen = self._by_id(value)
        if chosen is not None:
            return chosen
        found = picked(self.who, str(value))
        same = [e for e in found if folded(str(value)) in (folded(e.name_lo), folded(e.name_en))]
        if len(same) == 1 or (len(found) == 1 and not same):
            return (same or found)[0]
        if not found:
            raise forms.ValidationError(say("enterprises.picker_none", text=str(value)[:80]))
        self.widget.candidates = found
        raise forms.ValidationError(say("enterprises.picker_many"))

    def _by_id(self, value: Any) -> Any:
        if hasattr(value, "name_lo"):
            return value
        try:
            key = UUID(str(value))
        except ValueError:
            return None
        return ENTERPRISES.visible(self.who).exclude(status="merged").filter(pk=key).first()
