"""The form of a proposal to suggest an option no longer: why, and which one to use instead."""

from __future__ import annotations

from typing import Any

from django import forms

from namsai.knowhow import KnowHow, Option
from namsai_centre.knowhow import catalogue
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.forms import TextField
from namsai_centre.knowhow.words import word
from namsai_centre.ui.forms import PageForm
from namsai_centre.ui.words import language, later, say


class RetireForm(PageForm):
    """Why an option is no longer suggested, and what to use instead: related options first, then by sector."""

    room = "knowbase"
    why = TextField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label=later("knowbase.retire_why"),
        help_text=later("knowbase.retire_why_help"),
    )
    instead = forms.ChoiceField(required=False)

    def __init__(self, knowhow: KnowHow, option: Option, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = language()
        groups: dict[str, list[tuple[str, str]]] = {say("knowbase.related"): []}
        near = catalogue.related(knowhow, option, most=12)
        for one in near:
            groups[say("knowbase.related")].append((one.id, title_of(one, lang).text))
        for one in catalogue.alive(knowhow):
            if one not in near and one.id != option.id:
                groups.setdefault(word("sector", one.sector, lang), []).append((one.id, title_of(one, lang).text))
        choices: list[Any] = [("", say("knowbase.instead_none")), *(g for g in groups.items() if g[1])]
        field = self.fields["instead"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
